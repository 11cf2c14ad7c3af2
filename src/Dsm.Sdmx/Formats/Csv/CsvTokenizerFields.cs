using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Csv;

/// <content>Where one field ends.</content>
internal sealed partial class CsvTokenizer
{
    /// <summary>The field at a place, which moves behind it and the delimiter or line end that ends it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Ending Field(ref int at, ref int lines, int column, out int start, out int length)
    {
        if (buffer.Bytes[at] == '"' && at < buffer.End)
        {
            return Quoted(ref at, ref lines, column, out start, out length);
        }

        start = at;
        int end = FindEnd(at);
        length = end - at;
        if (length > maxValue)
        {
            CheckLength(start, length, column);
        }

        return EndAt(end, ref at, ref lines);
    }

    private Ending Quoted(ref int at, ref int lines, int column, out int start, out int length)
    {
        start = at + 1;
        bool hasEscapes = false;
        int end = start;
        while (true)
        {
            int quote = buffer.Bytes.AsSpan(end, buffer.End - end).IndexOf((byte)'"');
            end += quote;
            if (quote < 0 || (end + 1 == buffer.End && !buffer.IsAtEnd))
            {
                length = 0;
                return !buffer.IsAtEnd ? Ending.NeedsMore : throw (buffer.Fault is null ? Malformed(start - 1, column) : Faulty(buffer.Fault));
            }

            if (end + 1 == buffer.End || buffer.Bytes[end + 1] != '"')
            {
                break;
            }

            hasEscapes = true;
            end += 2;
        }

        length = end - start;
        if (length > maxValue)
        {
            CheckLength(start, length, column);
        }

        lines += buffer.Bytes.AsSpan(start, length).Count((byte)'\n');
        length |= hasEscapes ? Escapes : 0;
        byte next = buffer.Bytes[end + 1];
        return next == _delimiter || next is (byte)'\n' or (byte)'\r' ? EndAt(end + 1, ref at, ref lines) : throw Malformed(end + 1, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Ending EndAt(int end, ref int at, ref int lines)
    {
        byte mark = buffer.Bytes[end];
        if (mark == _delimiter && end < buffer.End)
        {
            at = end + 1;
            return Ending.Delimiter;
        }

        return EndRecord(end, mark, ref at, ref lines);
    }

    private Ending EndRecord(int end, byte mark, ref int at, ref int lines)
    {
        if (end == buffer.End)
        {
            if (!buffer.IsAtEnd)
            {
                return Ending.NeedsMore;
            }

            if (buffer.Fault is { } fault)
            {
                throw Faulty(fault);
            }

            (at, IsCutOff, _lastIsLoneReturn) = (end, true, false);
            return Ending.Record;
        }

        if (mark == '\r' && end + 1 == buffer.End && !buffer.IsAtEnd)
        {
            return Ending.NeedsMore;
        }

        bool isPair = mark == '\r' && end + 1 < buffer.End && buffer.Bytes[end + 1] == '\n';
        _lastIsLoneReturn = mark == '\r' && !isPair;
        lines++;
        at = end + (isPair ? 2 : 1);
        return Ending.Record;
    }

    /// <summary>The first delimiter or line end at or behind a place: at the latest the line feed behind the bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindEnd(int at)
    {
        ref byte bytes = ref MemoryMarshal.GetArrayDataReference(buffer.Bytes);
        Vector128<byte> delimiter = Vector128.Create(_delimiter);
        Vector128<byte> lineFeed = Vector128.Create((byte)'\n');
        Vector128<byte> carriageReturn = Vector128.Create((byte)'\r');
        while (true)
        {
            Vector128<byte> block = Vector128.LoadUnsafe(ref bytes, (nuint)at);
            Vector128<byte> hits = Vector128.Equals(block, delimiter) | Vector128.Equals(block, lineFeed) | Vector128.Equals(block, carriageReturn);
            uint mask = hits.ExtractMostSignificantBits();
            if (mask != 0)
            {
                return at + System.Numerics.BitOperations.TrailingZeroCount(mask);
            }

            at += Vector128<byte>.Count;
        }
    }

    private void CheckLength(int start, int length, int column)
    {
        if (Encoding.UTF8.GetCharCount(buffer.Bytes, start, length) > maxValue)
        {
            throw new MessageException(new Issue(IssueCodes.TooLarge, new Location(Line, column + 1), "field", maxValue));
        }
    }

    /// <summary>Says where the bytes stop being text: line, and byte of the line.</summary>
    private MessageException Faulty(Issue fault)
    {
        ReadOnlySpan<byte> record = buffer.Bytes.AsSpan(buffer.Start, buffer.End - buffer.Start);
        return new(fault with { Location = new Location(Line + record.Count((byte)'\n'), record.Length - record.LastIndexOf((byte)'\n')) });
    }

    private MessageException Malformed(int at, int column)
        => new(new Issue(IssueCodes.MalformedCsv, new Location(Line + buffer.Bytes.AsSpan(buffer.Start, at - buffer.Start).Count((byte)'\n'), column + 1)));
}
