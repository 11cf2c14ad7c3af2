using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Validation;
using static Dsm.Sdmx.Tests.Formats.ComplexSpecimen;

namespace Dsm.Sdmx.Tests.Formats;

public class ComplexDataTests
{
    private const string Content = """
        <common:Annotations><common:Annotation id="N"><common:AnnotationTitle>t</common:AnnotationTitle></common:Annotation></common:Annotations>
        <DataProvider>urn:sdmx:org.sdmx.infomodel.base.DataProvider=T:DATA_PROVIDERS(1.0).P1</DataProvider>
        <Atts><Comp id="SOURCES" xsi:type="ns1:SOURCES.Comp"><Value>Census; 2021</Value><Value>Register</Value></Comp></Atts>
        <Group xsi:type="ns1:BY_AREA" AREA="B"><Comp id="TITLE"><Value><common:Text xml:lang="en">a;b</common:Text><common:Text xml:lang="ru">в</common:Text></Value><Value><common:Text>c</common:Text></Value></Comp>
          <Metadata><metadata:Attribute id="KIND"><metadata:Value>D</metadata:Value></metadata:Attribute></Metadata></Group>
        <Series FREQ="A" AREA="B">
          <Obs TIME_PERIOD="2020" VALUE="1.5" GRADE="C" WORDS="plain"><Comp id="RANGE"><Value>1</Value><Value> 2 </Value></Comp><Comp id="STATUS"><Value>A</Value><Value>D</Value></Comp></Obs>
          <Obs TIME_PERIOD="2021" VALUE="NaN" GRADE="#N/A" NOTE="en: me"><Comp id="STATUS"><Value>#N/A</Value></Comp>
            <Comp id="WORDS"><Value><common:Text xml:lang="kk">сөз</common:Text></Value></Comp>
            <Metadata><metadata:Attribute id="CONTACT"><metadata:Attribute id="NAME"><common:Text xml:lang="en">Ann</common:Text></metadata:Attribute></metadata:Attribute></Metadata></Obs>
          <Metadata><metadata:Attribute id="KIND"><metadata:Value>A</metadata:Value></metadata:Attribute></Metadata>
        </Series>
        <Series FREQ="A" AREA="C"><Obs TIME_PERIOD="2022"><Metadata><metadata:Attribute id="KIND"><metadata:Value>B</metadata:Value></metadata:Attribute></Metadata></Obs></Series>
        <Metadata><metadata:Attribute id="KIND"><metadata:Value>C</metadata:Value></metadata:Attribute></Metadata>
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_several_values_and_languages_of_attributes_and_measures(bool slow)
    {
        (ObservationBatch batch, IssueList issues) = Read(Message(Content), slow);
        issues.Kept.Should().BeEmpty();
        batch.Count.Should().Be(2, "an observation that is only named for its metadata is none");
        batch.SeriesAttributes.Select(a => a[0]).Should().Equal("\"Census; 2021\";Register", "\"en:\"\"a;b\"\";ru:в\";en:c");
        batch.Measures.Select(m => m[0].ToString()).Should().Equal("1.5", "1;2", "C", "plain");
        batch.Measures.Select(m => m[1].ToString()).Should().Equal("NaN", "", "#N/A", "kk:сөз");
        batch.ObservationAttributes.Select(a => a[0]).Should().Equal("A;D", null);
        batch.ObservationAttributes.Select(a => a[1]).Should().Equal("#N/A", "\"en: me\"");
        (batch.Space.Header.DataProvider!.ItemId, batch.Space.Header.Annotations.Single().Title).Should().Be(("P1", "t"));
    }

    [Fact]
    public void Reads_reference_metadata_at_every_level()
        => Read(Message(Content)).Batch.Metadata.Select(m => $"{m.KeyText}@{m.Period}:{m.Attributes[0].Id}={m.Attributes[0].Value}{m.Attributes[0].Children.FirstOrDefault()?.Text}")
            .Should().Equal(".B@:KIND=D", "A.B@2021:CONTACT=Ann", "A.B@:KIND=A", "A.C@2022:KIND=B", ".@:KIND=C");

    [Fact]
    public void What_is_right_is_not_reported()
    {
        (ObservationBatch batch, IssueList issues) = Read(Message(Content));
        new DataValidator(batch.Space, issues).Validate(batch);
        issues.Kept.Should().BeEmpty();
        batch.Refused.AsSpan(0, batch.Count).Contains(true).Should().BeFalse();
    }

    [Fact]
    public void Judges_each_value_of_a_component()
    {
        (ObservationBatch batch, IssueList issues) = Read(Message("""
            <Group xsi:type="ns1:BY_AREA" AREA="B"><Comp id="TITLE"><Value><common:Text xml:lang="en">a</common:Text><common:Text xml:lang="EN">b</common:Text></Value></Comp></Group>
            <Series FREQ="A" AREA="B">
              <Obs TIME_PERIOD="2020" VALUE="1"><Comp id="STATUS"><Value>A</Value><Value>X</Value><Value>Y</Value></Comp></Obs>
              <Obs TIME_PERIOD="2021" VALUE="1" STATUS="A"><Comp id="RANGE"><Value>1</Value></Comp></Obs>
              <Obs TIME_PERIOD="2022" VALUE="1" STATUS="A"><Comp id="RANGE"><Value>1</Value><Value>x</Value><Value>3</Value><Value>4</Value></Comp></Obs>
              <Obs TIME_PERIOD="2023" VALUE="1" STATUS="A"><Comp id="NOTE"><Value><common:Text xml:lang="en">short</common:Text><common:Text xml:lang="ru">длинный</common:Text></Value></Comp></Obs>
              <Obs TIME_PERIOD="2024" VALUE="1"/>
              <Obs TIME_PERIOD="2025" VALUE="1" STATUS="A;B" GRADE="X"/>
            </Series>
            """));
        new DataValidator(batch.Space, issues).Validate(batch);
        issues.Kept.Select(i => $"{i.Code.Id} {i.Location.Period} {i.Location.Component} {i.Arguments[0]}").Should().BeEquivalentTo(
            "D0312  TITLE TITLE",
            "D0301 2020 STATUS X", "D0301 2020 STATUS Y",
            "D0311 2021 RANGE RANGE",
            "D0311 2022 RANGE RANGE", "D0305 2022 RANGE x",
            "D0310 2023 NOTE NOTE",
            "D0102 2024 STATUS STATUS",
            "D0301 2025 STATUS A;B", "D0301 2025 GRADE X");
    }

    [Fact]
    public void Judges_reference_metadata()
    {
        (ObservationBatch batch, IssueList issues) = Read(Message("""
            <Series FREQ="A" AREA="B"><Metadata>
              <metadata:Attribute id="CONTACT"/><metadata:Attribute id="CONTACT"><metadata:Attribute id="NAME"><common:Text>too long</common:Text></metadata:Attribute></metadata:Attribute>
              <metadata:Attribute id="KIND"><metadata:Value>X</metadata:Value></metadata:Attribute><metadata:Attribute id="NONE"/>
            </Metadata></Series>
            """));
        new DataValidator(batch.Space, issues).Validate(batch);
        batch.SeriesCount.Should().Be(0);
        issues.Kept.Select(i => $"{i.Code.Id} {i.Location.Key} {i.Location.Component}").Should().BeEquivalentTo(
            "D0311 A.B CONTACT.NAME", "D0310 A.B CONTACT.NAME", "D0301 A.B KIND", "D0003 A.B NONE");
    }

    [Fact]
    public void Generic_messages_carry_one_value_and_say_what_is_left_out()
    {
        (string message, IssueList issues) = Write(Read(Message(Content)).Batch, MediaTypes.GenericData21);
        issues.Kept.Should().OnlyContain(i => i.Code == IssueCodes.NotCarried);
        issues.Kept.Select(i => i.Arguments[0].Split(' ')[^1]).Distinct().Should().BeEquivalentTo("SOURCES", "TITLE", "STATUS", "RANGE", "GRADE", "WORDS", "MetadataReport");
        message.Should().Contain("id=\"SOURCES\" value=\"Census; 2021; Register\"").And.Contain("id=\"STATUS\" value=\"A\"").And.Contain("id=\"NOTE\" value=\"en: me\"");
    }

    [Fact]
    public void Values_longer_than_sixteen_bits_are_counted_by_characters()
    {
        (ObservationBatch batch, IssueList issues) = Read(Message("""<Series FREQ="A" AREA="B"><Obs TIME_PERIOD="2020" VALUE="1" STATUS="A" NOTE="😀😀😀😀😀😀"/><Obs TIME_PERIOD="2021" VALUE="1" STATUS="A" NOTE="😀😀😀😀😀😀😀"/></Series>"""));
        new DataValidator(batch.Space, issues).Validate(batch);
        Issue issue = issues.Kept.Single();
        (issue.Code, issue.Location.Period, issue.Arguments[1]).Should().Be((IssueCodes.TextTooLong, "2021", "7"));
    }

    [Fact]
    public void A_structure_that_the_header_does_not_announce_is_told()
    {
        (ObservationBatch batch, IssueList issues) = Read(Message("""<Series FREQ="A" AREA="B"><Obs TIME_PERIOD="2020" VALUE="1" STATUS="A"/></Series>""", structureRef: "OTHER"));
        batch.Count.Should().Be(1);
        (issues.Kept.Single().Code, issues.Kept.Single().Arguments[0]).Should().Be((IssueCodes.UnannouncedStructure, "OTHER"));
    }

    [Fact]
    public void A_dimension_may_be_switched_off_in_data_of_a_data_structure()
    {
        (ObservationBatch batch, IssueList issues) = Read(Message("""<Series FREQ="~" AREA="B"><Obs TIME_PERIOD="2020" VALUE="1" STATUS="A"/></Series>"""));
        new DataValidator(batch.Space, issues).Validate(batch);
        issues.Kept.Should().BeEmpty();
        batch.KeyOf(0).Should().Be("~.B");
    }

    [Fact]
    public void Annotations_below_the_data_set_are_told_once()
    {
        const string Annotations = "<common:Annotations><common:Annotation id=\"N\"/></common:Annotations>";
        IssueList issues = Read(Message($"""<Series FREQ="A" AREA="B">{Annotations}<Obs TIME_PERIOD="2020" VALUE="1" STATUS="A">{Annotations}</Obs></Series>""")).Issues;
        (issues.Kept.Single().Code, issues.Kept.Single().Arguments[0]).Should().Be((IssueCodes.NotCarried, "Annotations"));
    }

    [Theory]
    [InlineData("Merge", DataSetAction.Merge)]
    [InlineData("Append", DataSetAction.Append)]
    [InlineData("Information", DataSetAction.Information)]
    [InlineData("Delete", DataSetAction.Delete)]
    public void Partial_keys_of_deletions_are_kept(string action, DataSetAction expected)
    {
        (ObservationBatch batch, IssueList issues) = Read(Message("""<Series AREA="B"/><Series FREQ="A" AREA="C"><Obs TIME_PERIOD="2020"/></Series>""", action: action));
        batch.Space.Header.Action.Should().Be(expected);
        new DataValidator(batch.Space, issues).Validate(batch);
        (batch.KeyOf(0), batch.KeyOf(1)).Should().Be((".B", "A.C"));
        issues.Kept.Any(i => i.Code == IssueCodes.MissingDimension).Should().Be(expected != DataSetAction.Delete);
    }
}
