using System.Text;
using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Reads plain series and observations straight from the buffer of a <see cref="JsonCursor"/>: indices, numbers, texts without escapes
/// and nulls. It takes whole observations, or the head of a series with its first observation, or nothing; whatever is not plain, or not
/// right, it leaves to the parser, which goes on from the same place. That works because the parser's state between two members of an
/// object depends on the nesting only, and the parser has been there once.
/// </summary>
internal sealed class JsonObservationScanner
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

    /// <summary>A name that differs from the one before in its last index only, as those of a flat series do.</summary>
    private bool ParseRepeatedKey(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (_prefixLength == 0 || bytes.Length - at < _prefixLength + 16 || !bytes.Slice(at, _prefixLength).SequenceEqual(_prefix.AsSpan(0, _prefixLength)))
        {
            return false;
        }

        int number = 0, here = at + _prefixLength, start = here;
        while ((uint)(bytes[here] - '0') <= 9 && here - start < 9)
        {
            number = (number * 10) + (bytes[here++] - '0');
        }

        if (here == start || bytes[here++] != '"' || number >= _binding.ObservationDimensions[^1].Count || !Take(bytes, ref here, (byte)':'))
        {
            return false;
        }

        _key[^1] = number;
        at = here;
        return true;
    }

    private bool ParseNewKey(ReadOnlySpan<byte> bytes, ref int at)
    {
        int start = at;
        _prefixLength = 0;
        if (!ParseKey(bytes, ref at, _key, _binding.ObservationDimensions))
        {
            return false;
        }

        int length = _key.Length > 1 ? bytes[start..at].LastIndexOf((byte)'"') : -1;
        int prefix = length < 0 ? 0 : bytes.Slice(start, length).LastIndexOf((byte)':') + 1;
        if (prefix > 0 && prefix <= _prefix.Length)
        {
            bytes.Slice(start, prefix).CopyTo(_prefix);
            _prefixLength = prefix;
        }

        return true;
    }

    /// <summary>A name of indices that are all in range, with the colon behind it.</summary>
    private static bool ParseKey(ReadOnlySpan<byte> bytes, ref int at, int[] key, JsonComponent[] dimensions)
    {
        if ((uint)at >= (uint)bytes.Length || bytes[at] != '"' || key.Length == 0)
        {
            return false;
        }

        at++;
        for (int i = 0; i < key.Length; i++, at++)
        {
            int number = 0, start = at;
            while ((uint)at < (uint)bytes.Length && (uint)(bytes[at] - '0') <= 9 && at - start < 9)
            {
                number = (number * 10) + (bytes[at++] - '0');
            }

            if ((uint)at >= (uint)bytes.Length || at == start || number >= dimensions[i].Count || bytes[at] != (i == key.Length - 1 ? (byte)'"' : (byte)':'))
            {
                return false;
            }

            key[i] = number;
        }

        return Take(bytes, ref at, (byte)':');
    }

    private bool ParseArray(ReadOnlySpan<byte> bytes, ref int at, Element[] elements, JsonComponent[] components, out int count)
    {
        count = 0;
        if (!Take(bytes, ref at, (byte)'['))
        {
            return false;
        }

        if (Take(bytes, ref at, (byte)']'))
        {
            return true;
        }

        while (count < elements.Length)
        {
            SkipBlanks(bytes, ref at);
            if (!ParseElement(bytes, ref at, components[count], out elements[count]))
            {
                return false;
            }

            count++;
            if (Take(bytes, ref at, (byte)','))
            {
                continue;
            }

            return Take(bytes, ref at, (byte)']');
        }

        return false;
    }

    private bool ParseElement(ReadOnlySpan<byte> bytes, ref int at, JsonComponent component, out Element element)
    {
        element = default;
        if ((uint)at >= (uint)bytes.Length)
        {
            return false;
        }

        byte first = bytes[at];
        if (first == 'n')
        {
            at += 4;
            return bytes[(at - 4)..].StartsWith("null"u8);
        }

        bool isDigit = (uint)(first - '0') <= 9;
        if (component.IsIndexed)
        {
            return isDigit && ParseIndex(bytes, ref at, component, out element);
        }

        if (isDigit || first == '-')
        {
            return component.Slot.Kind == SlotKind.Measure
                ? component.Component is { IsComplex: false } && ParseNumber(bytes, ref at, out element)
                : IsText(component) && ParseNumberText(bytes, ref at, out element);
        }

        return first == '"' && ParseString(bytes, ref at, component, out element);
    }

    private static bool IsText(JsonComponent component)
        => component.Component is { IsComplex: false } && component.Slot.Kind is SlotKind.ObservationAttribute or SlotKind.SeriesAttribute;

    private static bool ParseIndex(ReadOnlySpan<byte> bytes, ref int at, JsonComponent component, out Element element)
    {
        int number = 0, start = at;
        while ((uint)at < (uint)bytes.Length && (uint)(bytes[at] - '0') <= 9 && at - start < 9)
        {
            number = (number * 10) + (bytes[at++] - '0');
        }

        element = new Element(ElementKind.Index, number, 0, 0, 0);
        return number < component.Count && IsEnd(bytes, at) && (at - start == 1 || bytes[start] != '0');
    }

    /// <summary>A number of up to 18 digits in the spelling that prints back the same.</summary>
    private static bool ParseNumber(ReadOnlySpan<byte> bytes, ref int at, out Element element)
    {
        bool isNegative = bytes[at] == '-';
        int first = at += isNegative ? 1 : 0;
        long mantissa = 0;
        int point = -1;
        for (; (uint)at < (uint)bytes.Length; at++)
        {
            uint digit = (uint)(bytes[at] - '0');
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
            }
            else if (bytes[at] == '.' && point < 0)
            {
                point = at;
            }
            else
            {
                break;
            }
        }

        int digits = at - first - (point < 0 ? 0 : 1);
        int scale = point < 0 ? 0 : at - point - 1;
        element = new Element(ElementKind.Number, 0, 0, isNegative ? -mantissa : mantissa, (byte)scale);
        bool isPlain = digits is > 0 and <= 18 && point != first && point != at - 1 && !(isNegative && mantissa == 0)
            && (bytes[first] != '0' || at == first + 1 || point == first + 1);
        return isPlain && IsEnd(bytes, at);
    }

    /// <summary>A number that is kept as it is written.</summary>
    private static bool ParseNumberText(ReadOnlySpan<byte> bytes, ref int at, out Element element)
    {
        int start = at;
        bool isPlain = ParseNumber(bytes, ref at, out _);
        element = new Element(ElementKind.Text, start, at - start, 0, 0);
        return isPlain;
    }

    private bool ParseString(ReadOnlySpan<byte> bytes, ref int at, JsonComponent component, out Element element)
    {
        element = default;
        ReadOnlySpan<byte> rest = bytes[(at + 1)..];
        int length = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (length < 0 || rest[length] != '"' || length > _maxValueLength || rest[..length].IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0)
        {
            return false;
        }

        int start = at + 1;
        at = start + length + 1;
        if (component.Slot.Kind == SlotKind.Measure)
        {
            element = new Element(ElementKind.NotANumber, 0, 0, 0, 0);
            return component.Component is { IsComplex: false } && rest[..length].SequenceEqual("NaN"u8);
        }

        element = new Element(ElementKind.Text, start, length, 0, 0);
        return IsText(component);
    }

    /// <summary>True when a number or index ends at a place: more digits could follow behind the buffer.</summary>
    private static bool IsEnd(ReadOnlySpan<byte> bytes, int at)
        => (uint)at < (uint)bytes.Length && bytes[at] is (byte)',' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private void Put(JsonCursor cursor, int name, int count, ReadOnlySpan<byte> bytes)
    {
        (int line, int column) = cursor.PlaceOf(name);
        if (_takesRows && (_filler.IsInSeries ? _time is not null && !_hasHigherValues && _filler.TakesRowsOfElement : RepeatsRun(count)))
        {
            PutRow(line, column, count, bytes);
            return;
        }

        _filler.StartObservation(line, column);
        if (_time is not null && _filler.IsInSeries)
        {
            _values.SetPeriod(_time, _key[0]);
        }
        else
        {
            _values.SetObservationKey(_key);
        }

        for (int i = 0; i < count; i++)
        {
            Put(bytes, _binding.Observation[i], _elements[i]);
        }

        _filler.EndObservation();
        if (_takesRows && !_filler.IsInSeries)
        {
            _key.CopyTo(_lastKey, 0);
            _elements.CopyTo(_lastElements, 0);
            _lastElements.AsSpan(count).Clear();
            _runVersion = _filler.RepeatsCleanly ? _filler.RunVersion : -1;
        }
    }

    /// <summary>True when a flat observation has the key of the one before, and the same values for what stands above the observation.</summary>
    private bool RepeatsRun(int count)
    {
        if (!_filler.TakesRowsOfRun || _runVersion != _filler.RunVersion)
        {
            return false;
        }

        if (_repeatsKey && _repeatsTail && _timePosition == _key.Length - 1)
        {
            return true;
        }

        for (int i = 0; i < _key.Length; i++)
        {
            if (i != _timePosition && _key[i] != _lastKey[i])
            {
                return false;
            }
        }

        for (int i = _hasHigherValues ? 0 : _elements.Length; i < _elements.Length; i++)
        {
            Element element = i < count ? _elements[i] : default;
            if (_binding.Observation[i].Slot.Kind == SlotKind.SeriesAttribute && (element != _lastElements[i] || element.Kind == ElementKind.Text))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Puts an observation that needs no more than a row straight into the columns.</summary>
    private void PutRow(int line, int column, int count, ReadOnlySpan<byte> bytes)
    {
        int run = _filler.RunOfRows();
        ObservationBatch batch = _filler.Batch;
        int row = batch.AddObservation(line, column);
        batch.SeriesOf[row] = run;
        if (_timePosition >= 0)
        {
            JsonComponent time = _binding.ObservationDimensions[_timePosition];
            ref readonly TimePeriod period = ref time.Period(_key[_timePosition]);
            batch.Periods[row] = period;
            if (period.IsNone)
            {
                batch.BadPeriods[row] = time.Cell(_key[_timePosition]) ?? "";
            }
        }

        if (_repeatsTail && _tailCodeCount >= 0)
        {
            batch.Measures[_binding.Observation[0].Slot.Index][row] = ObservationValue.FromTrustedParts(_elements[0].Mantissa, _elements[0].Scale);
            foreach ((int attribute, int code) in _tailCodes.AsSpan(0, _tailCodeCount))
            {
                batch.ObservationAttributes[attribute].Codes[row] = code;
            }

            return;
        }

        PutElements(batch, row, count, bytes);
    }

    private void PutElements(ObservationBatch batch, int row, int count, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < count; i++)
        {
            ref Element element = ref _elements[i];
            if (element.Kind == ElementKind.None)
            {
                continue;
            }

            JsonComponent component = _binding.Observation[i];
            ComponentSlot slot = component.Slot;
            if (slot.Kind == SlotKind.Measure)
            {
                batch.Measures[slot.Index][row] = element.Kind switch
                {
                    ElementKind.Number => ObservationValue.Of(element.Mantissa, element.Scale),
                    ElementKind.NotANumber => ObservationValue.NaN,
                    _ => ObservationValue.Parse(component.Cell(element.Number)),
                };
            }
            else if (slot.Kind == SlotKind.ObservationAttribute)
            {
                ValueColumn values = batch.ObservationAttributes[slot.Index];
                if (element.Kind == ElementKind.Text)
                {
                    ReadOnlySpan<char> text = Characters(bytes, element);
                    _filler.CountCharacters(text.Length);
                    values.Set(row, values.Dictionary is null ? _filler.Texts.Get(text) : text.ToString());
                }
                else if (component.HasNumbers)
                {
                    values.Codes[row] = component.Code(element.Number);
                }
                else
                {
                    values.Texts[row] = component.Cell(element.Number);
                }
            }
        }
    }

    private void Put(ReadOnlySpan<byte> bytes, JsonComponent component, in Element element)
    {
        ComponentSlot slot = component.Slot;
        switch (element.Kind)
        {
            case ElementKind.Number when slot.Kind == SlotKind.Measure:
                _filler.SetMeasure(slot.Index, ObservationValue.Of(element.Mantissa, element.Scale));
                break;
            case ElementKind.NotANumber when slot.Kind == SlotKind.Measure:
                _filler.SetMeasure(slot.Index, ObservationValue.NaN);
                break;
            case ElementKind.Index when slot.Kind == SlotKind.ObservationAttribute && component.HasNumbers:
                _filler.SetObservationCode(slot.Index, component.Code(element.Number));
                break;
            case ElementKind.Index when slot.Kind == SlotKind.ObservationAttribute:
                if (component.Cell(element.Number) is { } text)
                {
                    _filler.SetObservationText(slot.Index, text);
                }

                break;
            default:
                PutText(bytes, component, element);
                break;
        }
    }

    private void PutText(ReadOnlySpan<byte> bytes, JsonComponent component, in Element element)
    {
        if (element.Kind == ElementKind.Index)
        {
            if (component.Cell(element.Number) is { } cell)
            {
                _filler.SetCell(component.Slot, cell);
            }
        }
        else if (element.Kind == ElementKind.Text)
        {
            _filler.Set(component.Slot, Characters(bytes, element));
        }
    }

    private ReadOnlySpan<char> Characters(ReadOnlySpan<byte> bytes, in Element element)
    {
        if (_characters.Length < element.Length)
        {
            _characters = new char[element.Length * 2];
        }

        int count = Encoding.UTF8.GetChars(bytes.Slice(element.Number, element.Length), _characters);
        return _characters.AsSpan(0, count);
    }

    private static bool TakeName(ReadOnlySpan<byte> bytes, ref int at, ReadOnlySpan<byte> name)
    {
        SkipBlanks(bytes, ref at);
        if (at > bytes.Length || !bytes[at..].StartsWith(name))
        {
            return false;
        }

        at += name.Length;
        return Take(bytes, ref at, (byte)':');
    }

    private static bool Take(ReadOnlySpan<byte> bytes, ref int at, byte sign)
    {
        if ((uint)at < (uint)bytes.Length && bytes[at] == sign)
        {
            at++;
            return true;
        }

        SkipBlanks(bytes, ref at);
        if ((uint)at < (uint)bytes.Length && bytes[at] == sign)
        {
            at++;
            return true;
        }

        return false;
    }

    private static void SkipBlanks(ReadOnlySpan<byte> bytes, ref int at)
    {
        while ((uint)at < (uint)bytes.Length && bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
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
