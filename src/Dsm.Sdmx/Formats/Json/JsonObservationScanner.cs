using System.Text.Json;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Reads plain series and observations straight from the buffer of a <see cref="JsonCursor"/>: indices, numbers, texts without escapes
/// and nulls. It takes whole observations, or the head of a series with its first observation, or nothing; whatever is not plain, or not
/// right, it leaves to the parser, which goes on from the same place. That works because the parser's state between two members of an
/// object depends on the nesting only, and the parser has been there once.
/// </summary>
internal sealed partial class JsonObservationScanner
{
    /// <summary>With less than this in the buffer, more is fetched before a failure counts.</summary>
    private const int Enough = 8 * 1024;

    private readonly JsonBinding _binding;
    private readonly JsonValues _values;
    private readonly BatchFiller _filler;
    private readonly int _maxValueLength;
    private readonly Element[] _seriesElements;
    private readonly Element[] _elements;
    private readonly int[] _seriesKey;
    private readonly int[] _key;
    private readonly bool _isPlain;
    private readonly bool _takesRows;
    private readonly bool _hasHigherValues;
    private readonly int _timePosition;
    private readonly int[] _lastKey;
    private readonly Element[] _lastElements;
    private readonly byte[] _prefix = new byte[128];
    private int _prefixLength;
    private readonly byte[] _tail = new byte[128];
    private int _tailLength;
    private int _tailCount;
    private readonly (int Attribute, int Code)[] _tailCodes;
    private int _tailCodeCount;
    private bool _repeatsKey;
    private bool _repeatsTail;
    private int _runVersion = -1;
    private readonly JsonComponent? _time;
    private char[] _characters = new char[256];
    private JsonReaderState _inObservations;
    private JsonReaderState _inSeries;
    private bool _knowsObservations;
    private bool _knowsSeries;

    public JsonObservationScanner(JsonBinding binding, JsonValues values, BatchFiller filler, int maxValueLength, bool hasTime)
    {
        _binding = binding;
        _values = values;
        _filler = filler;
        _maxValueLength = maxValueLength;
        _seriesElements = new Element[binding.SeriesAttributes.Length];
        _elements = new Element[binding.Observation.Length];
        _seriesKey = new int[binding.SeriesDimensions.Length];
        _tailCodes = new (int, int)[binding.Observation.Length];
        _key = new int[binding.ObservationDimensions.Length];
        _time = binding.ObservationDimensions is [{ Slot.Kind: SlotKind.Time } time] ? time : null;

        _timePosition = Array.FindIndex(binding.ObservationDimensions, d => d.Slot.Kind == SlotKind.Time);
        _hasHigherValues = binding.Observation.Any(c => c.Slot.Kind == SlotKind.SeriesAttribute);
        _lastKey = new int[_key.Length];
        _lastElements = new Element[_elements.Length];
        _takesRows = (_timePosition >= 0 || !hasTime) && !binding.Observation.Any(c => c.Slot.Kind is SlotKind.Dimension or SlotKind.Time);

        // Defaults need to know what is left out: they are the parser's.
        _isPlain = !binding.SeriesAttributes.Concat(binding.Observation).Any(c => c.Part.Default is not null);
    }

    private enum ElementKind : byte
    {
        None,
        Index,
        Number,
        NotANumber,
        Text,
    }

    /// <summary>True when it may be asked to read.</summary>
    public bool IsUsable => _isPlain && _knowsObservations && !_values.HasSharedValues && !_values.LeavesOutEmpty;

    /// <summary>True when it can also go from series to series.</summary>
    public bool KnowsBoth => IsUsable && _knowsSeries;

    /// <summary>Forgets the parser's states: those of series and of flat observations have another nesting.</summary>
    public void Forget() => (_knowsObservations, _knowsSeries) = (false, false);

    /// <summary>Takes the parser's state behind an observation, or behind a series.</summary>
    public void Learn(in JsonReaderState state, bool inObservations)
    {
        if (inObservations && !_knowsObservations)
        {
            (_inObservations, _knowsObservations) = (state, true);
        }
        else if (!inObservations && !_knowsSeries)
        {
            (_inSeries, _knowsSeries) = (state, true);
        }
    }

    /// <summary>
    /// Reads as far as it can, or until the batch is full. The cursor stands behind an observation, or behind a series; so it does
    /// afterwards. False when nothing was read.
    /// </summary>
    public bool Scan(JsonCursor cursor, ref bool inObservations, bool inSeries)
    {
        bool any = false;
        while (_filler.HasRoom)
        {
            if (inObservations ? TryObservation(cursor) : TrySeries(cursor))
            {
                (any, inObservations) = (true, true);
            }
            else if (inObservations && inSeries && _knowsSeries && TryEndSeries(cursor))
            {
                (any, inObservations) = (true, false);
            }
            else if (cursor.End - cursor.Start >= Enough || !cursor.TryRefill())
            {
                break;
            }

            inSeries = _filler.IsInSeries;
        }

        if (any)
        {
            cursor.State = inObservations ? _inObservations : _inSeries;
        }

        return any;
    }

    private bool TryObservation(JsonCursor cursor)
    {
        ReadOnlySpan<byte> bytes = cursor.Buffer.AsSpan(0, cursor.End);
        int at = cursor.Start;
        if (!Take(bytes, ref at, (byte)','))
        {
            return false;
        }

        SkipBlanks(bytes, ref at);
        int name = at;
        if (!ParseObservation(bytes, ref at, out int count))
        {
            return false;
        }

        Put(cursor, name, count, bytes);
        cursor.Advance(at);
        return true;
    }

    private bool TryEndSeries(JsonCursor cursor)
    {
        ReadOnlySpan<byte> bytes = cursor.Buffer.AsSpan(0, cursor.End);
        int at = cursor.Start;
        if (!Take(bytes, ref at, (byte)'}') || !Take(bytes, ref at, (byte)'}'))
        {
            return false;
        }

        _filler.EndSeries();
        cursor.Advance(at);
        return true;
    }

    private bool TrySeries(JsonCursor cursor)
    {
        ReadOnlySpan<byte> bytes = cursor.Buffer.AsSpan(0, cursor.End);
        int at = cursor.Start;
        if (!Take(bytes, ref at, (byte)','))
        {
            return false;
        }

        SkipBlanks(bytes, ref at);
        int name = at;
        int attributes = 0;
        if (!ParseKey(bytes, ref at, _seriesKey, _binding.SeriesDimensions) || !Take(bytes, ref at, (byte)'{'))
        {
            return false;
        }

        if (_seriesElements.Length > 0
            && !(TakeName(bytes, ref at, "\"attributes\""u8) && ParseArray(bytes, ref at, _seriesElements, _binding.SeriesAttributes, out attributes) && Take(bytes, ref at, (byte)',')))
        {
            return false;
        }

        if (!TakeName(bytes, ref at, "\"observations\""u8) || !Take(bytes, ref at, (byte)'{'))
        {
            return false;
        }

        SkipBlanks(bytes, ref at);
        int observation = at;
        if (!ParseObservation(bytes, ref at, out int count))
        {
            return false;
        }

        (int line, int column) = cursor.PlaceOf(name);
        _filler.StartSeries(line, column);
        _values.SetSeriesKey(_seriesKey);
        for (int i = 0; i < attributes; i++)
        {
            PutText(bytes, _binding.SeriesAttributes[i], _seriesElements[i]);
        }

        Put(cursor, observation, count, bytes);
        cursor.Advance(at);
        return true;
    }

    private bool ParseObservation(ReadOnlySpan<byte> bytes, ref int at, out int count)
    {
        count = 0;
        _repeatsKey = ParseRepeatedKey(bytes, ref at);
        return (_repeatsKey || ParseNewKey(bytes, ref at)) && ParseValues(bytes, ref at, out count);
    }

    /// <summary>
    /// The values of an observation. What stands behind its number is nearly always, byte for byte, what stood there in the one
    /// before: then the elements parsed from it hold still.
    /// </summary>
    private bool ParseValues(ReadOnlySpan<byte> bytes, ref int at, out int count)
    {
        int start = at;
        _repeatsTail = _tailLength > 0 && Take(bytes, ref at, (byte)'[') && TakeNumber(bytes, ref at)
            && bytes[at..].StartsWith(_tail.AsSpan(0, _tailLength));
        if (_repeatsTail)
        {
            at += _tailLength;
            count = _tailCount;
            return true;
        }

        at = start;
        _tailLength = 0;
        if (!ParseArray(bytes, ref at, _elements, _binding.Observation, out count))
        {
            return false;
        }

        KeepTail(bytes, start, at, count);
        return true;
    }

    private bool TakeNumber(ReadOnlySpan<byte> bytes, ref int at)
        => (uint)at < (uint)bytes.Length && ((uint)(bytes[at] - '0') <= 9 || bytes[at] == '-') && ParseNumber(bytes, ref at, out _elements[0]);

    /// <summary>Keeps the bytes behind the number that is the first element, unless texts are among them, which lie elsewhere each time.</summary>
    private void KeepTail(ReadOnlySpan<byte> bytes, int start, int end, int count)
    {
        if (count == 0 || _elements[0].Kind != ElementKind.Number)
        {
            return;
        }

        for (int i = 1; i < count; i++)
        {
            if (_elements[i].Kind == ElementKind.Text)
            {
                return;
            }
        }

        // Behind the first element, which is a number, comes the first comma, or the end.
        int number = bytes[start..end].IndexOfAny((byte)',', (byte)']');
        int length = end - start - number;
        if (length <= _tail.Length)
        {
            bytes.Slice(start + number, length).CopyTo(_tail);
            (_tailLength, _tailCount) = (length, count);
            KeepCodes(count);
        }
    }

    /// <summary>Keeps the codes that the elements behind the number give a row; none (-1) when they give it other values too.</summary>
    private void KeepCodes(int count)
    {
        _tailCodeCount = 0;
        for (int i = 1; i < count; i++)
        {
            JsonComponent component = _binding.Observation[i];
            if (_elements[i].Kind == ElementKind.None || component.Slot.Kind is SlotKind.SeriesAttribute or SlotKind.Unknown)
            {
                continue;
            }

            if (_elements[i].Kind != ElementKind.Index || component.Slot.Kind != SlotKind.ObservationAttribute || !component.HasNumbers)
            {
                _tailCodeCount = -1;
                return;
            }

            _tailCodes[_tailCodeCount++] = (component.Slot.Index, component.Code(_elements[i].Number));
        }
    }

    /// <summary>An element of an array as it was parsed.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Number">Index; of a text its place in the buffer.</param>
    /// <param name="Length">Bytes of a text.</param>
    /// <param name="Mantissa">Digits of a number.</param>
    /// <param name="Scale">Digits behind its point.</param>
    private readonly record struct Element(ElementKind Kind, int Number, int Length, long Mantissa, byte Scale);
}
