using System.IO.Compression;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using static Dsm.Sdmx.Tests.Formats.DataReaderMessages;
using static Dsm.Sdmx.Tests.Formats.DataReaderSpecimens;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>Bad bytes of all kinds: never an exception, always an end, always a finding that says what is wrong.</summary>
public class DataReaderRobustnessTests
{
    [Theory]
    [MemberData(nameof(Dialects), MemberType = typeof(DataReaderMessages))]
    public void Says_that_a_message_was_cut_off_wherever_it_was(string dialect)
    {
        byte[] message = Encoding.UTF8.GetBytes(All[dialect].TrimEnd());
        bool isXml = message[0] == '<';
        int start = isXml ? 700 : 400; // beyond what the format is told by
        for (int length = start; length < message.Length; length++)
        {
            (List<string> lines, IssueList issues) = Read(message[..length]);
            lines.Count.Should().BeLessThanOrEqualTo(Expected.Length + 1);
            if (isXml)
            {
                issues.Kept.Select(i => i.Code.Id).Should().Contain(IssueCodes.Truncated.Id, $"cut at {length}: {Encoding.UTF8.GetString(message[..length])[^40..]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Dialects), MemberType = typeof(DataReaderMessages))]
    public void Says_that_a_compressed_message_was_cut_off(string dialect)
    {
        byte[] packed = Gzip(Encoding.UTF8.GetBytes(All[dialect]));
        Read(packed).Lines.Should().HaveCount(Expected.Length);
        foreach (int length in new[] { packed.Length / 3, packed.Length / 2, packed.Length - 30 })
        {
            Read(packed[..length]).Issues.HasFatal.Should().BeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(Dialects), MemberType = typeof(DataReaderMessages))]
    public void Survives_any_changed_byte(string dialect)
    {
        byte[] message = Encoding.UTF8.GetBytes(All[dialect]);
        Random random = new(20250115);
        byte[] nasty = [0, (byte)'<', (byte)'>', (byte)'&', (byte)'"', (byte)',', (byte)';', (byte)'\n', 0xFF, 0xC3, (byte)'/', (byte)' '];
        for (int round = 0; round < 1500; round++)
        {
            byte[] copy = [.. message];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                copy[random.Next(copy.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : nasty[random.Next(nasty.Length)];
            }

            FluentActions.Invoking(() => Read(copy, capacity: 3)).Should().NotThrow($"round {round}");
        }
    }

    [Theory]
    [InlineData("", "M0001")]
    [InlineData("   \n", "M0001")]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>", "M0006")]
    [InlineData("<html><body/></html>", "M0006")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>", "M0003")]
    [InlineData("{\"data\":{\"dataSets\":[]}}", "M0012")]
    [InlineData("MDSTRUCTURE,MDSTRUCTURE_ID\n", "M0013")]
    [InlineData("hello", "M0004")]
    [InlineData("<a/>", "M0004")]
    public void Says_what_stands_there_instead_of_data(string message, string code)
    {
        (List<string> lines, IssueList issues) = Read(message);
        lines.Should().BeEmpty();
        issues.Kept.Single().Code.Id.Should().Be(code);
    }

    [Fact]
    public void Passes_on_what_an_sdmx_error_message_says()
    {
        string message = """
            <m:Error xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
            <m:ErrorMessage code="100"><c:Text xml:lang="en">No results found</c:Text></m:ErrorMessage></m:Error>
            """;
        Issue issue = Read(message).Issues.Kept.Single();
        issue.Code.Should().Be(IssueCodes.SdmxErrorMessage);
        issue.Arguments.Should().Equal("100", "No results found");
    }

    [Fact]
    public void Expands_no_entities()
    {
        string message = StructureSpecific21("<Series FREQ=\"&x;\"/>").Replace("<m:Structure", "<!-- --><m:Structure", StringComparison.Ordinal)
            .Replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<!DOCTYPE m [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", StringComparison.Ordinal);
        (List<string> lines, IssueList issues) = Read(message);
        lines.Should().BeEmpty();
        issues.Kept.Single().Code.Should().Be(IssueCodes.DtdForbidden);
    }

    [Fact]
    public void Refuses_values_and_nesting_beyond_the_limits()
    {
        string big = new('x', 3000);
        DataReaderOptions options = new() { MaxValueLength = 1000 };
        Read(StructureSpecific21($"<Series FREQ=\"A\" AREA=\"AM\" SEX=\"T\" TITLE=\"{big}\"/>"), options: options).Issues.Kept.Single().Code.Should().Be(IssueCodes.TooLarge);
        Read(Generic21($"<g:Series><g:Attributes><g:Value id=\"TITLE\" value=\"{big}\"/></g:Attributes></g:Series>"), options: options).Issues.Kept.Single().Code.Should().Be(IssueCodes.TooLarge);
        Read(All["csv 1.0"].Replace("12.50", big, StringComparison.Ordinal), options: options).Issues.Kept.Single().Code.Should().Be(IssueCodes.TooLarge);
        string deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        Read(StructureSpecific21("<Series>" + deep)).Issues.Kept.Should().Contain(i => i.Code == IssueCodes.TooLarge);
    }

    [Fact]
    public void Stops_a_small_file_that_unpacks_to_a_huge_one()
    {
        byte[] content = Encoding.UTF8.GetBytes(StructureSpecific21(new string(' ', 4_000_000)));
        byte[] packed = Gzip(content);
        packed.Length.Should().BeLessThan(10_000);
        Issue issue = Read(packed, options: new() { MaxBytes = 1_000_000 }).Issues.Kept.Single();
        issue.Code.Should().Be(IssueCodes.TooLarge);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ends_a_batch_early_when_its_texts_are_long(bool usesXmlParserOnly)
    {
        string note = new('x', 1_000_000);
        string message = StructureSpecific21("<Series FREQ=\"A\" AREA=\"AM\" SEX=\"T\">"
            + string.Concat(Enumerable.Range(2000, 20).Select(y => $"<Obs TIME_PERIOD=\"{y}\" OBS_VALUE=\"1\" NOTE=\"{note}\"/>")) + "</Series>");
        using DataReader reader = DataMessageReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(message)), Resolve, new IssueList(), new() { UsesXmlParserOnly = usesXmlParserOnly })!;
        reader.NextDataSet().Should().BeTrue();
        ObservationBatch batch = new(reader.DataSet!, 64);
        List<(int Count, bool Continues)> batches = [];
        while (reader.Read(batch))
        {
            batches.Add((batch.Count, batch.ContinuesSeries));
        }

        batches.Should().Equal((17, false), (3, true));
    }

    [Fact]
    public void Keeps_little_of_long_unknown_codes()
    {
        string message = StructureSpecific21(string.Concat(Enumerable.Range(0, 20).Select(i => $"<Series FREQ=\"A\" AREA=\"{i}{new string('x', 500_000)}\" SEX=\"T\"><Obs TIME_PERIOD=\"2020-0\"/></Series>")), dataSet: "");
        (List<string> lines, IssueList issues) = Read(message);
        lines.Should().HaveCount(20);
        lines.Count(l => l == "R A.….T !2020-0=").Should().Be(12);
        issues.Add(IssueCodes.BadPeriod, new Location(1, 1, lines[0]), "2020-0");
        issues.Kept.Single().Location.Key.Should().HaveLength(200).And.EndWith("…");
    }

    [Fact]
    public void Lets_failures_of_the_stream_itself_pass()
    {
        using FailingStream stream = new(Encoding.UTF8.GetBytes(StructureSpecific21(new string(' ', 100_000))));
        using DataReader reader = DataMessageReader.Open(stream, Resolve, new IssueList())!;
        FluentActions.Invoking(() =>
        {
            reader.NextDataSet();
            reader.Read(new ObservationBatch(reader.DataSet!));
        }).Should().Throw<IOException>();
    }

    [Fact]
    public void Reads_windows_1251_when_the_xml_declares_it()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string message = StructureSpecific21("<Series FREQ=\"A\" AREA=\"AM\" SEX=\"T\" TITLE=\"Армения\"/>", dataSet: "").Replace("UTF-8", "windows-1251", StringComparison.Ordinal);
        Read(Encoding.GetEncoding(1251).GetBytes(message)).Lines.Should().Equal("R A.AM.T - TITLE:Армения");
    }

    private static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private sealed class FailingStream(byte[] content) : MemoryStream(content)
    {
        // A derived MemoryStream reads spans through this overload, so it is the only one to override.
        public override int Read(byte[] buffer, int offset, int count)
            => Position >= 80_000 ? throw new IOException("line broke") : base.Read(buffer, offset, Math.Min(count, 1000));
    }
}
