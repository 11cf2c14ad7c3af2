using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>Made-up data for any schema, the same for the same seed: every attribute and text type, awkward characters, gaps.</summary>
internal sealed class SpecimenData(DataSchema schema, int seed)
{
    private static readonly string[] Texts =
        ["plain", "a,b", "\"quoted\"", "<tag> & more", "two\r\nlines", "tab\there", " blank ends ", "Узбекистан", "日本 \U0001F600", "'single'", "]]>", "a=b;c"];

    private readonly Random _random = new(seed);

    public static StructureSet Structures { get; } = LoadStructures();

    public static DataSchema Resolve(StructureSet structures, StructureReference reference)
    {
        IssueList issues = new();
        DataSchema schema = DataSchema.Resolve(structures, reference, issues)!;
        issues.Kept.Should().BeEmpty();
        return schema;
    }

    public DataSetSpace Space(DataSetAction action = DataSetAction.Replace, string dimensionAtObservation = "TIME_PERIOD")
        => new(new DataSetHeader { Structure = schema.Reference, Action = action, DimensionAtObservation = dimensionAtObservation }, schema);

    /// <summary>Batches of a data set; a series may go on in the next batch.</summary>
    public List<ObservationBatch> Batches(DataSetSpace space, int series, int capacity)
    {
        List<ObservationBatch> batches = [new(space, capacity)];
        for (int s = 0; s < series; s++)
        {
            if (batches[^1].IsFull)
            {
                batches.Add(new ObservationBatch(space, capacity));
            }

            AddSeries(batches, space, capacity);
        }

        return batches;
    }

    private void AddSeries(List<ObservationBatch> batches, DataSetSpace space, int capacity)
    {
        ObservationBatch batch = batches[^1];
        int run = batch.AddSeries(0, 0);
        foreach (ValueColumn dimension in batch.Dimensions)
        {
            dimension.Set(run, dimension.Component.Id == "FREQ" ? "A" : Value(dimension.Component, _random));
        }

        foreach (ValueColumn attribute in batch.SeriesAttributes)
        {
            // One value for the whole data set, one for each group, one for each series.
            SchemaComponent component = attribute.Component;
            string scope = component.Level switch
            {
                AttachmentLevel.DataSet => "",
                AttachmentLevel.Group => string.Join('.', component.GroupDimensions.Select(d => batch.Dimensions[d][run])),
                _ => batch.KeyOf(run),
            };
            Random stable = new(Hash(component.Id + scope));
            attribute.Set(run, stable.Next(5) == 0 ? null : Value(component, stable));
        }

        int year = 1990 + _random.Next(20);
        for (int i = _random.Next(6); i >= 0; i--, year++)
        {
            if (batch.Count == capacity)
            {
                ObservationBatch next = new(space, capacity);
                next.CopySeries(batch, batch.SeriesCount - 1);
                next.ContinuesSeries = true;
                batches.Add(batch = next);
            }

            int row = batch.AddObservation(0, 0);
            if (schema.TimeDimension is not null)
            {
                TimePeriod.TryParse(year.ToString(CultureInfo.InvariantCulture), out batch.Periods[row]).Should().BeTrue();
            }

            foreach (SchemaComponent measure in schema.Measures)
            {
                batch.Measures[measure.Index][row] = ObservationValue.Parse(_random.Next(10) == 0 ? "NaN" : Value(measure, _random));
            }

            foreach (ValueColumn attribute in batch.ObservationAttributes)
            {
                attribute.Set(row, _random.Next(3) == 0 ? null : Value(attribute.Component, _random));
            }
        }
    }

    private string Value(SchemaComponent component, Random random)
    {
        if (component.Codes is { } codes)
        {
            System.Collections.BitArray allowed = schema.Allowed(component);
            string[] some = [.. codes.Codes.Where((_, i) => allowed[i]).Take(40)];
            return some[random.Next(some.Length)];
        }

        return component.Format?.DataType switch
        {
            SdmxDataType.Integer or SdmxDataType.Long or SdmxDataType.BigInteger or SdmxDataType.Count or SdmxDataType.Short
                => random.Next(30_000).ToString(CultureInfo.InvariantCulture),
            SdmxDataType.Decimal or SdmxDataType.Double or SdmxDataType.Float => $"{random.Next(1000).ToString(CultureInfo.InvariantCulture)}.{random.Next(100):D2}",
            SdmxDataType.ObservationalTimePeriod or SdmxDataType.StandardTimePeriod or SdmxDataType.GregorianYear => (1990 + random.Next(30)).ToString(CultureInfo.InvariantCulture),
            SdmxDataType.DateTime => "2024-05-06T07:08:09",
            SdmxDataType.GregorianDay => "2024-05-06",
            SdmxDataType.Boolean => "true",
            SdmxDataType.Duration => "P1Y",
            SdmxDataType.URI => "https://example.org/a?b=c",
            _ => ComplexValue.Cell(component, Texts[random.Next(Texts.Length)]),
        };
    }

    private static int Hash(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));

    private static StructureSet LoadStructures()
    {
        IssueList issues = new();
        List<Maintainable> all = [];
        foreach (string file in Directory.GetFiles(Path.Combine(SharedFolder.RepositoryRoot, "structures"), "*.xml", SearchOption.AllDirectories))
        {
            using Stream stream = File.OpenRead(file);
            all.AddRange(StructureMessageReader.Read(stream, issues).All);
        }

        all.AddRange(Grouped());
        return new StructureSet(all);
    }

    /// <summary>A structure with what the regional ones do not have: named groups, attributes on them, two measures, decimals.</summary>
    private static IEnumerable<Maintainable> Grouped()
    {
        StructureReference list = new(StructureType.Codelist, "T", "CL_X", "1.0");
        StructureReference Concept(string id) => new(StructureType.ConceptScheme, "T", "CS", "1.0", id);
        string[] ids = ["FREQ", "AREA", "SEX", "TIME_PERIOD", "OBS_VALUE", "TITLE", "UNIT", "NOTE", "SOURCE", "OBS_STATUS", "COMMENT"];
        DataAttribute Attribute(string id, AttributeRelationship relationship, string? group, params string[] dimensions) => new()
        {
            Id = id,
            Concept = Concept(id),
            Relationship = relationship,
            Group = group,
            Dimensions = [.. dimensions],
            Representation = id is "UNIT" or "OBS_STATUS" ? Representation.Coded(list) : Representation.Of(SdmxDataType.String),
        };
        yield return new Codelist { AgencyId = "T", Id = "CL_X", Version = SdmxVersion.Default, Codes = [.. "A B C D E F".Split(' ').Select(c => new Code { Id = c, Name = LocalisedText.Of("Name, " + c) })] };
        yield return new ConceptScheme { AgencyId = "T", Id = "CS", Version = SdmxVersion.Default, Concepts = [.. ids.Select(i => new Concept { Id = i, Name = LocalisedText.Of("Concept " + i) })] };
        yield return new DataStructure
        {
            AgencyId = "T",
            Id = "DSD_G",
            Version = SdmxVersion.Default,
            Dimensions =
            [
                new Dimension { Id = "FREQ", Concept = Concept("FREQ"), Representation = Representation.Coded(list) },
                new Dimension { Id = "AREA", Concept = Concept("AREA"), Representation = Representation.Coded(list) },
                new Dimension { Id = "SEX", Concept = Concept("SEX"), Representation = Representation.Coded(list) },
                new Dimension { Id = "TIME_PERIOD", Concept = Concept("TIME_PERIOD"), IsTime = true },
            ],
            Groups = [new DimensionGroup("Sibling", ["AREA", "SEX"]), new DimensionGroup("Area", ["AREA"])],
            Measures = [new Measure { Id = "OBS_VALUE", Concept = Concept("OBS_VALUE"), Representation = Representation.Of(SdmxDataType.Decimal) }],
            Attributes =
            [
                Attribute("TITLE", AttributeRelationship.Group, "Sibling"),
                Attribute("UNIT", AttributeRelationship.Dimensions, "Area", "AREA"),
                Attribute("NOTE", AttributeRelationship.Dimensions, null, "FREQ", "AREA"),
                Attribute("SOURCE", AttributeRelationship.Dataflow, null),
                Attribute("OBS_STATUS", AttributeRelationship.Observation, null),
                Attribute("COMMENT", AttributeRelationship.Observation, null),
            ],
        };
        yield return new Dataflow { AgencyId = "T", Id = "DF_G", Version = SdmxVersion.Default, Structure = new StructureReference(StructureType.DataStructure, "T", "DSD_G", "1.0"), Name = LocalisedText.Of("Flow, grouped") };
    }
}
