using Dsm.Sdmx.Formats;

namespace Dsm.Cli.Tests;

/// <summary>What messages of other systems have that ours do not: each was met in a published file.</summary>
public sealed class ForeignMessageTests : IDisposable
{
    private const string Head = "STRUCTURE,STRUCTURE_ID,ACTION,AREA,SEX,TIME_PERIOD,OBS_VALUE,UNIT,SOURCE\n";

    private const string Header21 = """
        <m:Structure xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:s="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure"
         xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"><m:Header><m:ID>X</m:ID><m:Test>false</m:Test>
         <m:Prepared>2020-01-01T00:00:00</m:Prepared><m:Sender id="X"/></m:Header><m:Structures>
        """;

    // The group and one of its attributes name the dimensions in another order than the rest.
    private const string Structure = Header21 + """
        <s:Concepts><s:ConceptScheme id="CS" agencyID="XX" version="1.0"><c:Name>C</c:Name>
         <s:Concept id="AREA"><c:Name>A</c:Name></s:Concept><s:Concept id="SEX"><c:Name>S</c:Name></s:Concept><s:Concept id="TIME_PERIOD"><c:Name>T</c:Name></s:Concept>
         <s:Concept id="OBS_VALUE"><c:Name>O</c:Name></s:Concept><s:Concept id="UNIT"><c:Name>U</c:Name></s:Concept><s:Concept id="SOURCE"><c:Name>S</c:Name></s:Concept>
        </s:ConceptScheme></s:Concepts>
        <s:DataStructures><s:DataStructure id="MIG" agencyID="XX" version="1.0"><c:Name>M</c:Name><s:DataStructureComponents>
        <s:DimensionList><s:Dimension id="AREA" position="1">@AREA</s:Dimension><s:Dimension id="SEX" position="2">@SEX</s:Dimension>
         <s:TimeDimension id="TIME_PERIOD" position="3">@TIME_PERIOD<s:LocalRepresentation><s:TextFormat textType="ObservationalTimePeriod"/></s:LocalRepresentation></s:TimeDimension></s:DimensionList>
        <s:AttributeList><s:Attribute id="UNIT" assignmentStatus="Conditional">@UNIT<s:AttributeRelationship><s:Dimension><Ref id="SEX"/></s:Dimension><s:Dimension><Ref id="AREA"/></s:Dimension></s:AttributeRelationship></s:Attribute>
         <s:Attribute id="SOURCE" assignmentStatus="Conditional">@SOURCE<s:AttributeRelationship><s:Dimension><Ref id="AREA"/></s:Dimension><s:Dimension><Ref id="SEX"/></s:Dimension></s:AttributeRelationship></s:Attribute></s:AttributeList>
        <s:MeasureList><s:PrimaryMeasure id="OBS_VALUE">@OBS_VALUE</s:PrimaryMeasure></s:MeasureList>
        </s:DataStructureComponents></s:DataStructure></s:DataStructures></m:Structures></m:Structure>
        """;

    private readonly TestFiles _files = new();

    [Fact]
    public async Task Data_that_name_a_data_structure_come_through_every_format_with_periods_nobody_can_read()
    {
        string structure = WriteStructure();
        string data = _files.Write("data.csv", Head
            + "datastructure,XX:MIG(1.0),I,KZ,F,2039-W53,1,P,survey\n" // 2039 has 52 weeks
            + "datastructure,XX:MIG(1.0),I,KZ,M,\"spring, 2020\",2,P,census\n"
            + "datastructure,XX:MIG(1.0),I,KZ,M,2021,3,P,census\n");
        foreach ((SdmxFormat format, string name) in FormatNames.Writable.Where(w => DataWriters.CanWrite(w.Format)))
        {
            string file = _files.New(name + format.Extension);
            CliRun run = await CliRun.Of("convert", data, file, "--to", format.MediaType, "-s", structure);
            run.Code.Should().Be(name == "csv10" ? 1 : 0, $"{name}: {run.Error}");
            CliRun diff = await CliRun.Of("diff", data, file, "-s", structure);
            diff.Output.Should().Contain("3 the same", $"{name}: {diff.Output}{diff.Error}");
            diff.Code.Should().Be(0, name);
            File.ReadAllText(file).Should().Contain("2039-W53", name).And.Contain("spring, 2020", name);
        }
    }

    [Fact]
    public async Task Csv_1_says_that_it_names_a_data_structure_as_if_it_were_a_dataflow()
    {
        string data = _files.Write("data.csv", Head + "datastructure,XX:MIG(1.0),I,KZ,F,2020,1,P,survey\n");
        CliRun run = await CliRun.Of("convert", data, "-", "--to", "csv10", "-s", WriteStructure());
        run.Code.Should().Be(1);
        run.Error.Should().Contain("S0006").And.Contain("DataSetHeader.Structure XX:MIG(1.0)");
    }

    [Fact]
    public async Task An_observation_without_a_period_is_told_by_formats_that_cannot_have_one()
    {
        string data = _files.Write("data.csv", Head + "datastructure,XX:MIG(1.0),I,KZ,F,,1,P,survey\n");
        CliRun run = await CliRun.Of("convert", data, "-", "--to", "xml30", "-s", WriteStructure());
        run.Code.Should().Be(1);
        run.Error.Should().Contain("S0006").And.Contain("line 2");
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public async Task A_list_of_what_there_is_does_not_replace_the_artefact_itself(string whole, string list)
    {
        Directory.CreateDirectory(_files.New("s"));
        File.Move(WriteStructure(), _files.New($"s/{whole}.xml"));
        _files.Write($"s/{list}.xml", Header21 + """
            <s:DataStructures><s:DataStructure id="MIG" agencyID="XX" version="1.0" isExternalReference="true" structureURL="http://example.org"><c:Name>M</c:Name>
            </s:DataStructure></s:DataStructures></m:Structures></m:Structure>
            """);
        string data = _files.Write("data.csv", Head + "datastructure,XX:MIG(1.0),I,KZ,F,2020,1,P,survey\n");
        CliRun run = await CliRun.Of("check", data, "-s", _files.New("s"));
        run.Code.Should().Be(0, run.Output + run.Error);
    }

    [Fact]
    public async Task A_root_that_is_no_message_is_unusable_with_its_place()
    {
        string file = _files.Write("x.xml", "<m:Letter xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\"/>");
        CliRun run = await CliRun.Of("inspect", file, "--json");
        run.Code.Should().Be(2);
        run.Output.Should().Contain("\"format\":null").And.Contain("M0004").And.Contain("\"line\":1");
    }

    public void Dispose() => _files.Dispose();

    private string WriteStructure() => _files.Write("structure.xml", System.Text.RegularExpressions.Regex.Replace(
        Structure,
        "@([A-Z_]+)",
        m => $"<s:ConceptIdentity><Ref id=\"{m.Groups[1].Value}\" maintainableParentID=\"CS\" maintainableParentVersion=\"1.0\" agencyID=\"XX\" package=\"conceptscheme\" class=\"Concept\"/></s:ConceptIdentity>"));
}
