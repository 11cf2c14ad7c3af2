using System.Buffers;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// The shape of an observation in a message: the bytes that stay the same (from the end of the tag before, markup and names) and the
/// places of the values between them. The next observation is compared with these bytes at once instead of being taken apart, in
/// every dialect of SDMX-ML alike. Parts of a key, of flat observations, are taken only when they repeat those of the run at hand.
/// </summary>
internal sealed class ObservationTemplate
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x60).Select(b => (byte)b).Where(b => b is not ((byte)'"' or (byte)'\'' or (byte)'<' or (byte)'&'))]);

    private readonly ObservationTemplatePart[] _parts;
    private readonly byte[] _tail;
    private readonly int _leadLength, _leadLines, _leadColumn, _lines, _newlinePart, _afterNewline;
    private readonly int[] _unsetMeasures, _unsetCodes, _unsetTexts;
    private readonly int _longestText;

    public ObservationTemplate(int depth, int lead, ObservationTemplatePart[] parts, byte[] tail, DataSetSpace space, int longestText)
    {
        (Depth, _parts, _tail, _longestText) = (depth, parts, tail, longestText);
        HasKey = parts.Any(p => p.Kind == SlotKind.Dimension);
        Length = parts.Sum(p => p.Literal.Length + Math.Max(64, p.Last.Length)) + tail.Length;
        ReadOnlySpan<byte> blanks = parts[0].Literal.AsSpan(0, lead);
        (_leadLength, _leadLines, _leadColumn) = (lead, blanks.Count((byte)'\n'), lead - blanks.LastIndexOf((byte)'\n'));
        _newlinePart = -1;
        for (int p = 0; p <= parts.Length; p++)
        {
            byte[] literal = p < parts.Length ? parts[p].Literal : tail;
            _lines += literal.AsSpan().Count((byte)'\n');
            if (literal.AsSpan().LastIndexOf((byte)'\n') is >= 0 and int newline)
            {
                (_newlinePart, _afterNewline) = (p, literal.Length - newline - 1);
            }
        }

        _unsetMeasures = [.. Unset(SlotKind.Measure, space.Schema.Measures.Length)];
        _unsetCodes = [.. Unset(SlotKind.ObservationAttribute, space.ObservationAttributes.Length).Where(a => space.ObservationAttributes[a] is not null)];
        _unsetTexts = [.. Unset(SlotKind.ObservationAttribute, space.ObservationAttributes.Length).Where(a => space.ObservationAttributes[a] is null)];

        foreach (ref ObservationTemplatePart part in _parts.AsSpan())
        {
            if (part.Kind == SlotKind.ObservationAttribute)
            {
                part.Keep([]);
            }
        }

        IEnumerable<int> Unset(SlotKind kind, int count) => Enumerable.Range(0, count).Where(i => !parts.Any(p => p.Kind == kind && p.Index == i));
    }

    /// <summary>How many elements are open around the observation.</summary>
    public int Depth { get; }

    /// <summary>True when the observation brings its key.</summary>
    public bool HasKey { get; }

    /// <summary>The run whose key and attributes the parts of the key repeat.</summary>
    public int RunVersion { get; set; }

    /// <summary>About how many bytes an observation has at most.</summary>
    public int Length { get; }

    /// <summary>The parts.</summary>
    public Span<ObservationTemplatePart> Parts => _parts;

    /// <summary>The bytes behind the last value.</summary>
    public ReadOnlySpan<byte> Tail => _tail;

    /// <summary>True when observations of this shape can be taken now.</summary>
    public bool IsUsable(int depth, BatchFiller filler)
        => depth == Depth && (HasKey ? filler.TakesRowsOfRun && RunVersion == filler.RunVersion : filler.TakesRowsOfElement);

    /// <summary>Takes observations of this shape as long as they follow each other; false when there is none. Moves the place.</summary>
    public bool Read(HandOverStream stream, BatchFiller filler, ref int line, ref int column)
    {
        ReadOnlySpan<byte> bytes = stream.Buffer.AsSpan(0, stream.End);
        ObservationBatch batch = filler.Batch;
        int at = stream.Start, row = batch.Count, run = -1;
        while (row < batch.Capacity && TryMatch(bytes, at, batch, row, filler.Texts, column, out int end, out int origin))
        {
            if (run < 0)
            {
                run = filler.RunOfRows();
            }

            batch.Lines[row] = line + _leadLines;
            batch.Columns[row] = _leadLines > 0 ? _leadColumn : column + _leadLength;
            line += _lines;
            column = end - origin;
            at = end;
            row++;

            // The run may have been the last that there was room for.
            if (batch.SeriesCount == batch.SeriesCapacity)
            {
                break;
            }
        }

        if (row == batch.Count)
        {
            return false;
        }

        filler.CountCharacters(at - stream.Start);
        FillRest(batch, run, row);
        stream.Start = at;
        return true;
    }

    /// <summary>What is the same for all rows taken.</summary>
    private void FillRest(ObservationBatch batch, int run, int end)
    {
        int first = batch.Count, count = end - first;
        batch.SeriesOf.AsSpan(first, count).Fill(run);
        batch.BadPeriods.AsSpan(first, count).Clear();
        batch.Refused.AsSpan(first, count).Clear();
        foreach (int measure in _unsetMeasures)
        {
            batch.Measures[measure].AsSpan(first, count).Clear();
        }

        foreach (int attribute in _unsetCodes)
        {
            batch.ObservationAttributes[attribute].Codes.AsSpan(first, count).Fill(-1);
        }

        foreach (int attribute in _unsetTexts)
        {
            batch.ObservationAttributes[attribute].Texts.AsSpan(first, count).Clear();
        }

        batch.Count = end;
    }

    /// <summary>Puts the values of the observation that starts here into a row; false when it has another shape.</summary>
    private bool TryMatch(ReadOnlySpan<byte> bytes, int at, ObservationBatch batch, int row, TextCache texts, int column, out int end, out int origin)
    {
        origin = at - column;
        end = at;
        ObservationTemplatePart[] parts = _parts;
        for (int p = 0; p < parts.Length; p++)
        {
            ref ObservationTemplatePart part = ref parts[p];
            ReadOnlySpan<byte> rest = bytes[at..];
            ReadOnlySpan<byte> literal = part.Literal;
            if (!rest.StartsWith(literal))
            {
                return false;
            }

            at += literal.Length;
            rest = rest[literal.Length..];
            if (p == _newlinePart)
            {
                origin = at - _afterNewline - 1;
            }

            int length;
            bool taken;
            switch (part.Kind)
            {
                case SlotKind.Time:
                    taken = PlainValues.TryPeriodInto(rest, part.Quote, ref batch.Periods[row], out length);
                    break;
                case SlotKind.Measure:
                    taken = PlainValues.TryNumberInto(rest, part.Quote, ref batch.Measures[part.Index][row], out length);
                    break;
                case SlotKind.ObservationAttribute:
                    taken = TryAttribute(rest, ref part, batch.ObservationAttributes[part.Index], row, texts, out length);
                    break;
                default:
                    taken = rest.StartsWith(part.Last);
                    length = part.Last.Length;
                    origin += part.Surplus;
                    break;
            }

            if (!taken)
            {
                return false;
            }

            at += length;
        }

        if (!bytes[at..].StartsWith(_tail))
        {
            return false;
        }

        end = at + _tail.Length;
        origin = _newlinePart == parts.Length ? end - _afterNewline - 1 : origin;
        return true;
    }

    private bool TryAttribute(ReadOnlySpan<byte> rest, ref ObservationTemplatePart part, ValueColumn column, int row, TextCache texts, out int length)
    {
        if (part.Last.Length > 0 && rest.StartsWith(part.Last))
        {
            length = part.Last.Length - 1;
        }
        else if (!TryNewValue(rest, ref part, column, texts, out length))
        {
            return false;
        }

        if (column.Dictionary is null)
        {
            column.Texts[row] = part.LastText;
        }
        else
        {
            column.Codes[row] = part.LastCode;
        }

        return true;
    }

    private bool TryNewValue(ReadOnlySpan<byte> rest, ref ObservationTemplatePart part, ValueColumn column, TextCache texts, out int length)
    {
        length = rest.IndexOfAnyExcept(Plain);
        if (length < 0 || rest[length] != part.Quote || length > _longestText)
        {
            return false;
        }

        int code = -1;
        if (column.Dictionary is null)
        {
            Span<char> text = stackalloc char[_longestText];
            text = text[..Encoding.Latin1.GetChars(rest[..length], text)];
            if (part.IsComplex && CellText.NeedsCare(text))
            {
                return false;
            }

            part.LastText = texts.Get(text);
        }
        else if ((code = column.Dictionary.IndexOfKnown(rest[..length])) < 0)
        {
            return false;
        }

        part.LastCode = code;
        part.Keep(rest[..(length + 1)]);
        return true;
    }
}
