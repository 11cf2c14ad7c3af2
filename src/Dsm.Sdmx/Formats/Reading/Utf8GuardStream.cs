using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Reading;

/// <summary>
/// Bytes that must be UTF-8: all before the first one that is not are passed on, then reading ends with a finding that has line and
/// column (in characters). A character that is broken off by the end of the stream passes: it is for the reader to say that the
/// message was cut off.
/// </summary>
internal sealed class Utf8GuardStream(Stream inner) : ForwardStream
{
    private readonly byte[] _begun = new byte[4];
    private int _begunLength;
    private int _line = 1;
    private int _column = 1;
    private bool _isBroken;

    public override int Read(Span<byte> buffer)
    {
        if (_isBroken)
        {
            throw new MessageException(new Issue(IssueCodes.InvalidEncoding, new Location(_line, _column), "UTF-8"));
        }

        int count = inner.Read(buffer);
        int good = Check(buffer[..count]);
        _isBroken = good < count;
        return good > 0 || count == 0 ? good : Read(buffer);
    }

    /// <summary>Columns that well-formed bytes take: a character of four bytes is two characters of UTF-16. By lead bytes, so that a place within a character does no harm.</summary>
    public static int CharactersIn(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            return bytes.Length;
        }

        int count = 0;
        foreach (byte b in bytes)
        {
            count += (b & 0xC0) == 0x80 ? 0 : b >= 0xF0 ? 2 : 1;
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>How many bytes are well formed, the beginning of a character at the end included.</summary>
    private int Check(ReadOnlySpan<byte> bytes)
    {
        int start = 0;
        while (_begunLength > 0 && start < bytes.Length)
        {
            _begun[_begunLength++] = bytes[start];
            OperationStatus status = Rune.DecodeFromUtf8(_begun.AsSpan(0, _begunLength), out _, out _);
            if (status == OperationStatus.InvalidData)
            {
                return start;
            }

            start++;
            if (status == OperationStatus.Done)
            {
                Pass(_begun.AsSpan(0, _begunLength));
                _begunLength = 0;
            }
        }

        ReadOnlySpan<byte> rest = bytes[start..];
        int end = rest.Length - Begun(rest);
        int good = Utf8.IsValid(rest[..end]) ? end : FirstBad(rest[..end]);
        Pass(rest[..good]);
        if (good < end)
        {
            return start + good;
        }

        rest[end..].CopyTo(_begun);
        _begunLength += rest.Length - end;
        return bytes.Length;
    }

    /// <summary>Number of bytes at the end that begin a character and may be continued.</summary>
    private static int Begun(ReadOnlySpan<byte> bytes)
    {
        for (int length = 1; length <= Math.Min(3, bytes.Length); length++)
        {
            if ((bytes[^length] & 0xC0) != 0x80)
            {
                return Rune.DecodeFromUtf8(bytes[^length..], out _, out _) == OperationStatus.NeedMoreData ? length : 0;
            }
        }

        return 0;
    }

    private static int FirstBad(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    private void Pass(ReadOnlySpan<byte> good)
    {
        int last = good.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            _line += good.Count((byte)'\n');
            _column = 1;
            good = good[(last + 1)..];
        }

        _column += CharactersIn(good);
    }
}
