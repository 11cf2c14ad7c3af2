using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Dsm.Sdmx.Data;

/// <summary>
/// The unit that flows: a few thousand observations of one data set in columns, reused from fill to fill. Observations belong to
/// runs of series: consecutive observations with one series key share a row of the series columns. A series may occur in several
/// runs and several batches (flat and CSV messages need not be sorted).
/// </summary>
public sealed class ObservationBatch
{
    /// <summary>Usual number of observations in a batch.</summary>
    public const int DefaultCapacity = 4096;

    /// <summary>Makes an empty batch for a data set.</summary>
    /// <param name="space">Of the data set.</param>
    /// <param name="capacity">Most observations.</param>
    /// <param name="seriesCapacity">Most runs of series; null for as many as observations.</param>
    public ObservationBatch(DataSetSpace space, int capacity = DefaultCapacity, int? seriesCapacity = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        Space = space;
        Capacity = capacity;
        SeriesCapacity = seriesCapacity ?? capacity;
        DataSchema schema = space.Schema;
        Dimensions = ColumnsOf(schema.Dimensions, space.Dimensions!, SeriesCapacity);
        SeriesAttributes = ColumnsOf(schema.SeriesAttributes, space.SeriesAttributes, SeriesCapacity);
        ObservationAttributes = ColumnsOf(schema.ObservationAttributes, space.ObservationAttributes, capacity);
        ObservationValue[][] measures = new ObservationValue[schema.Measures.Length][];
        for (int m = 0; m < measures.Length; m++)
        {
            measures[m] = new ObservationValue[capacity];
        }

        Measures = ImmutableCollectionsMarshal.AsImmutableArray(measures);
        SeriesLines = new int[SeriesCapacity];
        SeriesColumns = new int[SeriesCapacity];
        SeriesOf = new int[capacity];
        Periods = new TimePeriod[capacity];
        BadPeriods = new string?[capacity];
        Lines = new int[capacity];
        Columns = new int[capacity];
        Refused = new bool[capacity];
    }

    /// <summary>Header, schema and dictionaries of the data set.</summary>
    public DataSetSpace Space { get; }

    /// <summary>The schema of the data set.</summary>
    public DataSchema Schema => Space.Schema;

    /// <summary>Most observations it holds.</summary>
    public int Capacity { get; }

    /// <summary>Most runs of series it holds.</summary>
    public int SeriesCapacity { get; }

    /// <summary>Number of runs of series. A run may have no observations (a series sent with attributes only).</summary>
    public int SeriesCount { get; set; }

    /// <summary>Number of observations.</summary>
    public int Count { get; set; }

    /// <summary>True when the first run goes on with the last series of the batch before.</summary>
    public bool ContinuesSeries { get; set; }

    /// <summary>Dimensions of the series key by position; one value a run.</summary>
    public ImmutableArray<ValueColumn> Dimensions { get; }

    /// <summary>Attributes above the observation, values of groups and data set included; one value a run.</summary>
    public ImmutableArray<ValueColumn> SeriesAttributes { get; }

    /// <summary>Line of each run; 0 when unknown.</summary>
    public int[] SeriesLines { get; }

    /// <summary>Column of each run; 0 when unknown.</summary>
    public int[] SeriesColumns { get; }

    /// <summary>For each observation the run it belongs to; ascending.</summary>
    public int[] SeriesOf { get; }

    /// <summary>Time period of each observation; none when it could not be read or the structure has no time.</summary>
    public TimePeriod[] Periods { get; }

    /// <summary>The period's text where it could not be read; null elsewhere. Empty when it was missing altogether.</summary>
    public string?[] BadPeriods { get; }

    /// <summary>Values of each measure by observation.</summary>
    public ImmutableArray<ObservationValue[]> Measures { get; }

    /// <summary>Attributes of the observation; one value an observation.</summary>
    public ImmutableArray<ValueColumn> ObservationAttributes { get; }

    /// <summary>Line of each observation; 0 when unknown.</summary>
    public int[] Lines { get; }

    /// <summary>Column of each observation; 0 when unknown.</summary>
    public int[] Columns { get; }

    /// <summary>Marks observations that validation or mapping refused; later stages pass over them.</summary>
    public bool[] Refused { get; }

    /// <summary>
    /// Reference metadata reported with these observations, or without any. A batch may hold nothing else. Reports are about keys and
    /// periods, not about rows: the observations themselves may be in another batch, another data set, or nowhere.
    /// </summary>
    public List<MetadataReport> Metadata { get; } = [];

    /// <summary>True when there is nothing in it.</summary>
    public bool IsEmpty => Count == 0 && SeriesCount == 0 && Metadata.Count == 0;

    /// <summary>True when there is no room for a further observation or no room for a further run.</summary>
    public bool IsFull => Count == Capacity || SeriesCount == SeriesCapacity;

    /// <summary>Empties the batch.</summary>
    public void Clear()
    {
        SeriesCount = 0;
        Count = 0;
        ContinuesSeries = false;
        Metadata.Clear();
    }

    /// <summary>Starts a run of a series: no dimension or attribute has a value yet. Returns its number.</summary>
    public int AddSeries(int line, int column)
    {
        int series = SeriesCount++;
        foreach (ValueColumn dimension in Dimensions)
        {
            dimension.Clear(series);
        }

        foreach (ValueColumn attribute in SeriesAttributes)
        {
            attribute.Clear(series);
        }

        SeriesLines[series] = line;
        SeriesColumns[series] = column;
        return series;
    }

    /// <summary>Adds an observation to the last run: no period, measure or attribute has a value yet. Returns its number.</summary>
    public int AddObservation(int line, int column)
    {
        int row = Count++;
        SeriesOf[row] = SeriesCount - 1;
        Periods[row] = default;
        BadPeriods[row] = null;
        foreach (ObservationValue[] measure in Measures)
        {
            measure[row] = default;
        }

        foreach (ValueColumn attribute in ObservationAttributes)
        {
            attribute.Clear(row);
        }

        Lines[row] = line;
        Columns[row] = column;
        Refused[row] = false;
        return row;
    }

    /// <summary>Copies a run of a series (without observations) from a batch of the same data set. Returns its number.</summary>
    public int CopySeries(ObservationBatch from, int series)
    {
        int copy = AddSeries(from.SeriesLines[series], from.SeriesColumns[series]);
        for (int d = 0; d < Dimensions.Length; d++)
        {
            Dimensions[d].Copy(copy, from.Dimensions[d], series);
        }

        for (int a = 0; a < SeriesAttributes.Length; a++)
        {
            SeriesAttributes[a].Copy(copy, from.SeriesAttributes[a], series);
        }

        return copy;
    }

    /// <summary>Key of a run as text, the codes joined by dots; a missing one is empty.</summary>
    public string KeyOf(int series)
    {
        StringBuilder key = new(64);
        for (int d = 0; d < Dimensions.Length; d++)
        {
            key.Append(d > 0 ? "." : "").Append(Dimensions[d][series]);
        }

        return key.ToString();
    }

    /// <summary>Where an observation stands, for findings about it or one of its components.</summary>
    public Issues.Location LocationOf(int row, string? component = null)
        => new(Lines[row], Columns[row], KeyOf(SeriesOf[row]), BadPeriods[row] ?? (Periods[row].IsNone ? null : Periods[row].ToString()), component);

    /// <summary>Where a run of a series stands.</summary>
    public Issues.Location LocationOfSeries(int series, string? component = null)
        => new(SeriesLines[series], SeriesColumns[series], KeyOf(series), null, component);

    private static ImmutableArray<ValueColumn> ColumnsOf(ImmutableArray<SchemaComponent> components, ImmutableArray<ValueDictionary?> dictionaries, int capacity)
    {
        ValueColumn[] columns = new ValueColumn[components.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = new ValueColumn(components[i], dictionaries[i], capacity);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(columns);
    }
}
