using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>
/// A data message made at random: up to three data sets of up to two structures, every property of the headers, periods of all forms,
/// series without observations, values missing on purpose, deletions by whole and partial keys. No series key occurs in two data sets.
/// </summary>
internal sealed class RandomMessage
{
    private static readonly string[] Periods =
        ["2001", "2001-Q2", "2001-03Z", "2001-01-02T10:00:00+05:00", "2001-01-01/P3M", "2001-W05", "2001-D100", "2002Z", "2001-05-06", "2003-A1", "2001-04"];

    private static readonly string[] Words = ["free text", "a,b", "x;y", "\"q\"", "no: id", "Ташкент", "a.b", " ends "];
    private static readonly string[] Numbers = ["0", "-0.10", "1e5", "007", "+5", "12345678901234567890123", "NaN", "5.", "100000000.000000001"];

    private readonly Random _random;
    private readonly bool _isValid;
    private readonly List<RandomStructure> _structures;
    private readonly Dictionary<string, string?> _shared = [];

    /// <summary>Makes a message. A valid one has only values that the schemas allow, and an untidy one others too.</summary>
    public RandomMessage(int seed, bool isValid)
    {
        _random = new Random(seed);
        _isValid = isValid;
        _structures = [new RandomStructure(seed, "DSD", Chance(2))];
        if (Chance(4))
        {
            _structures.Add(new RandomStructure(seed + 1000, "DSD2", Chance(2)));
        }

        Structures = new StructureSet(_structures.SelectMany(s => s.Structures.All).DistinctBy(a => a.Urn));
        Header = MakeHeader();
        DataSets = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(MakeDataSet)];
    }

    public bool IsValid => _isValid;

    public StructureSet Structures { get; }

    public MessageHeader Header { get; }

    public List<(DataSetSpace Space, IReadOnlyList<ObservationBatch> Batches)> DataSets { get; }

    private bool Chance(int one) => _random.Next(one) == 0;

    private T Any<T>(params T[] values) => values[_random.Next(values.Length)];

    private MessageHeader MakeHeader() => new()
    {
        Id = "M1",
        IsTest = Chance(3),
        Prepared = "2024-05-06T07:08:09Z",
        SenderId = "HUB",
        ReceiverIds = Chance(2) ? ["R1", "R2"] : [],
        Name = Chance(2) ? new LocalisedText([new("en", "A <name>"), new("ru", "Имя")]) : default,
        Source = Chance(2) ? new LocalisedText([new("en", "Source & co"), new("fr", "là")]) : default,
    };

    private (DataSetSpace Space, IReadOnlyList<ObservationBatch> Batches) MakeDataSet(int number)
    {
        RandomStructure structure = _structures[number % _structures.Count];
        string id = structure.Schema.Structure.Id;
        StructureReference reference = Any(
            structure.Schema.Structure.Reference,
            new StructureReference(StructureType.Dataflow, "T", id + "_FLOW", "1.0"),
            new StructureReference(StructureType.ProvisionAgreement, "T", id + "_PA", "1.0"));
        DataSchema schema = DataSchema.Resolve(Structures, reference, new IssueList())!;
        DataSetSpace space = new(MakeHeader(reference, number), schema);
        ObservationBatch batch = space.Header.Action == DataSetAction.Delete ? Deletion(space, number) : Data(structure, space, number);
        return (space, [batch]);
    }

    private DataSetHeader MakeHeader(StructureReference reference, int number) => new()
    {
        Structure = reference,
        ProvisionAgreement = reference.Type == StructureType.ProvisionAgreement ? reference : null,
        Action = Any(DataSetAction.Merge, DataSetAction.Replace, DataSetAction.Delete, DataSetAction.Append, DataSetAction.Information),
        DataProvider = Chance(3) ? StructureReference.ParseUrn("urn:sdmx:org.sdmx.infomodel.base.DataProvider=T:DATA_PROVIDERS(1.0).P1") : null,
        SetId = Chance(3) ? $"SET{number}" : null,
        ValidFrom = Chance(3) ? Any("2024-01-01T00:00:00Z", "2024-01-01T00:00:00", "2024-01-01T00:00:00+05:00") : null,
        ValidTo = Chance(3) ? Any("2025-01-01T00:00:00Z", "2025-01-01T00:00:00") : null,
        ReportingBegin = Chance(3) ? Any("2023", "2023-01", "2023-01-01T00:00:00") : null,
        ReportingEnd = Chance(3) ? "2024" : null,
        PublicationYear = Chance(3) ? "2024" : null,
        PublicationPeriod = Chance(3) ? "2024-Q2" : null,
        Annotations = Chance(3) ? [.. Enumerable.Range(0, _random.Next(1, 3)).Select(MakeAnnotation)] : [],
    };

    private Annotation MakeAnnotation(int number) => new()
    {
        Id = Chance(2) ? $"N{number}" : null,
        Title = "A <title>",
        Type = Chance(2) ? "KIND" : null,
        Url = Chance(2) ? "https://example.org/a?b=c&d" : null,
        Urls = Chance(3) ? new LocalisedText([new("en", "https://example.org/en"), new("ru", "https://example.org/ru")]) : default,
        Value = Chance(2) ? "value & more" : null,
        Text = Chance(2) ? new LocalisedText([new("en", "a & b"), new("ru", "в")]) : default,
    };

    private ObservationBatch Data(RandomStructure structure, DataSetSpace space, int number)
    {
        ObservationBatch batch = structure.Data(space, 8);
        for (int run = 0; run < batch.SeriesCount; run++)
        {
            SetKey(batch, run, number, run);
        }

        Dictionary<int, int> periods = [];
        for (int row = 0; row < batch.Count; row++)
        {
            int nth = periods[batch.SeriesOf[row]] = periods.GetValueOrDefault(batch.SeriesOf[row], -1) + 1;
            batch.Periods[row] = TimePeriod.Parse(Periods[(batch.SeriesOf[row] + (3 * nth)) % Periods.Length]);
            if (!_isValid)
            {
                Vary(batch, row);
            }
        }

        // Reports are about keys, which are those of the runs as they are now.
        for (int i = 0; i < batch.Metadata.Count; i++)
        {
            MetadataReport report = batch.Metadata[i];
            int run = _random.Next(batch.SeriesCount);
            batch.Metadata[i] = report with
            {
                Key = [.. report.Key.Select((code, d) => code is null ? null : batch.Dimensions[d][run])],
                Period = report.Period.IsNone ? default : TimePeriod.Parse("2001"),
            };
        }

        // A series without observations follows the others, with the same values above it as the last one.
        for (int i = 0; i < _random.Next(3); i++)
        {
            int run = batch.CopySeries(batch, 0);
            SetKey(batch, run, number, run);
        }

        Share(batch);
        return batch;
    }

    /// <summary>
    /// Attributes of groups and of the data set have one value for each, in all data sets of a structure: in CSV, which has no header,
    /// neighbours of one structure and action are one data set.
    /// </summary>
    private void Share(ObservationBatch batch)
    {
        foreach (ValueColumn attribute in batch.SeriesAttributes.Where(a => a.Component.Level is AttachmentLevel.Group or AttachmentLevel.DataSet))
        {
            for (int run = 0; run < batch.SeriesCount; run++)
            {
                string scope = string.Join('.', attribute.Component.Level == AttachmentLevel.DataSet ? [] : attribute.Component.GroupDimensions.Select(d => batch.Dimensions[d][run]));
                string key = $"{batch.Schema.Structure.Id} {attribute.Component.Id} {scope}";
                _shared.TryAdd(key, attribute[run]);
                attribute.Set(run, _shared[key]);
            }
        }
    }

    private void Vary(ObservationBatch batch, int row)
    {
        foreach (SchemaComponent measure in batch.Schema.Measures.Where(m => m is { IsComplex: false, IsCoded: false } && m.Format!.DataType is SdmxDataType.Decimal or SdmxDataType.Integer))
        {
            batch.Measures[measure.Index][row] = ObservationValue.Parse(Any(Numbers));
        }

        foreach (ValueColumn attribute in batch.ObservationAttributes.Where(a => a.Component is { IsCoded: false, IsComplex: false } && Chance(4)))
        {
            attribute.Set(row, Any("", "#N/A", "NaN", " blank ends ", "tab\there", "two\r\nlines", "-", "null"));
        }
    }

    /// <summary>The first dimension tells the data sets apart, and the series in them.</summary>
    private static void SetKey(ObservationBatch batch, int run, int number, int nth)
    {
        batch.Dimensions[0].Set(run, $"C{(20 * number) + nth}");
        foreach (ValueColumn dimension in batch.Dimensions.Where(d => !d.Component.IsCoded))
        {
            dimension.Set(run, Words[nth % Words.Length]);
        }
    }

    private ObservationBatch Deletion(DataSetSpace space, int number)
    {
        ObservationBatch batch = new(space, 100);
        for (int s = 0; s < 6; s++)
        {
            int run = batch.AddSeries(0, 0);
            for (int d = 1; d < batch.Dimensions.Length; d++)
            {
                batch.Dimensions[d].Set(run, $"C{_random.Next(5)}");
            }

            SetKey(batch, run, number, s);
            if (batch.Dimensions.Length > 1 && s % 2 == 1 && Chance(2))
            {
                batch.Dimensions[^1].Set(run, null);
            }

            for (int o = 0; o < _random.Next(3); o++)
            {
                int row = batch.AddObservation(0, 0);
                batch.Periods[row] = TimePeriod.Parse((2001 + o).ToString(CultureInfo.InvariantCulture));
                if (Chance(6) && batch.Measures.Length > 0)
                {
                    batch.Measures[0][row] = ObservationValue.Parse(Any("-", "-", "5"));
                }
            }
        }

        return batch;
    }
}
