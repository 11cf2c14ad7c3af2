using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>What a row of a data message is.</summary>
internal enum DataRowKind
{
    Message,
    Observation,
    Series,
    Report,
}

/// <summary>The header of the message, an observation, a series without any, or a reported value; with all that is said of it, by property.</summary>
internal sealed record DataRow(DataRowKind Kind, string Key, DataSetSpace? Of, Dictionary<string, string> Cells);

/// <summary>
/// A data message as rows, which can be compared whatever their order and layout: the dimension at the observation and the parting
/// into data sets with equal headers say how a message is laid out, not what it says.
/// </summary>
internal sealed class DataRows
{
    private readonly Dictionary<(DataRowKind, string), DataRow> _rows = [];

    public IReadOnlyCollection<DataRow> All => _rows.Values;

    public static DataRows Of(MessageHeader? header, IEnumerable<(DataSetSpace Space, IReadOnlyList<ObservationBatch> Batches)> dataSets)
    {
        DataRows rows = new();
        rows.Add(DataRowKind.Message, "", null, header is null ? [] : CellsOf(header));
        List<(string, DataSetSpace, Dictionary<string, string>)> series = [];
        HashSet<string> withObservations = [];
        foreach ((DataSetSpace space, IReadOnlyList<ObservationBatch> batches) in dataSets)
        {
            Dictionary<string, string> shared = CellsOf(space.Header);
            foreach (ObservationBatch batch in batches)
            {
                rows.Add(batch, shared, series, withObservations);
            }
        }

        foreach ((string key, DataSetSpace space, Dictionary<string, string> cells) in series.Where(s => !withObservations.Contains(s.Item1)))
        {
            rows.Add(DataRowKind.Series, key, space, cells);
        }

        return rows;
    }

    public DataRow? Find(DataRow row) => _rows.GetValueOrDefault((row.Kind, row.Key));

    private void Add(ObservationBatch batch, Dictionary<string, string> shared, List<(string, DataSetSpace, Dictionary<string, string>)> series, HashSet<string> withObservations)
    {
        HashSet<int> used = [];
        bool isDeletion = batch.Space.Header.Action == DataSetAction.Delete;
        for (int row = 0; row < batch.Count; row++)
        {
            int run = batch.SeriesOf[row];
            if (isDeletion && batch.Periods[row].IsNone)
            {
                continue; // a deletion without period is about the series
            }

            used.Add(run);
            withObservations.Add(isDeletion ? "" : batch.KeyOf(run));
            Dictionary<string, string> cells = CellsOf(batch, run, shared);
            foreach (SchemaComponent measure in batch.Schema.Measures.Where(m => batch.Measures[m.Index][row].Kind != ObservationValueKind.Absent))
            {
                cells[measure.Id] = batch.Measures[measure.Index][row].ToString();
            }

            foreach (ValueColumn attribute in batch.ObservationAttributes.Where(a => a[row] is not null))
            {
                cells[attribute.Component.Id] = attribute[row]!;
            }

            Add(DataRowKind.Observation, string.Create(CultureInfo.InvariantCulture, $"{batch.KeyOf(run)} {batch.Periods[row]}{batch.BadPeriods[row]}"), batch.Space, cells);
        }

        series.AddRange(Enumerable.Range(0, batch.SeriesCount).Where(run => !used.Contains(run)).Select(run => (batch.KeyOf(run), batch.Space, CellsOf(batch, run, shared))));
        foreach (MetadataReport report in batch.Metadata)
        {
            foreach (string line in report.Attributes.SelectMany(a => Lines(a, string.Create(CultureInfo.InvariantCulture, $"{report.KeyText} {report.Period} "))))
            {
                Add(DataRowKind.Report, line, batch.Space, new(shared));
            }
        }
    }

    /// <summary>The same row again is kept apart by its number.</summary>
    private void Add(DataRowKind kind, string key, DataSetSpace? space, Dictionary<string, string> cells)
    {
        string own = key;
        for (int i = 2; kind == DataRowKind.Observation && !_rows.TryAdd((kind, own), new DataRow(kind, own, space, cells)); i++)
        {
            own = $"{key} #{i}";
        }

        _rows.TryAdd((kind, own), new DataRow(kind, own, space, cells));
    }

    private static Dictionary<string, string> CellsOf(ObservationBatch batch, int run, Dictionary<string, string> shared)
    {
        Dictionary<string, string> cells = new(shared);
        foreach (ValueColumn attribute in batch.SeriesAttributes.Where(a => a[run] is not null))
        {
            cells[attribute.Component.Id] = attribute[run]!;
        }

        return cells;
    }

    private static Dictionary<string, string> CellsOf(MessageHeader header) => Given(
        ("MessageHeader.Id", header.Id),
        ("MessageHeader.IsTest", header.IsTest ? "true" : null),
        ("MessageHeader.Prepared", header.Prepared),
        ("MessageHeader.SenderId", header.SenderId),
        ("MessageHeader.ReceiverIds", header.ReceiverIds.IsEmpty ? null : string.Join(' ', header.ReceiverIds)),
        ("MessageHeader.Name", Text(header.Name)),
        ("MessageHeader.Source", Text(header.Source)));

    private static Dictionary<string, string> CellsOf(DataSetHeader header) => Given(
        [
            ("DataSetHeader.Structure", (header.ProvisionAgreement ?? header.Structure).Urn),
            ("DataSetHeader.Action", (header.Action == DataSetAction.Append ? DataSetAction.Merge : header.Action).ToString()), // one action, two names
            ("DataSetHeader.DataProvider", header.DataProvider?.Urn),
            ("DataSetHeader.SetId", header.SetId),
            ("DataSetHeader.ValidFrom", header.ValidFrom),
            ("DataSetHeader.ValidTo", header.ValidTo),
            ("DataSetHeader.ReportingBegin", header.ReportingBegin),
            ("DataSetHeader.ReportingEnd", header.ReportingEnd),
            ("DataSetHeader.PublicationYear", header.PublicationYear),
            ("DataSetHeader.PublicationPeriod", header.PublicationPeriod),
            .. header.Annotations.SelectMany((a, i) => new[]
            {
                ($"DataSetHeader.Annotations {i} Annotation.Id", a.Id), ($"DataSetHeader.Annotations {i} Annotation.Title", a.Title),
                ($"DataSetHeader.Annotations {i} Annotation.Type", a.Type), ($"DataSetHeader.Annotations {i} Annotation.Url", a.Url),
                ($"DataSetHeader.Annotations {i} Annotation.Urls", Text(a.Urls)), ($"DataSetHeader.Annotations {i} Annotation.Value", a.Value),
                ($"DataSetHeader.Annotations {i} Annotation.Text", Text(a.Text)),
            }),
        ]);

    private static Dictionary<string, string> Given(params IEnumerable<(string Property, string? Text)> cells)
        => cells.Where(c => c.Text is not null).ToDictionary(c => c.Property, c => c.Text!);

    private static string? Text(LocalisedText text) => text.IsEmpty ? null : string.Join('|', text.Texts.Select(t => $"{t.Key}={t.Value}"));

    private static IEnumerable<string> Lines(ReportedAttribute attribute, string path)
        => attribute.Children.SelectMany(c => Lines(c, path + attribute.Id + ".")).Prepend($"{path}{attribute.Id} {attribute.Value} {Text(attribute.Text)} {attribute.IsStructured}");
}
