using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>
/// Data structures made at random with all that SDMX 3.0 allows of a component (several values, texts by language, measures of any
/// type, groups, a metadata structure), and data that follow them.
/// </summary>
internal sealed class RandomStructure
{
    private static readonly string[] Texts = ["plain", "a;b", "\"q\" r", "en: not a language", "<b>&amp;", "two\nlines", "日本 \U0001F600", "Узбекистан", "#N/A", "x:y"];
    private static readonly string[] Languages = ["en", "ru", "kk", "uz-Latn", "zh-Hant"];
    private readonly Random _random;
    private readonly string _id;
    private readonly bool _hasTextDimension;

    /// <summary>Makes a structure with a dataflow and a provision agreement, and perhaps a last dimension without codes.</summary>
    public RandomStructure(int seed, string id = "DSD", bool hasTextDimension = false)
    {
        _random = new Random(seed);
        (_id, _hasTextDimension) = (id, hasTextDimension);
        Schema = MakeSchema();
    }

    public DataSchema Schema { get; }

    /// <summary>The structure, what it refers to, and what refers to it.</summary>
    public StructureSet Structures { get; private set; } = null!;

    /// <summary>Random data of the structure, as the readers would deliver it.</summary>
    public ObservationBatch Data(DataSetSpace space, int series)
    {
        ObservationBatch batch = new(space, 2000);
        Dictionary<string, string?> shared = [];
        for (int s = 0; s < series; s++)
        {
            int run = batch.AddSeries(0, 0);
            for (int d = 0; d < batch.Dimensions.Length; d++)
            {
                // The first dimension numbers the series, so that no key comes twice.
                batch.Dimensions[d].Set(run, d == 0 ? $"C{s}" : $"C{_random.Next(5)}");
            }

            foreach (ValueColumn attribute in batch.SeriesAttributes)
            {
                attribute.Set(run, Shared(shared, attribute.Component, batch, run));
            }

            for (int o = _random.Next(1, 4); o > 0; o--)
            {
                AddObservation(batch, 2000 + o);
            }
        }

        AddMetadata(batch);
        return batch;
    }

    private void AddObservation(ObservationBatch batch, int year)
    {
        int row = batch.AddObservation(0, 0);
        batch.Periods[row] = TimePeriod.Parse(year.ToString(CultureInfo.InvariantCulture));
        for (int m = 0; m < batch.Measures.Length; m++)
        {
            batch.Measures[m][row] = _random.Next(4) == 0 ? default : ObservationValue.Parse(Cell(batch.Schema.Measures[m]));
        }

        foreach (ValueColumn attribute in batch.ObservationAttributes)
        {
            attribute.Set(row, _random.Next(3) == 0 ? null : Cell(attribute.Component));
        }
    }

    private void AddMetadata(ObservationBatch batch)
    {
        for (int i = 0; i < 6 && batch.Schema.HasMetadataStructure; i++)
        {
            int level = _random.Next(4), run = _random.Next(batch.SeriesCount);
            DimensionGroup? group = batch.Schema.Structure.Groups.FirstOrDefault();
            if (level == 1 && group is null)
            {
                continue;
            }

            string?[] key = [.. batch.Dimensions.Select(d => level >= 2 || (level == 1 && group!.Dimensions.Contains(d.Component.Id)) ? d[run] : null)];
            batch.Metadata.Add(new MetadataReport
            {
                Key = [.. key],
                Period = level == 3 ? TimePeriod.Parse("2001") : default,
                Attributes =
                [
                    new ReportedAttribute
                    {
                        Id = "CONTACT",
                        Children = [new ReportedAttribute { Id = "NAME", Text = Localised() }, new ReportedAttribute { Id = "PHONE", Value = "12;3" }],
                    },
                    new ReportedAttribute { Id = "METHOD", IsStructured = true, Text = new LocalisedText([new("en", "A &lt; B text"), new("ru", "простой")]) },
                ],
            });
        }
    }

    /// <summary>Attributes above the observation have one value for what they are attached to.</summary>
    private string? Shared(Dictionary<string, string?> shared, SchemaComponent attribute, ObservationBatch batch, int run)
    {
        string key = attribute.Id + "|" + attribute.Level switch
        {
            AttachmentLevel.DataSet => "",
            AttachmentLevel.Group => string.Join('.', attribute.GroupDimensions.Select(d => batch.Dimensions[d][run])),
            _ => batch.KeyOf(run),
        };
        if (!shared.TryGetValue(key, out string? value))
        {
            // A group that has a value has it from its first series on.
            shared.Add(key, value = attribute.Level == AttachmentLevel.Series && _random.Next(3) == 0 ? null : Cell(attribute));
        }

        return value;
    }

    private string Cell(SchemaComponent component)
    {
        int count = component.IsMultiValued ? _random.Next(1, 1 + (component.Representation.MaxOccurs ?? 4)) : 1;
        return new ComplexValue(Enumerable.Range(0, Math.Max(count, component.Representation.MinOccurs)).Select(_ => Value(component))).ToCell(component);
    }

    private LocalisedText Value(SchemaComponent component)
    {
        if (component.IsMultilingual && (component.IsMultiValued || _random.Next(2) == 0))
        {
            return Localised();
        }

        string text = component.Codes is { } codes ? codes.Codes[_random.Next(codes.Count)] : component.Format!.DataType switch
        {
            SdmxDataType.Integer => _random.Next(-50, 50).ToString(CultureInfo.InvariantCulture),
            SdmxDataType.Decimal => _random.Next(5) == 0 ? "NaN" : $"{_random.Next(100)}.{_random.Next(100):D2}",
            SdmxDataType.Boolean => "true",
            SdmxDataType.GregorianDay => _random.Next(5) == 0 ? "#N/A" : "2024-02-29",
            SdmxDataType.ObservationalTimePeriod => "2024-Q1",
            _ => Texts[_random.Next(Texts.Length)],
        };
        return LocalisedText.Of(text, ComplexValue.NoLanguage);
    }

    private LocalisedText Localised()
        => new(Languages.OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).Select(l => KeyValuePair.Create(l, Texts[_random.Next(Texts.Length)])));

    private DataSchema MakeSchema()
    {
        StructureReference Concept(string id) => new(StructureType.ConceptScheme, "T", "CS", "1.0", id);
        SdmxVersion version = SdmxVersion.Parse("1.0");
        Codelist codes = new() { AgencyId = "T", Id = "CL", Version = version, Codes = [.. Enumerable.Range(0, 60).Select(i => new Code { Id = $"C{i}" })] };
        Representation Coded() => Representation.Coded(codes.Reference);
        Dimension[] dimensions = [.. Enumerable.Range(0, _random.Next(2, 5)).Select(i => new Dimension { Id = $"D{i}", Concept = Concept($"D{i}"), Representation = Coded() })];
        if (_hasTextDimension)
        {
            dimensions[^1] = dimensions[^1] with { Representation = Representation.Of(SdmxDataType.String) };
        }

        bool hasGroup = _random.Next(3) > 0;
        MetadataAttribute Metadata(string id, SdmxDataType type, int? most, params MetadataAttribute[] children) => new()
        {
            Id = id,
            Concept = Concept(id),
            IsPresentational = children.Length > 0,
            MinOccurs = 0,
            MaxOccurs = most,
            Representation = new Representation { TextFormat = new TextFormat { DataType = type, IsMultilingual = true } },
            Children = [.. children],
        };
        MetadataStructure metadata = new()
        {
            AgencyId = "T",
            Id = "MSD",
            Version = version,
            Attributes = [Metadata("CONTACT", SdmxDataType.String, null, Metadata("NAME", SdmxDataType.String, null), Metadata("PHONE", SdmxDataType.String, 1)), Metadata("METHOD", SdmxDataType.XHTML, 1)],
        };
        DataStructure structure = new()
        {
            AgencyId = "T",
            Id = _id,
            Version = version,
            Dimensions = [.. dimensions, new Dimension { Id = "TIME_PERIOD", Concept = Concept("TIME_PERIOD"), IsTime = true }],
            Groups = hasGroup ? [new DimensionGroup("SIBLING", [.. dimensions.Skip(1).Select(d => d.Id)])] : [],
            Measures = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => new Measure { Id = $"M{i}", Concept = Concept($"M{i}"), Representation = RandomRepresentation(Coded) })],
            Attributes = [.. Enumerable.Range(0, _random.Next(1, 8)).Select(i => Attribute($"A{i}", Concept($"A{i}"), RandomRepresentation(Coded), dimensions, hasGroup))],
            MetadataStructure = _random.Next(2) == 0 ? metadata.Reference : null,
        };
        IssueList issues = new();
        Dataflow flow = new() { AgencyId = "T", Id = _id + "_FLOW", Version = version, Structure = structure.Reference };
        ProvisionAgreement agreement = new()
        {
            AgencyId = "T",
            Id = _id + "_PA",
            Version = version,
            Dataflow = flow.Reference,
            DataProvider = StructureReference.ParseUrn("urn:sdmx:org.sdmx.infomodel.base.DataProvider=T:DATA_PROVIDERS(1.0).P1"),
        };
        Structures = new StructureSet([codes, metadata, structure, flow, agreement]);
        return DataSchema.Resolve(Structures, structure.Reference, issues)!;
    }

    private DataAttribute Attribute(string id, StructureReference concept, Representation representation, Dimension[] dimensions, bool hasGroup)
    {
        DataAttribute attribute = new() { Id = id, Concept = concept, Representation = representation };
        return _random.Next(5) switch
        {
            0 => attribute with { Relationship = AttributeRelationship.Dataflow },
            1 when hasGroup => attribute with { Relationship = AttributeRelationship.Group, Group = "SIBLING" },
            2 => attribute with { Relationship = AttributeRelationship.Dimensions, Dimensions = [.. dimensions.Select(d => d.Id)] },
            _ => attribute with { Relationship = AttributeRelationship.Observation, Measures = ["M0"] },
        };
    }

    private Representation RandomRepresentation(Func<Representation> coded)
    {
        SdmxDataType[] types = [SdmxDataType.String, SdmxDataType.String, SdmxDataType.Integer, SdmxDataType.Decimal, SdmxDataType.Boolean, SdmxDataType.GregorianDay, SdmxDataType.ObservationalTimePeriod];
        Representation representation = _random.Next(3) == 0 ? coded() : new Representation
        {
            TextFormat = new TextFormat { DataType = types[_random.Next(types.Length)], IsMultilingual = _random.Next(2) == 0 },
        };
        return representation with { MaxOccurs = _random.Next(4) switch { 0 => null, 1 => 3, _ => 1 }, MinOccurs = _random.Next(2) };
    }
}
