using Dsm.Sdmx.Issues;
using static Dsm.Sdmx.Tests.Formats.DataReaderMessages;
using static Dsm.Sdmx.Tests.Formats.DataReaderSpecimens;

namespace Dsm.Sdmx.Tests.Formats;

public class XmlDataReaderTests
{
    [Fact]
    public void Locates_an_attribute_that_is_no_component()
    {
        string message = StructureSpecific21("<Series FREQ=\"A\" AREA=\"AM\" SEX=\"T\">\n  <Obs TIME_PERIOD=\"2020\" COLOUR=\"red\" OBS_VALUE=\"1\"/></Series>");
        (List<string> lines, IssueList issues) = Read(message);
        lines.Should().ContainSingle().Which.Should().StartWith("R A.AM.T 2020=1");
        Issue issue = issues.Kept.Single();
        issue.Code.Should().Be(IssueCodes.UnknownComponent);
        string[] text = message.Split('\n');
        (text[issue.Location.Line - 1].IndexOf("COLOUR", StringComparison.Ordinal) + 1).Should().Be(issue.Location.Column);
    }

    [Fact]
    public void Keeps_bad_and_missing_periods_with_their_rows()
    {
        string message = StructureSpecific21("""<Series FREQ="A" AREA="AM" SEX="T"><Obs TIME_PERIOD="2020-13" OBS_VALUE="1"/><Obs OBS_VALUE="2"/></Series>""", dataSet: "");
        Read(message).Lines.Should().Equal("R A.AM.T !2020-13=1", "R A.AM.T !=2");
    }

    [Fact]
    public void Delivers_unknown_codes_and_texts_as_sent()
    {
        string message = StructureSpecific21("""<Series FREQ="A" AREA="XX" SEX=""><Obs TIME_PERIOD="2020" OBS_VALUE="about 5" STATUS="?"/></Series>""", dataSet: "");
        (List<string> lines, IssueList issues) = Read(message);
        lines.Should().Equal("R A.XX. 2020=about 5 STATUS:?");
        issues.Count.Should().Be(0);
    }

    [Fact]
    public void Sends_attributes_of_groups_that_come_after_their_series()
    {
        string message = StructureSpecific30(
            """
            <Series FREQ="A" AREA="AM" SEX="T"><Obs TIME_PERIOD="2020" OBS_VALUE="1"/></Series>
            <Series FREQ="Q" AREA="AM" SEX="T"><Obs TIME_PERIOD="2020-Q1" OBS_VALUE="2"/></Series>
            <Group AREA="AM" SEX="T" TITLE="late"/>
            <Atts SOURCE="later"/>
            <Series FREQ="M" AREA="AM" SEX="T"><Obs TIME_PERIOD="2020-01" OBS_VALUE="3"/></Series>
            """);
        foreach (int capacity in new[] { 1, 2, 64 })
        {
            (List<string> lines, IssueList issues) = Read(message, capacity);
            lines.Take(3).Should().Equal("R A.AM.T 2020=1", "R Q.AM.T 2020-Q1=2", "R M.AM.T 2020-01=3 SOURCE:later TITLE:late");
            lines.Skip(3).Should().Contain(["R A.AM.T - SOURCE:later TITLE:late", "R Q.AM.T - SOURCE:later TITLE:late"]);
            issues.Count.Should().Be(0);
        }
    }

    [Fact]
    public void Reports_contradictory_attributes_of_groups()
    {
        string message = StructureSpecific21(
            """
            <Group AREA="AM" SEX="T" TITLE="one"/>
            <Group AREA="AM" SEX="T" TITLE="two"/>
            <Series FREQ="A" AREA="AM" SEX="T" TITLE="three"><Obs TIME_PERIOD="2020" OBS_VALUE="1"/></Series>
            <Series FREQ="Q" AREA="AM" SEX="T" SOURCE="other"><Obs TIME_PERIOD="2020-Q1" OBS_VALUE="2"/></Series>
            """);
        IssueList issues = Read(message).Issues;
        issues.Kept.Should().OnlyContain(i => i.Code == IssueCodes.ContradictoryAttribute);
        issues.Kept.Select(i => string.Join(' ', i.Arguments)).Should().BeEquivalentTo("TITLE one two", "TITLE one three", "SOURCE Stat & Co other");
        issues.Kept.First().Location.Key.Should().Be(".AM.T");
    }

    [Fact]
    public void Reports_contradictory_attributes_of_one_flat_series()
    {
        string message = StructureSpecific21(
            """
            <Obs FREQ="A" AREA="AM" SEX="T" TIME_PERIOD="2020" OBS_VALUE="1" UNIT="PS"/>
            <Obs FREQ="A" AREA="AM" SEX="T" TIME_PERIOD="2021" OBS_VALUE="2" UNIT="HH"/>
            """,
            "AllDimensions");
        Issue issue = Read(message).Issues.Kept.Single();
        issue.Code.Should().Be(IssueCodes.ContradictoryAttribute);
        issue.Location.Key.Should().Be("A.AM.T");
        issue.Arguments.Should().Equal("UNIT", "PS", "HH");
    }

    [Fact]
    public void Warns_of_attributes_that_no_series_has()
    {
        Issue issue = Read(StructureSpecific21("""<Group AREA="GE" SEX="F" TITLE="lost"/><Series FREQ="A" AREA="AM" SEX="T"/>""")).Issues.Kept.Single();
        issue.Code.Should().Be(IssueCodes.AttributeWithoutSeries);
        issue.Location.Key.Should().Be(".GE.F");
    }

    [Fact]
    public void Reports_several_values_and_languages_of_attributes_that_have_one()
    {
        string message = StructureSpecific30(
            """
            <Series FREQ="A" AREA="AM" SEX="T"><Comp id="TITLE"><Value><c:Text xml:lang="en">One; two</c:Text><c:Text xml:lang="ru">Раз</c:Text></Value></Comp>
            <Obs TIME_PERIOD="2020" OBS_VALUE="1"><Comp id="STATUS"><Value>A</Value><Value>E</Value></Comp><Comp id="NOTE"><Value><c:StructuredText><b>x</b></c:StructuredText></Value></Comp></Obs></Series>
            """);
        (List<string> lines, IssueList issues) = Read(message);
        issues.Kept.Select(i => (i.Code, i.Location.Component)).Should().Equal((IssueCodes.TextsByLanguage, "TITLE"), (IssueCodes.ValueCount, "STATUS"));
        lines.Single().Should().StartWith("R A.AM.T 2020=1 STATUS:A; E NOTE:<b>x</b> TITLE:One; two");
    }

    [Fact]
    public void Reads_header_parts_in_any_order_and_the_footer()
    {
        string footer = """<f:Footer xmlns:f="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message/footer"><f:Message code="413" severity="Warning"><c:Text>Too much</c:Text></f:Message></f:Footer>""";
        IssueList issues = Read(StructureSpecific21("", header: "<m:Extracted>2025-01-01</m:Extracted>", tail: footer, dataSet: "")).Issues;
        Issue issue = issues.Kept.Single();
        issue.Code.Should().Be(IssueCodes.FooterMessage);
        issue.Arguments.Should().Equal("Warning", "413", "Too much");
    }

    [Fact]
    public void Reports_elements_that_do_not_belong_and_goes_on()
    {
        string message = StructureSpecific21("""<Series FREQ="A" AREA="AM" SEX="T"><Oops a="1"><Obs/></Oops><Obs TIME_PERIOD="2020" OBS_VALUE="1"><Deep><Deeper/></Deep></Obs></Series>""", dataSet: "");
        (List<string> lines, IssueList issues) = Read(message);
        lines.Should().Equal("R A.AM.T 2020=1");
        issues.Kept.Select(i => i.Code).Should().Equal(IssueCodes.UnexpectedElement, IssueCodes.UnexpectedElement);
    }

    [Fact]
    public void Takes_the_agreed_structure_when_the_message_names_none()
    {
        string message = StructureSpecific21("""<Series FREQ="A" AREA="AM" SEX="T"/>""", dataSet: "").Replace("<Ref ", "<Nothing ", StringComparison.Ordinal);
        Read(message).Issues.Kept.Single().Code.Should().Be(IssueCodes.UnknownStructure);
        Read(message, options: new() { FallbackStructure = Flow }).Lines.Should().Equal("R A.AM.T -");
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("<again/>")]
    [InlineData("</m:StructureSpecificData>")]
    public void Reports_what_follows_the_message(string tail)
    {
        (List<string> lines, IssueList issues) = Read(StructureSpecific21("<Series FREQ=\"A\" AREA=\"AM\" SEX=\"T\"><Obs TIME_PERIOD=\"2020\" OBS_VALUE=\"1\"/></Series>", dataSet: "") + tail);
        lines.Should().Equal("R A.AM.T 2020=1");
        issues.Kept.Single().Code.Should().Be(IssueCodes.MalformedXml);
    }

    [Fact]
    public void Reads_a_reference_that_a_comment_parts()
    {
        string message = StructureSpecific30("<Obs FREQ=\"A\" AREA=\"AM\" SEX=\"T\" TIME_PERIOD=\"2020\" OBS_VALUE=\"1\"/>").Replace(">urn:sdmx:org", "> urn:<!-- our -->sdmx<![CDATA[:]]>org", StringComparison.Ordinal);
        (List<string> lines, IssueList issues) = Read(message);
        lines.Should().Equal("R A.AM.T 2020=1");
        issues.Count.Should().Be(0);
    }

    [Theory]
    [InlineData("ss:action=\"Replace\"", "ss:action=\"Explode\"", "D0004")]
    [InlineData("ss:action=\"Replace\"", "ss:action=\"Append,Delete\"", "D0004")]
    [InlineData("ss:action=\"Replace\"", "ss:action=\"2\"", "D0004")]
    [InlineData("DF_TEST", "UNKNOWN", "D0001")]
    [InlineData("StructureSpecificData ", "Structure ", "M0013")]
    public void Says_why_a_message_cannot_be_read(string found, string replacement, string code)
    {
        string message = StructureSpecific21("").Replace(found, replacement, StringComparison.Ordinal)
            .Replace("m:StructureSpecificData>", found == "StructureSpecificData " ? "m:Structure>" : "m:StructureSpecificData>", StringComparison.Ordinal);
        (List<string> lines, IssueList issues) = Read(message);
        lines.Should().BeEmpty();
        issues.Kept.Single().Code.Id.Should().Be(code);
    }
}
