using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>A small data structure with all kinds of attributes, and ways to read messages against it.</summary>
internal static class DataReaderSpecimens
{
    public static readonly StructureReference Flow = StructureReference.ParseUrn("urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=DSM:DF_TEST(1.0)");

    public static DataSchema Schema { get; } = MakeSchema();

    /// <summary>Resolves every reference to the one schema.</summary>
    public static DataSchema? Resolve(StructureReference reference) => reference.Id.StartsWith("UNKNOWN", StringComparison.Ordinal) ? null : Schema;

    /// <summary>The message as text lines: one an observation, one a series without any; and the findings.</summary>
    public static (List<string> Lines, IssueList Issues) Read(string message, int capacity = 64, DataReaderOptions? options = null)
        => Read(Encoding.UTF8.GetBytes(message), capacity, options);

    public static (List<string> Lines, IssueList Issues) Read(byte[] message, int capacity = 64, DataReaderOptions? options = null)
    {
        IssueList issues = new();
        using DataReader? reader = DataMessageReader.Open(new MemoryStream(message), Resolve, issues, options);
        return (reader is null ? [] : Describe(reader, capacity), issues);
    }

    /// <summary>Everything a reader delivers, a line an observation: action, key, period, measures, attributes.</summary>
    public static List<string> Describe(DataReader reader, int capacity)
    {
        List<string> lines = [];
        while (reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!, capacity);
            while (reader.Read(batch))
            {
                Describe(batch, lines);
            }

            batch.Count.Should().Be(0);
            batch.SeriesCount.Should().Be(0);
        }

        reader.DataSet.Should().BeNull();
        return lines;
    }

    private static void Describe(ObservationBatch batch, List<string> lines)
    {
        for (int series = 0; series < batch.SeriesCount; series++)
        {
            string head = $"{batch.Space.Header.Action.ToString()[0]} {batch.KeyOf(series)}";
            string attributes = Attributes(batch.SeriesAttributes, series);
            int[] rows = [.. Enumerable.Range(0, batch.Count).Where(r => batch.SeriesOf[r] == series)];
            foreach (int row in rows)
            {
                string period = batch.BadPeriods[row] is { } bad ? $"!{bad}" : batch.Periods[row].ToString();
                string measures = string.Join('/', batch.Measures.Select(m => m[row].ToString()));
                lines.Add($"{head} {period}={measures} {Attributes(batch.ObservationAttributes, row)}{attributes}".TrimEnd());
            }

            if (rows.Length == 0)
            {
                lines.Add($"{head} - {attributes}".TrimEnd());
            }
        }
    }

    private static string Attributes(IEnumerable<ValueColumn> columns, int row)
        => string.Concat(columns.Where(c => c.HasValue(row)).Select(c => $"{c.Component.Id}:{c[row]} "));

    private static DataSchema MakeSchema()
    {
        StructureReference Concept(string id) => new(StructureType.ConceptScheme, "DSM", "CS", "1.0", id);
        Codelist Codes(string id, params string[] codes) => new() { Id = id, AgencyId = "DSM", Version = SdmxVersion.Parse("1.0"), Codes = [.. codes.Select(c => new Code { Id = c })] };
        Codelist[] lists = [Codes("CL_FREQ", "A", "Q", "M"), Codes("CL_AREA", "AM", "GE", "KZ"), Codes("CL_SEX", "M", "F", "T"), Codes("CL_STATUS", "A", "E", "M"), Codes("CL_UNIT", "PS", "HH")];
        Representation Coded(string id) => Representation.Coded(new StructureReference(StructureType.Codelist, "DSM", id, "1.0"));
        DataStructure structure = new()
        {
            Id = "DSD_TEST",
            AgencyId = "DSM",
            Version = SdmxVersion.Parse("1.0"),
            Dimensions =
            [
                new Dimension { Id = "FREQ", Concept = Concept("FREQ"), Representation = Coded("CL_FREQ") },
                new Dimension { Id = "AREA", Concept = Concept("AREA"), Representation = Coded("CL_AREA") },
                new Dimension { Id = "SEX", Concept = Concept("SEX"), Representation = Coded("CL_SEX") },
                new Dimension { Id = "TIME_PERIOD", Concept = Concept("TIME_PERIOD"), IsTime = true },
            ],
            Groups = [new DimensionGroup("Sibling", ["AREA", "SEX"])],
            Measures = [new Measure { Id = "OBS_VALUE", Concept = Concept("OBS_VALUE"), Representation = Representation.Of(SdmxDataType.Double) }],
            Attributes =
            [
                new DataAttribute { Id = "SOURCE", Concept = Concept("SOURCE"), Relationship = AttributeRelationship.Dataflow },
                new DataAttribute { Id = "TITLE", Concept = Concept("TITLE"), Relationship = AttributeRelationship.Group, Group = "Sibling" },
                new DataAttribute { Id = "UNIT", Concept = Concept("UNIT"), Relationship = AttributeRelationship.Dimensions, Dimensions = ["FREQ", "AREA", "SEX"], Representation = Coded("CL_UNIT") },
                new DataAttribute { Id = "STATUS", Concept = Concept("STATUS"), Relationship = AttributeRelationship.Observation, Representation = Coded("CL_STATUS") },
                new DataAttribute { Id = "NOTE", Concept = Concept("NOTE"), Relationship = AttributeRelationship.Observation },
            ],
        };
        ConceptScheme concepts = new()
        {
            Id = "CS",
            AgencyId = "DSM",
            Version = SdmxVersion.Parse("1.0"),
            Concepts = [.. structure.Dimensions.Cast<Component>().Concat(structure.Measures).Concat(structure.Attributes).Select(c => new Concept { Id = c.Id })],
        };
        Dataflow flow = new() { Id = "DF_TEST", AgencyId = "DSM", Version = SdmxVersion.Parse("1.0"), Structure = structure.Reference };
        IssueList issues = new();
        DataSchema schema = DataSchema.Resolve(new StructureSet([structure, concepts, flow, .. lists]), flow.Reference, issues)!;
        issues.Count.Should().Be(0);
        return schema;
    }
}
