using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Reading;

/// <summary>What the values being read belong to.</summary>
internal enum ReadingScope : byte
{
    None,
    Group,
    Series,
    Observation,
}

/// <summary>
/// Puts what a dialect delivers (groups, series, observations and values of components, in the order of the message) into batches.
/// All dialects use it, so series with observations, flat observations and any dimension at the observation end up alike.
/// Callers see to it that <see cref="HasRoom"/> holds before each element.
/// </summary>
internal sealed partial class BatchFiller
{
    /// <summary>A batch with so many characters of texts is full, so that long texts do not fill the memory.</summary>
    private const int MaxCharacters = 16 * 1024 * 1024;

    private readonly DataSetSpace _space;
    private readonly IssueList _issues;
    private readonly SharedAttributes _shared;
    private readonly HashSet<int[]> _seen = new(KeyComparer.Instance);
    private readonly TextCache _texts = new();
    private readonly bool _hasTime;
    private bool _hasLate;

    // The series element at hand, or the group element.
    private readonly int[] _elementDimensions;
    private readonly AttributeValues _elementAttributes;
    private readonly List<(ComponentSlot Slot, string Text)> _inherited = [];
    private bool _inSeries;
    private bool _hasObservations;
    private bool _hasSeriesMetadata;
    private bool _hasRowMetadata;
    private int _elementLine;
    private int _elementColumn;

    // The run of the batch at hand: a series element's own key, or that of flat observations.
    private readonly int[] _runDimensions;
    private readonly AttributeValues _runAttributes;
    private readonly int[] _key;
    private int _run = -1;
    private bool _hasRun;
    private bool _runIsElement;
    private bool _isEmitted;
    private int _runLine;
    private int _runColumn;

    // The observation at hand.
    private readonly int[] _ownDimensions;
    private readonly AttributeValues _ownAttributes;
    private readonly string?[] _lastTexts;
    private readonly int[] _lastCodes;
    private bool _hasOwnKey;
    private bool _hasOwnPeriod;
    private int _row;

    private ObservationBatch _batch = null!;
    private long _characters;
    private char[] _wide = new char[256];
    private IEnumerator<(int[] Dimensions, AttributeValues Values)>? _lateRuns;

    public BatchFiller(DataSetSpace space, IssueList issues)
    {
        _space = space;
        _issues = issues;
        _shared = new SharedAttributes(space, issues);
        _hasTime = space.Schema.TimeDimension is not null;
        int dimensions = space.Dimensions.Length;
        _elementDimensions = new int[dimensions];
        _runDimensions = new int[dimensions];
        _ownDimensions = new int[dimensions];
        _key = new int[dimensions];
        _elementAttributes = new AttributeValues(space, _texts);
        _runAttributes = new AttributeValues(space, _texts);
        _ownAttributes = new AttributeValues(space, _texts);
        _lastTexts = new string?[space.ObservationAttributes.Length];
        _lastCodes = new int[space.ObservationAttributes.Length];
        Slots = new ComponentSlots(space.Schema);
        Array.Fill(_ownDimensions, -1);
    }

    /// <summary>True within a series element.</summary>
    public bool IsInSeries => _inSeries;

    /// <summary>Columns by component id.</summary>
    public ComponentSlots Slots { get; }

    /// <summary>What values belong to now.</summary>
    public ReadingScope Scope { get; private set; }

    /// <summary>True when the batch can take a further observation with a run of its own, or one is begun.</summary>
    public bool HasRoom => (!_batch.IsFull && (_characters < MaxCharacters || (_batch.SeriesCount == 0 && _batch.Metadata.Count == 0))) || Scope == ReadingScope.Observation;

    /// <summary>From now on fills this batch, which is empty.</summary>
    public void Target(ObservationBatch batch)
    {
        _batch = batch;
        _characters = 0;
        _run = -1;
    }

    /// <summary>Starts an element with attributes for a part of the key, or for the whole data set.</summary>
    public void StartGroup(int line, int column) => StartElement(ReadingScope.Group, line, column);

    /// <summary>Ends it: its values hold for series that come, and are sent after those that came.</summary>
    public void EndGroup()
    {
        Scope = ReadingScope.None;
        if (_elementAttributes.Count > 0)
        {
            bool isLate = _seen.Count > 0;
            _hasLate |= isLate;
            _shared.Learn(_elementDimensions, _elementAttributes, _elementLine, _elementColumn, isLate);
        }
    }

    /// <summary>Starts a series element.</summary>
    public void StartSeries(int line, int column)
    {
        StartElement(ReadingScope.Series, line, column);
        _inherited.Clear();
        _inSeries = true;
        _hasObservations = false;
        _hasRun = false;
        RunVersion++;
        _hasSeriesMetadata = false;
    }

    /// <summary>Ends it; one without observations becomes a run of its own, unless it only names what metadata are about.</summary>
    public void EndSeries()
    {
        if (!_hasObservations && !(_hasSeriesMetadata && _elementAttributes.Count == 0))
        {
            StartRun(_elementDimensions, _elementLine, _elementColumn);
        }

        Scope = ReadingScope.None;
        _inSeries = false;
        _hasRun = false;
        _run = -1;
        RunVersion++;
    }

    /// <summary>Takes back an observation or element that breaks off.</summary>
    public void Abort()
    {
        if (Scope == ReadingScope.Observation)
        {
            _batch.Count--;
        }

        Scope = ReadingScope.None;
    }

    /// <summary>One value of a component as sent, without language, for what the scope says. False when it does not belong there.</summary>
    public bool Set(ComponentSlot slot, ReadOnlySpan<char> text)
        => slot.IsComplex && CellText.NeedsCare(text) ? SetCell(slot, ComplexValue.Cell(ComponentOf(slot), text)) : SetCell(slot, text);

    /// <summary>The cell text of a component (<see cref="ComplexValue"/>), for what the scope says. False when it does not belong there.</summary>
    public bool SetCell(ComponentSlot slot, ReadOnlySpan<char> text)
    {
        _characters += text.Length;
        if (Scope == ReadingScope.Observation)
        {
            SetInObservation(slot, text);
            return true;
        }

        switch (slot.Kind)
        {
            case SlotKind.Dimension:
                _elementDimensions[slot.Index] = _space.Dimensions[slot.Index].GetOrAdd(text);
                return true;
            case SlotKind.SeriesAttribute:
                _elementAttributes.Set(slot.Index, text);
                return true;
            case SlotKind.Unknown:
                return false;
            default:
                // Sent once for all observations of the series: time when another dimension is at the observation, or attributes.
                _inherited.Add((slot, text.ToString()));
                return Scope == ReadingScope.Series;
        }
    }

    /// <summary>The component of a slot that is known.</summary>
    public SchemaComponent ComponentOf(ComponentSlot slot) => slot.ComponentIn(_space.Schema);

    /// <summary>The number of a value in the dictionary of its component, for what the scope says; for readers that look codes up themselves.</summary>
    public void SetNumber(ComponentSlot slot, int number)
    {
        switch (slot.Kind)
        {
            case SlotKind.Dimension when Scope == ReadingScope.Observation:
                _hasOwnKey = true;
                _ownDimensions[slot.Index] = number;
                break;
            case SlotKind.Dimension:
                _elementDimensions[slot.Index] = number;
                break;
            case SlotKind.SeriesAttribute:
                (Scope == ReadingScope.Observation ? _ownAttributes : _elementAttributes).SetCode(slot.Index, number);
                break;
            case SlotKind.ObservationAttribute:
                _batch.ObservationAttributes[slot.Index].Codes[_row] = number;
                break;
        }
    }

    /// <summary>The period of the observation at hand, read already.</summary>
    public void SetPeriod(in TimePeriod period)
    {
        _hasOwnPeriod = true;
        _batch.Periods[_row] = period;
    }

    /// <summary>The value of a measure of the observation at hand, read already.</summary>
    public void SetMeasure(int measure, in ObservationValue value) => _batch.Measures[measure][_row] = value;

    /// <summary>After the last element: sends attributes that came later than their series. False when there is nothing more to send.</summary>
    public bool EmitLate()
    {
        _lateRuns ??= LateRuns().GetEnumerator();
        if (!_lateRuns.MoveNext())
        {
            return false;
        }

        _lateRuns.Current.Dimensions.CopyTo(_runDimensions, 0);
        _runAttributes.CopyAll(_lateRuns.Current.Values);
        _isEmitted = false;
        EmitRun();
        return true;
    }

    /// <summary>Ends the data set: reports attributes that belong to no series of it.</summary>
    public void EndDataSet() => _shared.ReportUnused();

    private void StartElement(ReadingScope scope, int line, int column)
    {
        Scope = scope;
        Array.Fill(_elementDimensions, -1);
        _elementAttributes.Clear();
        (_elementLine, _elementColumn) = (line, column);
    }
}
