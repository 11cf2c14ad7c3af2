using System.Text;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Tests.Specimens;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>Whatever comes in, the reader answers with issues and never with an exception.</summary>
public class StructureHostileInputTests
{
    private const string Start = "<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message' xmlns:s='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure'><m:Structures>";

    private const string Bomb = "<!DOCTYPE b [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><b>&b;</b>";

    public static TheoryData<string, string> Bad => new()
    {
        { "", "M0001" },
        { " \n ", "M0001" },
        { "<!DOCTYPE html><html><body>Sign in</body></html>", "M0006" },
        { "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "M0006" },
        { Bomb, "M0003" },
        { "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>", "M0003" },
        { Start + "<s:Codelists><s:Codelist id='A'", "M0005" },
        { Start + "<s:Codelists></s:Codelist>", "M0002" },
        { Start + "\0</m:Structures></m:Structure>", "M0002" },
        { Start + "&undefined;</m:Structures></m:Structure>", "M0002" },
        { "<x/>", "M0004" },
        { "hello", "M0004" },
        { "{\"data\":{\"codelists\":[", "M0005" },
        { "DATAFLOW,FREQ\n", "M0013" },
        { "<GenericData xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>", "M0013" },
        { "<?xml version='1.0' encoding='no-such'?><x/>", "M0007" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Says_what_is_wrong(string message, string code)
    {
        IssueList issues = Read(Encoding.UTF8.GetBytes(message), out _);
        issues.Kept.Select(i => i.Code.Id).Should().Equal(code);
        issues.HasFatal.Should().BeTrue();
    }

    [Theory]
    [InlineData("structures-2.0.xml")]
    [InlineData("structures-2.1.xml")]
    [InlineData("structures-3.0.xml")]
    public void A_message_cut_off_anywhere_is_reported_as_cut_off(string name)
    {
        byte[] whole = Specimen.Bytes(name);
        for (int part = 1; part < 200; part++)
        {
            int length = (int)((long)whole.Length * part / 200);
            IssueList issues = Read(whole[..length], out _);
            issues.Kept.Where(i => i.Severity == Severity.Fatal).Select(i => i.Code).Should().Equal([IssueCodes.Truncated], "cut at byte {0}", length);
        }
    }

    [Fact]
    public void What_stood_before_the_cut_is_kept()
    {
        byte[] whole = Specimen.Bytes("structures-2.1.xml");
        Read(whole[..(whole.Length / 2)], out StructureSet set);
        set.All.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void Reads_any_unicode_encoding_with_a_byte_order_mark(string encodingName)
    {
        Encoding encoding = Encoding.GetEncoding(encodingName);
        string text = Encoding.UTF8.GetString(Specimen.Bytes("structures-3.0.xml")).Replace("UTF-8", encodingName.ToUpperInvariant()[..Math.Min(6, encodingName.Length)], StringComparison.Ordinal);
        IssueList issues = Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], out StructureSet set);
        issues.Kept.Should().BeEmpty();
        set.All.Should().HaveCount(9);
    }

    [Fact]
    public void Bytes_that_are_not_utf_8_are_reported()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Start), 0xC3, 0x28, 0xFF, .. Encoding.UTF8.GetBytes("</m:Structures></m:Structure>")];
        Read(bytes, out _).Kept.Single().Code.Should().Be(IssueCodes.InvalidEncoding);
    }

    [Theory]
    [InlineData("<s:CategorySchemes><s:CategoryScheme id='A' agencyID='A'>", "<s:Category id='A'>", "</s:Category>", "</s:CategoryScheme></s:CategorySchemes>")]
    [InlineData("<s:MetadataStructures><s:MetadataStructure id='A' agencyID='A'><s:MetadataStructureComponents><s:MetadataAttributeList>", "<s:MetadataAttribute id='A'>", "</s:MetadataAttribute>", "</s:MetadataAttributeList></s:MetadataStructureComponents></s:MetadataStructure></s:MetadataStructures>")]
    [InlineData("<s:Hierarchies><s:Hierarchy id='A' agencyID='A'>", "<s:HierarchicalCode id='A'>", "</s:HierarchicalCode>", "</s:Hierarchy></s:Hierarchies>")]
    public void Deep_nesting_is_refused(string before, string open, string close, string after)
    {
        StringBuilder text = new(Start + before);
        text.Insert(text.Length, open, 100_000);
        text.Insert(text.Length, close, 100_000);
        text.Append(after).Append("</m:Structures></m:Structure>");
        Read(Encoding.UTF8.GetBytes(text.ToString()), out _).Kept.Last().Code.Should().Be(IssueCodes.TooLarge);
    }

    [Fact]
    public void Deep_nesting_of_unknown_elements_is_passed_over()
    {
        string text = Start + "<s:Processes>" + string.Concat(Enumerable.Repeat("<a>", 50_000)) + string.Concat(Enumerable.Repeat("</a>", 50_000)) + "</s:Processes></m:Structures></m:Structure>";
        Read(Encoding.UTF8.GetBytes(text), out _).Kept.Should().OnlyContain(i => i.Code == IssueCodes.ArtefactSkipped);
    }

    [Fact]
    public void Damage_anywhere_never_throws()
    {
        Random random = new(20260501);
        foreach (string name in new[] { "structures-2.0.xml", "structures-2.1.xml", "structures-3.0.xml" })
        {
            byte[] whole = Specimen.Bytes(name);
            for (int i = 0; i < 1500; i++)
            {
                byte[] damaged = [.. whole];
                for (int n = random.Next(1, 6); n > 0; n--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                Read(damaged, out _);
            }
        }
    }

    [Fact]
    public void Dropped_and_doubled_lines_never_throw()
    {
        Random random = new(7);
        foreach (string name in new[] { "structures-2.0.xml", "structures-2.1.xml", "structures-3.0.xml" })
        {
            string[] lines = Encoding.UTF8.GetString(Specimen.Bytes(name)).Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                Read(Encoding.UTF8.GetBytes(string.Join('\n', lines.Where((_, at) => at != i))), out _);
                int doubled = random.Next(lines.Length);
                Read(Encoding.UTF8.GetBytes(string.Join('\n', lines.SelectMany((l, at) => at == doubled ? new[] { l, l } : [l]))), out _);
            }
        }
    }

    private static IssueList Read(byte[] bytes, out StructureSet set)
    {
        IssueList issues = new();
        set = StructureMessageReader.Read(new MemoryStream(bytes), issues);
        return issues;
    }
}
