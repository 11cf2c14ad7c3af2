using System.Text;
using System.Xml;
using System.Xml.Schema;
using Dsm.Conformance.Seed;

namespace Dsm.Conformance.Rest;

/// <summary>Schemas of SDMX-ML 2.1 as the hub serves them, judged by what they let through: groups, explicit measures, constraints.</summary>
[Collection(SeededHubCollection.Name)]
public sealed class ServedSchemaTests(SeededHub hub)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    [SharedFolderTheory]
    [InlineData("<Group xsi:type=\"n:SIBLINGS\" REF_AREA=\"NORTH\" SEX=\"F\"/>", true)]
    [InlineData("<Group xsi:type=\"n:SIBLINGS\" type=\"SIBLINGS\" REF_AREA=\"NORTH\" SEX=\"F\"/>", true)]
    [InlineData("<Group xsi:type=\"n:SIBLINGS\" type=\"OTHERS\" REF_AREA=\"NORTH\" SEX=\"F\"/>", false)]
    [InlineData("<Group REF_AREA=\"NORTH\"/>", false)]
    [InlineData("<Series FREQ=\"A\" REF_AREA=\"SOUTH\" SEX=\"F\"><Obs TIME_PERIOD=\"2015\" OBS_VALUE=\"1\"/></Series>", true)]
    [InlineData("<Series FREQ=\"A\" REF_AREA=\"WEST\" SEX=\"F\"><Obs TIME_PERIOD=\"2015\" OBS_VALUE=\"1\"/></Series>", false)]
    public async Task Groups_are_typed_and_codes_are_those_that_constraints_allow(string content, bool isValid)
        => await JudgeAsync("DF_STOCK", "TIME_PERIOD", "", content, isValid);

    [SharedFolderTheory]
    [InlineData("xsi:type=\"n:ARRIVALS\" INDICATOR=\"ARRIVALS\" OBS_VALUE=\"10.5\"", true)]
    [InlineData("xsi:type=\"n:DEPARTURES\" type=\"DEPARTURES\" INDICATOR=\"DEPARTURES\" OBS_VALUE=\"1\" OBS_STATUS=\"A\"", true)]
    [InlineData("xsi:type=\"n:DEPARTURES\" type=\"ARRIVALS\" INDICATOR=\"DEPARTURES\" OBS_VALUE=\"1\"", false)]
    [InlineData("INDICATOR=\"ARRIVALS\" OBS_VALUE=\"10.5\"", false)]
    [InlineData("xsi:type=\"n:ARRIVALS\" INDICATOR=\"ARRIVALS\" OBS_VALUE=\"many\"", false)]
    public async Task Explicit_measures_have_a_type_each(string observation, bool isValid)
        => await JudgeAsync("DF_FLOWS", "INDICATOR", "?explicitMeasure=true", $"<Series FREQ=\"A\" REF_AREA=\"NORTH\" TIME_PERIOD=\"2015\"><Obs {observation}/></Series>", isValid);

    private async Task JudgeAsync(string flow, string at, string parameters, string content, bool isValid)
    {
        string xsd = await Client.GetStringAsync(new Uri($"{hub.V1}/schema/dataflow/SEED/{flow}/1.0{parameters}"));
        XmlSchemaSet set = new() { XmlResolver = null };
        set.Add(OfficialSchemas.Of("2.1"));
        using (XmlReader reader = XmlReader.Create(new StringReader(xsd)))
        {
            set.Add(null, reader);
        }

        set.Compile();
        string message = $"""
            <m:StructureSpecificData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
                xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:n="urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=SEED:{flow}(1.0):ObsLevelDim:{at}">
              <m:Header><m:ID>X</m:ID><m:Test>false</m:Test><m:Prepared>2026-05-01T10:00:00Z</m:Prepared><m:Sender id="SEED"/>
                <m:Structure structureID="S" namespace="urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=SEED:{flow}(1.0):ObsLevelDim:{at}" dimensionAtObservation="{at}">
                  <c:StructureUsage><Ref agencyID="SEED" id="{flow}" version="1.0"/></c:StructureUsage></m:Structure></m:Header>
              <m:DataSet ss:structureRef="S" xsi:type="n:DataSetType" ss:dataScope="Dataflow">{content}</m:DataSet>
            </m:StructureSpecificData>
            """;
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(message));
        IReadOnlyList<string> errors = OfficialSchemas.Errors(stream, set);
        if (isValid)
        {
            errors.Should().BeEmpty();
        }
        else
        {
            errors.Should().NotBeEmpty();
        }
    }
}
