using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Json;

/// <content>From bytes to keys and elements of arrays.</content>
internal sealed partial class JsonObservationScanner
{
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
}
