using System.Xml;
using System.Xml.Schema;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;

namespace Dsm.Web.Tests.Rest;

/// <summary>Every XML answer is valid by the official schemas, data also by the schema that the hub itself serves.</summary>
[Collection(RestHubCollection.Name)]
public sealed class RestValidityTests(RestHub hub)
{
    private const string Vendor = "application/vnd.sdmx.";

    [SharedFolderTheory]
    [InlineData("v1/structure/all/all/all")]
    [InlineData("v1/structure/all/all/all?detail=allstubs")]
    [InlineData("v1/structure/all/all/all?detail=allcompletestubs")]
    [InlineData("v1/dataflow/EECA/DF_ASYLAPP?references=all&detail=referencepartial")]
    [InlineData("v1/dataflow/EECA/DF_ASYLAPP?references=all&detail=referencestubs")]
    [InlineData("v1/categoryscheme?references=all")]
    [InlineData("v1/availableconstraint/DF_ASYLAPP?references=all")]
    [InlineData("v1/data/DF_ASYLAPP")]
    [InlineData("v1/data/DF_ASYLAPP?detail=nodata")]
    [InlineData("v1/data/DF_ASYLAPP?detail=serieskeysonly")]
    [InlineData("v1/data/DF_ASYLAPP?includeHistory=true")]
    [InlineData("v1/data/DF_ASYLAPP/all/AZE_SMS+TJK_MIA")]
    [InlineData("v1/data/DF_ASYLAPP?format=generictimeseriesdata%2Bxml")]
    [InlineData("v1/data/DF_ASYLAPP?dimensionAtObservation=AllDimensions")]
    [InlineData("v1/nonsense")]
    [InlineData("v1/dataflow?x=1&y=2")]
    public async Task Answers_of_the_first_line_are_valid(string address) => Check(await hub.AskAsync(address), "2.1");

    [SharedFolderTheory]
    [InlineData("v2/structure/*/*/*/*")]
    [InlineData("v2/structure/*/*/*/*?detail=allstubs")]
    [InlineData("v2/structure/*/*/*/*?detail=raw")]
    [InlineData("v2/structure/dataflow/EECA/*?references=all&detail=referencepartial")]
    [InlineData("v2/structure/structuremap/*/*?references=descendants&detail=referencecompletestubs")]
    [InlineData("v2/availability/dataflow/EECA/DF_ASYLAPP?references=all")]
    [InlineData("v2/schema/dataflow/EECA/DF_ASYLAPP")]
    [InlineData("v2/nonsense")]
    public async Task Answers_of_the_second_line_are_valid(string address)
    {
        Check(await hub.AskAsync(address, "application/vnd.sdmx.structure+xml;version=3.0.0"), "3.0");
        Check(await hub.AskAsync(address, "application/vnd.sdmx.structure+xml;version=3.1.0"), "3.1");
    }

    [AjvTheory]
    [InlineData("v1/structure/all/all/all", "structure+json;version=1.0.0")]
    [InlineData("v1/dataflow/EECA/DF_ASYLAPP?references=all&detail=referencepartial", "structure+json;version=1.0.0")]
    [InlineData("v1/data/DF_ASYLAPP", "data+json;version=1.0.0")]
    [InlineData("v1/nonsense", "structure+json;version=1.0.0")]
    [InlineData("v2/structure/*/*/*/*", "structure+json;version=2.1.0")]
    [InlineData("v2/structure/*/*/*/*?detail=allstubs", "structure+json;version=2.1.0")]
    [InlineData("v2/structure/*/*/*/*?detail=allcompletestubs", "structure+json;version=2.0.0")]
    [InlineData("v2/structure/*/*/*/*?detail=raw", "structure+json;version=2.0.0")]
    [InlineData("v2/structure/dataflow/EECA/*?references=all&detail=referencepartial", "structure+json;version=2.1.0")]
    [InlineData("v2/availability/dataflow/EECA/DF_ASYLAPP?references=all", "structure+json;version=2.1.0")]
    [InlineData("v2/availability/dataflow/EECA/DF_ASYLAPP?references=all", "structure+json;version=2.0.0")]
    [InlineData("v2/schema/dataflow/EECA/DF_ASYLAPP", "structure+json;version=2.1.0")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP", "data+json;version=2.1.0")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP", "data+json;version=2.0.0")]
    [InlineData("v2/nonsense", "structure+json;version=2.1.0")]
    [InlineData("v2/nonsense", "structure+json;version=2.0.0")]
    public async Task Answers_in_json_are_valid(string address, string type)
    {
        RestReply reply = await hub.AskAsync(address, Vendor + type);
        reply.Type.Should().Be(Vendor + type);
        Ajv.Errors(MediaTypes.Find(reply.Type)!, reply.Body).Should().BeEmpty();
    }

    [SharedFolderTheory]
    [InlineData("v1/data/DF_ASYLAPP?format=structurespecificdata%2Bxml", "v1/schema/dataflow/EECA/DF_ASYLAPP", "2.1")]
    [InlineData("v1/data/DF_ASYLAPP?format=structurespecifictimeseriesdata%2Bxml", "v1/schema/dataflow/EECA/DF_ASYLAPP", "2.1")]
    [InlineData("v1/data/DF_ASYLAPP/all/TJK_MIA?format=structurespecificdata%2Bxml", "v1/schema/dataflow/EECA/DF_ASYLAPP", "2.1")]
    [InlineData("v1/data/DF_ASYLAPP?format=structurespecificdata%2Bxml&dimensionAtObservation=CITIZENSHIP", "v1/schema/dataflow/EECA/DF_ASYLAPP?dimensionAtObservation=CITIZENSHIP", "2.1")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP", "v2/schema/dataflow/EECA/DF_ASYLAPP", "3.0")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP?dimensionAtObservation=AllDimensions", "v2/schema/dataflow/EECA/DF_ASYLAPP?dimensionAtObservation=AllDimensions", "3.0")]
    [InlineData("v2/data/datastructure/EECA/DSD_ASYLAPP", "v2/schema/datastructure/EECA/DSD_ASYLAPP", "3.0")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP?formatVersion=3.1.0&format=data%2Bxml", "v2/schema/dataflow/EECA/DF_ASYLAPP?formatVersion=3.1.0&format=schema%2Bxml", "3.1")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP?updatedAfter=2020-01-01&formatVersion=3.1.0&format=data%2Bxml", "v2/schema/dataflow/EECA/DF_ASYLAPP?formatVersion=3.1.0&format=schema%2Bxml", "3.1")]
    public async Task Structure_specific_data_are_valid_by_the_schema_served(string data, string schema, string version)
    {
        RestReply reply = await hub.AskAsync(data, version == "2.1" ? null : $"{Vendor}data+xml;version={version}.0");
        reply.Status.Should().Be(200, reply.Text);
        RestReply served = await hub.AskAsync(schema, version == "2.1" ? null : $"{Vendor}schema+xml;version={version}.0");
        served.Status.Should().Be(200, served.Text);
        Check(reply, version, served.Body);
    }

    [Theory]
    [InlineData("v1/data/DF_ASYLAPP")]
    [InlineData("v1/data/DF_ASYLAPP?dimensionAtObservation=AllDimensions")]
    [InlineData("v1/data/DF_ASYLAPP?format=structurespecificdata%2Bxml")]
    [InlineData("v1/data/DF_ASYLAPP?format=structurespecificdata%2Bxml&dimensionAtObservation=REF_AREA")]
    [InlineData("v1/data/DF_ASYLAPP?format=csv")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP?dimensionAtObservation=AllDimensions")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP?dimensionAtObservation=AllDimensions&format=xml")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP?format=data%2Bjson&formatVersion=2.0.0")]
    [InlineData("v1/data/DF_ASYLAPP?format=json")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP?format=data%2Bxml&formatVersion=3.1.0")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP?format=csv")]
    public async Task Every_format_tells_the_same_observations(string address)
    {
        RestReply reply = await hub.AskAsync(address);
        reply.Status.Should().Be(200);
        using MemoryStream body = new(reply.Body);
        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(body, hub.Registry.Schema, issues)!;
        List<string> read = [];
        while (reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!);
            while (reader.Read(batch))
            {
                read.AddRange(Enumerable.Range(0, batch.Count).Select(r => $"{batch.KeyOf(batch.SeriesOf[r])} {batch.Periods[r]} {batch.Measures[0][r]}"));
            }
        }

        issues.Count.Should().Be(0, string.Join("; ", issues.Kept));
        read.Should().BeEquivalentTo(Expected());
    }

    private static IEnumerable<string> Expected()
    {
        foreach ((string series, int first) in new[] { ("AZE.AFG", 1101), ("AZE.RUS", 1201), ("AZE.UKR", 1301), ("TJK.AFG", 2101) })
        {
            for (int year = 2018; year <= 2022; year++)
            {
                if (year < 2022 || series is "AZE.AFG" or "AZE.RUS")
                {
                    int value = series == "AZE.AFG" && year == 2020 ? 1199 : first + year - 2018;
                    yield return $"A.{series}._T._T.N.G.LODGED.PS {year} {value}";
                }
            }
        }
    }

    private static void Check(RestReply reply, string version, byte[]? schema = null)
    {
        XmlSchemaSet set = OfficialSchemas.Of(version);
        if (schema is not null)
        {
            XmlSchemaSet own = new() { XmlResolver = null };
            own.Add(set);
            using MemoryStream source = new(schema);
            using XmlReader xsd = XmlReader.Create(source);
            own.Add(null, xsd);
            own.Compile();
            set = own;
        }

        List<string> errors = [];
        XmlReaderSettings settings = new()
        {
            ValidationType = ValidationType.Schema,
            Schemas = set,
            ValidationFlags = XmlSchemaValidationFlags.ProcessIdentityConstraints | XmlSchemaValidationFlags.ReportValidationWarnings,
        };
        settings.ValidationEventHandler += (_, e) => errors.Add($"{e.Exception.LineNumber}:{e.Exception.LinePosition} {e.Message}");
        using MemoryStream message = new(reply.Body);
        using XmlReader reader = XmlReader.Create(message, settings);
        while (reader.Read() && errors.Count < 10)
        {
        }

        errors.Should().BeEmpty();
    }
}
