using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

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
internal sealed class BatchFiller
{
    /// <summary>A batch with so many characters of texts is full, so that long texts do not fill the memory.</summary>
    private const int MaxCharacters = 16 * 1024 * 1024;

    private readonly DataSetSpace _space;
    private readonly IssueList _issues;
    private readonly SharedAttributes _shared;
    private readonly HashSet<int[]> _seen = new(KeyComparer.Instance);
    private bool _hasLate;
    private readonly bool _hasTime;

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
        _elementAttributes = new AttributeValues(space);
        _runAttributes = new AttributeValues(space);
        _ownAttributes = new AttributeValues(space);
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
    public bool HasRoom => (!_batch.IsFull && (_characters < MaxCharacters || _batch.SeriesCount == 0)) || Scope == ReadingScope.Observation;

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
    }

    /// <summary>Starts an observation, in a series or flat.</summary>
    public void StartObservation(int line, int column)
    {
        _row = _batch.AddObservation(line, column);
        _hasOwnPeriod = false;
        _hasRowMetadata = false;
        _hasObservations = true;
        Scope = ReadingScope.Observation;
    }

    /// <summary>Ends it.</summary>
    public void EndObservation()
    {
        Scope = _inSeries ? ReadingScope.Series : ReadingScope.None;
        if (_hasRowMetadata && IsRowEmpty())
        {
            _batch.Count--;
            ForgetOwnKey();
            return;
        }

        if (_inSeries && _inherited.Count > 0)
        {
            Inherit();
        }

        if (!_hasOwnPeriod && _hasTime)
        {
            _batch.BadPeriods[_row] = "";
        }

        if (_inSeries && !_hasOwnKey && _ownAttributes.Count == 0 && (_runIsElement || !_hasRun))
        {
            if (!_hasRun)
            {
                StartRun(_elementDimensions, _elementLine, _elementColumn);
                _runIsElement = true;
            }
            else if (_run < 0)
            {
                EmitRun();
            }

            _batch.SeriesOf[_row] = _run;
            return;
        }

        EndObservationWithKey();
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
    public SchemaComponent ComponentOf(ComponentSlot slot) => slot.Kind switch
    {
        SlotKind.Dimension => _space.Schema.Dimensions[slot.Index],
        SlotKind.Time => _space.Schema.TimeDimension!,
        SlotKind.Measure => _space.Schema.Measures[slot.Index],
        SlotKind.SeriesAttribute => _space.Schema.SeriesAttributes[slot.Index],
        _ => _space.Schema.ObservationAttributes[slot.Index],
    };

    /// <summary>Reference metadata about what the scope says: the data set, a group, a series or an observation.</summary>
    public void AddMetadata(ImmutableArray<ReportedAttribute> attributes, int line, int column)
    {
        bool isObservation = Scope == ReadingScope.Observation;
        _hasRowMetadata |= isObservation;
        _hasSeriesMetadata |= Scope == ReadingScope.Series;
        string?[] key = new string?[_space.Dimensions.Length];
        for (int d = 0; d < key.Length; d++)
        {
            int code = isObservation && _ownDimensions[d] >= 0 ? _ownDimensions[d]
                : Scope is ReadingScope.Group or ReadingScope.Series || (isObservation && _inSeries) ? _elementDimensions[d] : -1;
            key[d] = _space.Dimensions[d][code];
        }

        TimePeriod period = isObservation ? _batch.Periods[_row] : default;
        if (period.IsNone && _inSeries && _inherited.Find(i => i.Slot.Kind == SlotKind.Time) is { Text: { } text })
        {
            TimePeriod.TryParse(text, out period);
        }

        _batch.Metadata.Add(new MetadataReport { Key = [.. key], Period = period, Attributes = attributes, Line = line, Column = column });
    }

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

    private void SetInObservation(ComponentSlot slot, ReadOnlySpan<char> text)
    {
        switch (slot.Kind)
        {
            case SlotKind.Time:
                SetPeriod(text);
                break;
            case SlotKind.Measure:
                _batch.Measures[slot.Index][_row] = ObservationValue.Parse(text);
                break;
            case SlotKind.ObservationAttribute:
                SetObservationAttribute(slot.Index, text);
                break;
            case SlotKind.Dimension:
                _hasOwnKey = true;
                ValueDictionary dictionary = _space.Dimensions[slot.Index];
                _ownDimensions[slot.Index] = _hasRun && dictionary[_runDimensions[slot.Index]] is { } last && text.SequenceEqual(last)
                    ? _runDimensions[slot.Index] : dictionary.GetOrAdd(text);
                break;
            case SlotKind.SeriesAttribute:
                SetOwnAttribute(slot.Index, text);
                break;
        }
    }

    private void SetPeriod(ReadOnlySpan<char> text)
    {
        _hasOwnPeriod = true;
        if (TimePeriod.TryParse(text, out TimePeriod period))
        {
            _batch.Periods[_row] = period;
        }
        else
        {
            _batch.BadPeriods[_row] = text.ToString();
        }
    }

    private void SetObservationAttribute(int attribute, ReadOnlySpan<char> text)
    {
        ValueColumn column = _batch.ObservationAttributes[attribute];
        if (column.Dictionary is null)
        {
            column.Texts[_row] = text.ToString();
            return;
        }

        if (_lastTexts[attribute] is not { } last || !text.SequenceEqual(last))
        {
            int code = column.Dictionary.GetOrAdd(text);
            _lastCodes[attribute] = code;
            _lastTexts[attribute] = column.Dictionary[code];
        }

        column.Codes[_row] = _lastCodes[attribute];
    }

    private void SetOwnAttribute(int attribute, ReadOnlySpan<char> text)
    {
        if (_hasRun && _runAttributes.Is(attribute, text))
        {
            _ownAttributes.Copy(attribute, _runAttributes);
        }
        else
        {
            _ownAttributes.Set(attribute, text);
        }
    }

    private void Inherit()
    {
        foreach ((ComponentSlot slot, string text) in _inherited)
        {
            bool has = slot.Kind switch
            {
                SlotKind.Time => _hasOwnPeriod,
                SlotKind.Measure => _batch.Measures[slot.Index][_row].Kind != ObservationValueKind.Absent,
                _ => _batch.ObservationAttributes[slot.Index].HasValue(_row),
            };
            if (!has)
            {
                SetInObservation(slot, text);
            }
        }
    }

    private void EndObservationWithKey()
    {
        for (int d = 0; d < _key.Length; d++)
        {
            _key[d] = _ownDimensions[d] >= 0 ? _ownDimensions[d] : _inSeries ? _elementDimensions[d] : -1;
        }

        if (_hasRun && _key.AsSpan().SequenceEqual(_runDimensions))
        {
            if (_run < 0)
            {
                EmitRun();
            }

            MergeOwnAttributes();
        }
        else
        {
            StartRun(_key, _batch.Lines[_row], _batch.Columns[_row]);
        }

        _batch.SeriesOf[_row] = _run;
        ForgetOwnKey();
    }

    private void ForgetOwnKey()
    {
        _ownAttributes.Clear();
        if (_hasOwnKey)
        {
            Array.Fill(_ownDimensions, -1);
            _hasOwnKey = false;
        }
    }

    /// <summary>True when an observation has neither measures nor attributes: it only names what metadata are about.</summary>
    private bool IsRowEmpty()
    {
        bool isEmpty = _ownAttributes.Count == 0;
        foreach (ObservationValue[] measure in _batch.Measures)
        {
            isEmpty &= measure[_row].Kind == ObservationValueKind.Absent;
        }

        foreach (ValueColumn attribute in _batch.ObservationAttributes)
        {
            isEmpty &= !attribute.HasValue(_row);
        }

        return isEmpty;
    }

    private void MergeOwnAttributes()
    {
        for (int a = 0; _ownAttributes.Count > 0 && a < _space.SeriesAttributes.Length; a++)
        {
            if (!_ownAttributes.Has(a) || _ownAttributes.Same(a, _runAttributes))
            {
                continue;
            }

            string component = _space.Schema.SeriesAttributes[a].Id;
            if (_runAttributes.Has(a))
            {
                Location location = new(_batch.Lines[_row], _batch.Columns[_row], _batch.KeyOf(_run), null, component);
                _issues.Add(IssueCodes.ContradictoryAttribute, location, component, _runAttributes.Text(a), _ownAttributes.Text(a));
            }
            else
            {
                _runAttributes.Copy(a, _ownAttributes);
                _runAttributes.Write(a, _batch, _run);
            }
        }
    }

    private void StartRun(int[] dimensions, int line, int column)
    {
        dimensions.CopyTo(_runDimensions, 0);
        if (_inSeries)
        {
            _runAttributes.CopyAll(_elementAttributes);
        }
        else
        {
            _runAttributes.Clear();
        }

        for (int a = 0; _ownAttributes.Count > 0 && a < _space.SeriesAttributes.Length; a++)
        {
            if (_ownAttributes.Has(a))
            {
                _runAttributes.Copy(a, _ownAttributes);
            }
        }

        _shared.Apply(_runDimensions, _runAttributes, line, column);
        if (_shared.HasOwn && !_seen.Contains(_runDimensions))
        {
            _seen.Add([.. _runDimensions]);
        }

        (_runLine, _runColumn) = (line, column);
        _hasRun = true;
        _runIsElement = false;
        _isEmitted = false;
        EmitRun();
    }

    private void EmitRun()
    {
        _batch.ContinuesSeries |= _batch.SeriesCount == 0 && _isEmitted;
        _run = _batch.AddSeries(_runLine, _runColumn);
        for (int d = 0; d < _runDimensions.Length; d++)
        {
            _batch.Dimensions[d].Codes[_run] = _runDimensions[d];
        }

        _runAttributes.WriteTo(_batch, _run);
        _isEmitted = true;
    }

    private IEnumerable<(int[] Dimensions, AttributeValues Values)> LateRuns()
    {
        if (!_hasLate)
        {
            yield break;
        }

        AttributeValues values = new(_space);
        foreach (int[] series in _seen)
        {
            values.Clear();
            _shared.ApplyLate(series, values);
            if (values.Count > 0)
            {
                yield return (series, values);
            }
        }
    }
}
