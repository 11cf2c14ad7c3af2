using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Validation;

/// <summary>Short ways to make structures and batches for tests.</summary>
internal static class TestStructures
{
    public const string Agency = "T";

    public static StructureReference List(string id) => new(StructureType.Codelist, Agency, id, "1.0");

    public static StructureReference Flow(string id) => new(StructureType.Dataflow, Agency, id, "1.0");

    public static StructureReference Structure(string id) => new(StructureType.DataStructure, Agency, id, "1.0");

    public static Codelist Codes(string id, string codes) => new()
    {
        AgencyId = Agency,
        Id = id,
        Version = SdmxVersion.Default,
        Codes = [.. codes.Split(' ').Select(c => new Code { Id = c })],
    };

    public static Representation Coded(string list) => Representation.Coded(List(list));

    public static Representation Text(SdmxDataType type = SdmxDataType.String, Func<TextFormat, TextFormat>? change = null)
    {
        TextFormat format = new() { DataType = type };
        return new Representation { TextFormat = change?.Invoke(format) ?? format };
    }

    public static StructureReference Concept(string id) => new(StructureType.ConceptScheme, Agency, "CS", "1.0", id);

    public static Dimension Dimension(string id, Representation representation) => new() { Id = id, Concept = Concept(id), Representation = representation };

    public static Dimension Time(SdmxDataType type = SdmxDataType.ObservationalTimePeriod)
        => new() { Id = "TIME_PERIOD", Concept = Concept("TIME_PERIOD"), IsTime = true, Representation = Text(type) };

    public static Measure Measure(Representation representation, bool mandatory = false)
        => new() { Id = "OBS_VALUE", Concept = Concept("OBS_VALUE"), Representation = representation, IsMandatory = mandatory };

    public static DataAttribute Attribute(string id, Representation representation, bool mandatory, AttributeRelationship relationship, params string[] dimensions)
        => new() { Id = id, Concept = Concept(id), Representation = representation, IsMandatory = mandatory, Relationship = relationship, Dimensions = [.. dimensions] };

    public static DataStructure Dsd(string id, ImmutableArray<Dimension> dimensions, Measure measure, params DataAttribute[] attributes) => new()
    {
        AgencyId = Agency,
        Id = id,
        Version = SdmxVersion.Default,
        Dimensions = dimensions,
        Measures = [measure],
        Attributes = [.. attributes],
    };

    public static Dataflow FlowOf(string id, string structure) => new() { AgencyId = Agency, Id = id, Version = SdmxVersion.Default, Structure = Structure(structure) };

    public static ConceptScheme Concepts(params string[] ids)
        => new() { AgencyId = Agency, Id = "CS", Version = SdmxVersion.Default, Concepts = [.. ids.Select(i => new Concept { Id = i })] };

    public static DataSchema Resolve(StructureSet structures, StructureReference reference)
    {
        IssueList issues = new();
        DataSchema schema = DataSchema.Resolve(structures, reference, issues)!;
        issues.Kept.Where(i => i.Code != IssueCodes.UnresolvedReference).Should().BeEmpty();
        return schema;
    }

    public static DataSetSpace Space(DataSchema schema, DataSetAction action = DataSetAction.Replace)
        => new(new DataSetHeader { Structure = schema.Reference, Action = action }, schema);

    /// <summary>
    /// Fills a batch from lines <c>A.ARM UNIT=PS | 2024=5 OBS_STATUS=A | 2025=6</c>: a series with its attributes, then its observations.
    /// Line numbers are those of the text, columns the number of the part. A blank in a value is written as <c>_</c> twice.
    /// </summary>
    public static ObservationBatch Batch(DataSetSpace space, string text, int capacity = ObservationBatch.DefaultCapacity)
    {
        ObservationBatch batch = new(space, capacity);
        int line = 0;
        foreach (string series in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            line++;
            if (series.Length == 0)
            {
                continue;
            }

            string[] parts = series.Split('|', StringSplitOptions.TrimEntries);
            string[] head = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int run = batch.AddSeries(line, 1);
            string[] key = head[0].Split('.');
            for (int d = 0; d < key.Length; d++)
            {
                if (key[d].Length > 0)
                {
                    batch.Dimensions[d].Set(run, Value(key[d]));
                }
            }

            foreach (string[] attribute in head[1..].Select(a => a.Split('=', 2)))
            {
                batch.SeriesAttributes.Single(c => c.Component.Id == attribute[0]).Set(run, Value(attribute[1]));
            }

            for (int p = 1; p < parts.Length; p++)
            {
                AddObservation(batch, parts[p].Split(' ', StringSplitOptions.RemoveEmptyEntries), line, p + 1);
            }
        }

        return batch;
    }

    private static void AddObservation(ObservationBatch batch, string[] parts, int line, int column)
    {
        int row = batch.AddObservation(line, column);
        string[] value = parts[0].Split('=', 2);
        string period = Value(value[0]);
        if (batch.Schema.TimeDimension is not null && !TimePeriod.TryParse(period, out batch.Periods[row]))
        {
            batch.BadPeriods[row] = period == "-" ? "" : period;
        }

        if (value.Length > 1)
        {
            batch.Measures[0][row] = ObservationValue.Parse(Value(value[1]));
        }

        foreach (string[] attribute in parts[1..].Select(a => a.Split('=', 2)))
        {
            batch.ObservationAttributes.Single(c => c.Component.Id == attribute[0]).Set(row, Value(attribute[1]));
        }
    }

    private static string Value(string text) => text.Replace("__", " ", StringComparison.Ordinal);
}
