using System.Text;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Plain tags of generic data: series, groups and observations with their keys and attributes, which are elements with the attributes
/// <c>id</c> and <c>value</c>.
/// </summary>
internal sealed class GenericTagScanner : PlainTagScanner
{
    private readonly Func<string, bool> _isPrefix;
    private readonly ComponentSlot _measure, _dimension;
    private readonly PlainTagAttributes _ofValues, _ofElements;
    private readonly List<(byte[] Name, Element Element)> _names = [];
    private readonly List<Element> _elements = [];
    private readonly char[] _id = new char[64];

    /// <param name="stream">The bytes.</param>
    /// <param name="filler">Where observations go.</param>
    /// <param name="maxValue">Most bytes of a value.</param>
    /// <param name="measure">Column of the observation's value.</param>
    /// <param name="dimension">Column of the dimension at the observation.</param>
    /// <param name="isPrefix">True for prefixes that are declared.</param>
    public GenericTagScanner(HandOverStream stream, BatchFiller filler, int maxValue, ComponentSlot measure, ComponentSlot dimension, Func<string, bool> isPrefix)
        : base(stream, filler, maxValue)
    {
        (_measure, _dimension, _isPrefix) = (measure, dimension, isPrefix);
        _ofValues = new PlainTagAttributes(name => name switch { "id" => IdMark, "value" => ValueMark, _ => null }, maxValue);
        _ofElements = new PlainTagAttributes(name => name == "type" ? default(ComponentSlot) : null, maxValue);
    }

    // What the two attributes of a value are: no columns, but told apart in the same way.
    private static readonly ComponentSlot IdMark = new(SlotKind.Unknown, 1), ValueMark = new(SlotKind.Unknown, 2);

    private enum Element
    {
        Unknown,
        Series,
        Group,
        Obs,
        Container,
        Attributes,
        Value,
        ObsDimension,
        ObsValue,

        /// <summary>Attributes of the data set itself, which are read as a group that names no dimension.</summary>
        DataSetAttributes,
    }

    /// <summary>True within the attributes of the data set.</summary>
    public bool IsInDataSetAttributes => _elements.Contains(Element.DataSetAttributes);

    protected override bool MayStartObservation
        => _elements.Count == 0 ? Filler.Scope == ReadingScope.None : _elements.Count == 1 && _elements[0] == Element.Series;

    protected override ScanResult TryTag(ReadOnlySpan<byte> tag, int line, int column, out int length)
    {
        length = 0;
        if (tag.Length < 2)
        {
            return ScanResult.NeedsMore;
        }

        if (tag[1] == '/')
        {
            return TryEnd(tag, out length);
        }

        ScanResult result = NameOf(tag, out byte[] name, out Element element);
        return result != ScanResult.Taken ? result : element switch
        {
            Element.Value when Filler.Scope != ReadingScope.None && !IsInValue => TryValue(tag, name, element, out length),
            Element.ObsDimension or Element.ObsValue when Filler.Scope == ReadingScope.Observation && !IsInValue => TryValue(tag, name, element, out length),
            Element.Obs when MayStartObservation => TryElement(tag, name, element, line, column, out length),
            Element.Series or Element.Group when _elements.Count == 0 => TryElement(tag, name, element, line, column, out length),
            Element.Attributes when _elements.Count == 0 => TryElement(tag, name, Element.DataSetAttributes, line, column, out length),
            Element.Container or Element.Attributes when _elements.Count > 0 && _elements[^1] is Element.Series or Element.Group or Element.Obs
                => TryElement(tag, name, Element.Container, line, column, out length),
            _ => ScanResult.Other,
        };
    }

    private bool IsInValue => _elements.Count > 0 && _elements[^1] is Element.Value or Element.ObsDimension or Element.ObsValue;

    private ScanResult TryElement(ReadOnlySpan<byte> tag, byte[] name, Element element, int line, int column, out int length)
    {
        length = name.Length + 1;
        ScanResult result = _ofElements.Scan(tag, ref length);
        if (result != ScanResult.Taken || _ofElements.IsEmpty || (_ofElements.Values.Length > 0 && element != Element.Group))
        {
            return result == ScanResult.Taken ? ScanResult.Other : result;
        }

        switch (element)
        {
            case Element.Series:
                Filler.StartSeries(line, column);
                break;
            case Element.Group or Element.DataSetAttributes:
                Filler.StartGroup(line, column);
                break;
            case Element.Obs:
                StartsObservation();
                Filler.StartObservation(line, column);
                break;
        }

        _elements.Add(element);
        Push(name);
        return ScanResult.Taken;
    }

    private ScanResult TryValue(ReadOnlySpan<byte> tag, byte[] name, Element element, out int length)
    {
        length = name.Length + 1;
        ScanResult result = _ofValues.Scan(tag, ref length);
        if (result != ScanResult.Taken)
        {
            return result;
        }

        int value = -1;
        ComponentSlot slot = element == Element.ObsValue ? _measure : element == Element.ObsDimension ? _dimension : default;
        for (int a = 0; a < _ofValues.Values.Length; a++)
        {
            PlainTagAttribute attribute = _ofValues.Values[a];
            if (attribute.Slot == ValueMark)
            {
                value = a;
            }
            else if (element != Element.ObsValue)
            {
                slot = attribute.IsPlain ? SlotOf(tag.Slice(attribute.Start, attribute.Length)) : default;
            }
        }

        // Without value, of an unknown component, or where the component does not belong: findings of the reference.
        if (value < 0 || slot.Kind == SlotKind.Unknown || (Filler.Scope == ReadingScope.Group && slot.Kind is not (SlotKind.Dimension or SlotKind.SeriesAttribute)))
        {
            return ScanResult.Other;
        }

        Set(tag, _ofValues.Values[value], slot);
        if (!_ofValues.IsEmpty)
        {
            _elements.Add(element);
            Push(name);
        }

        return ScanResult.Taken;
    }

    private ScanResult TryEnd(ReadOnlySpan<byte> tag, out int length)
    {
        ScanResult result = EndTag(tag, out length);
        if (result == ScanResult.Taken)
        {
            Element element = _elements[^1];
            _elements.RemoveAt(_elements.Count - 1);
            Pop();
            switch (element)
            {
                case Element.Obs:
                    Filler.EndObservation();
                    EndsObservation(length);
                    break;
                case Element.Series:
                    Filler.EndSeries();
                    break;
                case Element.Group or Element.DataSetAttributes:
                    Filler.EndGroup();
                    break;
            }
        }

        return result;
    }

    private ComponentSlot SlotOf(ReadOnlySpan<byte> id)
    {
        if (id.Length > _id.Length)
        {
            return default;
        }

        Span<char> text = _id.AsSpan(0, Encoding.Latin1.GetChars(id, _id));
        return Filler.Slots.Find(text);
    }

    private ScanResult NameOf(ReadOnlySpan<byte> tag, out byte[] name, out Element element)
    {
        foreach ((byte[] known, Element what) in _names)
        {
            if (tag.Length > known.Length + 1 && tag[1..].StartsWith(known) && tag[known.Length + 1] is (byte)'>' or (byte)' ' or (byte)'/' or (byte)'\r' or (byte)'\n' or (byte)'\t')
            {
                (name, element) = (known, what);
                return ScanResult.Taken;
            }
        }

        (name, element) = ([], default);
        int end = tag[..Math.Min(tag.Length, 256)].IndexOfAny(" >/\r\n\t"u8);
        if (end < 0)
        {
            return tag.Length >= 256 ? ScanResult.Other : ScanResult.NeedsMore;
        }

        name = tag[1..end].ToArray();
        element = ElementOf(name);
        if (element == Element.Unknown)
        {
            return ScanResult.Other;
        }

        _names.Add((name, element));
        return ScanResult.Taken;
    }

    /// <summary>The element of a name whose prefix, if it has one, is declared; the reference does not look at the namespace itself.</summary>
    private Element ElementOf(ReadOnlySpan<byte> name)
    {
        int colon = name.IndexOf((byte)':');
        if (name.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0 || (colon >= 0 && !_isPrefix(Encoding.ASCII.GetString(name[..colon]))))
        {
            return Element.Unknown;
        }

        return Encoding.ASCII.GetString(name[(colon + 1)..]) switch
        {
            "Series" => Element.Series,
            "Group" => Element.Group,
            "Obs" => Element.Obs,
            "SeriesKey" or "GroupKey" or "ObsKey" => Element.Container,
            "Attributes" => Element.Attributes,
            "Value" => Element.Value,
            "ObsDimension" => Element.ObsDimension,
            "ObsValue" => Element.ObsValue,
            _ => Element.Unknown,
        };
    }
}
