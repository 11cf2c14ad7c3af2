using System.Diagnostics;
using System.IO.Compression;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Tests.Hostile;

/// <summary>Nothing else runs meanwhile: memory is measured.</summary>
[CollectionDefinition("Hostile sizes", DisableParallelization = true)]
public sealed class HostileSizes;

/// <summary>Each reader against messages without end: it stops with a finding, or reads on in bounded memory.</summary>
[Collection("Hostile sizes")]
public class HostileSizeTests
{
    /// <summary>Far more than a reader needs, far less than the attacks have.</summary>
    private const long MaxMemory = 200L << 20;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(120);

    public static TheoryData<string> XmlReaders => [.. HostileReader.Of("xml").Where(IsTried).Select(r => r.Name)];

    public static TheoryData<string> JsonReaders => [.. HostileReader.Of("json").Where(IsTried).Select(r => r.Name)];

    public static TheoryData<string> CsvReaders => [.. HostileReader.Of("csv").Where(IsTried).Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(XmlReaders))]
    public void A_gigantic_part_of_xml_is_refused(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        Refused(r, "<a b=\"", "xxxxxxxxxxxxxxxx");
        Refused(r, "<a b=\"", "&lt;&#x10FFFF;");
        Refused(r, "<", "xxxxxxxxxxxxxxxx");
        Refused(r, "", "text text text ");
        Refused(r, "<![CDATA[", "<a <b <c </d>");
    }

    [Theory]
    [MemberData(nameof(XmlReaders))]
    public void Names_without_end_are_refused(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        Refused(r, "", "<name#/>");
        Refused(r, "", "<a xmlns=\"urn:#\"/>");
        Refused(r, "", "<a name#=\"\"/>");
        Refused(r, "<a ", "name#=\"\" ");
    }

    [Theory]
    [MemberData(nameof(XmlReaders))]
    public void Nesting_without_end_is_refused(string reader) => Refused(HostileReader.All[reader], "", "<a>");

    [Theory]
    [MemberData(nameof(XmlReaders))]
    public void Millions_of_small_elements_are_read_in_bounded_memory(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        Bounded(r, "<a/>");
        Bounded(r, "<!-- -->");
        Bounded(r, "<?a?>");
    }

    [Theory]
    [MemberData(nameof(JsonReaders))]
    public void A_gigantic_part_of_json_is_refused(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        Refused(r, "\"a\":\"", "xxxxxxxxxxxxxxxx");
        Refused(r, "\"", "xxxxxxxxxxxxxxxx");
        Refused(r, "\"a\":", "1111111111111111");
        Refused(r, "\"a\":", "[");
        Refused(r, "", "\"a\":{");
    }

    [Theory]
    [MemberData(nameof(JsonReaders))]
    public void Millions_of_small_members_are_read_in_bounded_memory(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        Bounded(r, "\"a#\":{},");
        Bounded(r, "\"a\":0,");
        Bounded(r, "                ");
        Bounded(r, "0,", "\"a\":[", "0],");
    }

    [Theory]
    [MemberData(nameof(CsvReaders))]
    public void A_gigantic_part_of_csv_is_refused(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        Refused(r, "", "xxxxxxxxxxxxxxxx");
        Refused(r, "\"", "xxxx\n\"\"xxxx");
        Refused(r, "", ",,,,,,,,,,,,,,,,");
    }

    [Theory]
    [MemberData(nameof(CsvReaders))]
    public void Millions_of_bad_records_are_read_in_bounded_memory(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        Bounded(r, "\n");
        Bounded(r, "a#,b\n");
    }

    [Theory]
    [InlineData("data structure-specific 2.1", "<Series FREQ=\"#\" AREA=\"A#\" SEX=\"T\"><Obs TIME_PERIOD=\"x#\" OBS_VALUE=\"v#\" NOTE=\"n#\"/></Series>")]
    [InlineData("data structure-specific 2.1, parser alone", "<Series FREQ=\"#\" AREA=\"A#\" SEX=\"T\"><Obs TIME_PERIOD=\"x#\" OBS_VALUE=\"v#\" NOTE=\"n#\"/></Series>")]
    [InlineData("data structure-specific 2.1", "<Series FREQ=\"A\" AREA=\"AM\" SEX=\"T\" X=\"#\"/>")]
    [InlineData("data csv 1.0", "DSM:DF_TEST(1.0),A#,B#,C#,x#,v#\n")]
    public void Millions_of_unknown_codes_are_read_in_bounded_memory(string reader, string part) => Bounded(HostileReader.All[reader], part);

    [Theory]
    [InlineData("data structure-specific 2.1", "<Series/>")]
    [InlineData("data json 2.0", " ")]
    [InlineData("data csv 1.0", "\n")]
    [InlineData("summary of data structure-specific 2.1", "<Series/>")]
    [InlineData("summary of data json 2.0", " ")]
    [InlineData("summary of data csv 1.0", "\n")]
    public void A_small_file_that_unpacks_to_a_huge_one_is_read_in_bounded_memory(string reader, string part)
    {
        HostileReader r = HostileReader.All[reader];
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            new HostileStream(r.Before, string.Concat(Enumerable.Repeat(part, 4096)), (64L << 20) / (4096 * part.Length), r.After).CopyTo(gzip, 1 << 20);
        }

        packed.Position = 0;
        long before = GC.GetTotalMemory(true);
        r.Run(packed);
        (GC.GetTotalMemory(false) - before).Should().BeLessThan(MaxMemory);
    }

    // One of each implementation; the other versions share it.
    private static bool IsTried(HostileReader r) => r.Name is "data structure-specific 2.1" or "data structure-specific 2.1, parser alone" or "data generic 2.1" or "data compact 2.0"
        or "structures-2.0.xml" or "structures-3.0.xml" or "summary of structures-3.0.xml" or "data json 2.0" or "data json 2.0, parser alone" or "SDMX-JSON 2.1 structure" or "summary of data json 2.0"
        or "data csv 1.0" or "metadata csv" or "summary of data csv 1.0";

    /// <summary>Half a gigabyte of a part: the reader must stop long before its end, with a finding.</summary>
    private static void Refused(HostileReader r, string before, string part)
    {
        long length = 512L << 20;
        HostileStream stream = new(r.Before + before, part, length / part.Length, "");
        IssueList issues = Run(r, stream, before + part);
        issues.HasFatal.Should().BeTrue($"{r.Name}: {before}{part}");
        issues.Kept.Where(i => i.Severity == Severity.Fatal).Select(i => i.Code).Should().Contain(c => c == IssueCodes.TooLarge || c == IssueCodes.MalformedXml || c == IssueCodes.MalformedJson || c == IssueCodes.UnknownFormat, $"{r.Name}: {before}{part}");
        stream.Served.Should().BeLessThan(128L << 20, $"{r.Name}: {before}{part}");
    }

    /// <summary>Many small parts: bounded memory to the end.</summary>
    private static void Bounded(HostileReader r, string part, string before = "", string after = "")
        => Run(r, new HostileStream(r.Before + before, part, (6L << 20) / part.Length, after + r.After), part);

    private static IssueList Run(HostileReader r, HostileStream stream, string because)
    {
        long start = Stopwatch.GetTimestamp();
        IssueList issues = r.Run(stream);
        stream.Peak.Should().BeLessThan(MaxMemory, $"{r.Name}: {because}");
        Stopwatch.GetElapsedTime(start).Should().BeLessThan(MaxTime, $"{r.Name}: {because}");
        foreach (Issue issue in issues.Kept.Where(i => i.Code == IssueCodes.TooLarge))
        {
            issue.Location.Line.Should().BePositive($"{r.Name}: {because}");
        }

        return issues;
    }
}
