using System.Text;
using System.Text.Unicode;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// The bytes of a CSV message in blocks: UTF-8, checked, with or without byte order mark; UTF-16 with a byte order mark is turned into
/// UTF-8. Bytes that are no text, and NUL characters, end the message where they stand; what comes before them can be read.
/// </summary>
internal sealed class CsvBuffer : IDisposable
{
    /// <summary>Bytes behind <see cref="End"/> that can be read (not used), so that vectors need no bounds.</summary>
    public const int Padding = 32;

    private const int FirstSize = 64 * 1024;

    private readonly int _maxRecord;
    private readonly byte[] _tail = new byte[4];
    private Stream _stream;
    private string _encoding = "UTF-8";
    private int _tailLength;
    private bool _isFaulty;

    /// <summary>Makes a buffer over a stream, which is disposed of with it.</summary>
    /// <param name="stream">The message.</param>
    /// <param name="maxRecord">Most bytes of one record.</param>
    public CsvBuffer(Stream stream, int maxRecord)
    {
        (_stream, _maxRecord) = (stream, maxRecord);
        Bytes = new byte[FirstSize + Padding];
        Bytes[0] = (byte)'\n';
    }

    /// <summary>The bytes not taken yet stand from <see cref="Start"/> to <see cref="End"/>; a line feed stands behind them.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>First byte not taken yet.</summary>
    public int Start { get; set; }

    /// <summary>Behind the last byte.</summary>
    public int End { get; private set; }

    /// <summary>True when nothing comes behind <see cref="End"/>.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The finding about the bytes at which the message ends, without a place; null when it ends as it should.</summary>
    public Issue? Fault => _isFaulty ? new Issue(IssueCodes.InvalidEncoding, Location.None, _encoding) : null;

    /// <summary>Reads the first block and passes over the byte order mark.</summary>
    public void Open()
    {
        byte[] mark = new byte[3];
        int count = _stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false);
        (Encoding? other, int skip) = mark.AsSpan(0, count) switch
        {
            [0xEF, 0xBB, 0xBF] => ((Encoding?)null, 3),
            [0xFF, 0xFE, ..] => (Utf16(bigEndian: false), 2),
            [0xFE, 0xFF, ..] => (Utf16(bigEndian: true), 2),
            _ => (null, 0),
        };
        _stream = new PrefixedStream(mark.AsMemory(skip, count - skip), _stream, ownsRest: true);
        if (other is not null)
        {
            _encoding = "UTF-16";
            _stream = Encoding.CreateTranscodingStream(_stream, other, new UTF8Encoding(false));
        }

        Refill();
    }

    /// <summary>Moves what is left to the front and reads as much behind it as fits, in a larger buffer if nothing was taken; false at the end.</summary>
    /// <exception cref="MessageException">A record is too large.</exception>
    public bool Refill()
    {
        if (IsAtEnd)
        {
            return false;
        }

        int left = End - Start;
        if (left + _tailLength + Padding >= Bytes.Length - Padding)
        {
            if (left >= _maxRecord)
            {
                throw new MessageException(new Issue(IssueCodes.TooLarge, Location.None, "record", _maxRecord));
            }

            byte[] larger = new byte[(Bytes.Length * 2) + Padding];
            Bytes.AsSpan(Start, left).CopyTo(larger);
            Bytes = larger;
        }
        else
        {
            Bytes.AsSpan(Start, left).CopyTo(Bytes);
        }

        _tail.AsSpan(0, _tailLength).CopyTo(Bytes.AsSpan(left));
        (Start, End) = (0, left);
        Fill(left + _tailLength);
        Bytes[End] = (byte)'\n';
        return End > left;
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>UTF-16 whose faults become the character U+FFFF, which stands in no text and is found where it stands.</summary>
    private static Encoding Utf16(bool bigEndian)
        => Encoding.GetEncoding(bigEndian ? "utf-16BE" : "utf-16LE", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\uFFFF"));

    private void Fill(int at)
    {
        int room = Bytes.Length - Padding;
        while (at < room && !IsAtEnd)
        {
            int count = _stream.Read(Bytes.AsSpan(at, room - at));
            IsAtEnd = count == 0;
            at += count;
        }

        Check(at);
    }

    /// <summary>Takes over the bytes up to a place that are whole characters.</summary>
    private void Check(int end)
    {
        ReadOnlySpan<byte> added = Bytes.AsSpan(End, end - End);
        int whole = added.Length - UnfinishedTail(added);
        int nul = added[..whole].IndexOf((byte)0);
        int good = nul < 0 ? whole : nul;
        if (_encoding == "UTF-16" && added[..good].IndexOf("\uFFFF"u8) is >= 0 and int fault)
        {
            good = fault;
        }

        if (!Utf8.IsValid(added[..good]))
        {
            good = ValidLength(added[..good]);
        }

        bool breaksOff = IsAtEnd && whole < added.Length;
        if (good < whole || breaksOff)
        {
            (_isFaulty, IsAtEnd) = (true, true);
        }

        _tailLength = IsAtEnd ? 0 : added.Length - whole;
        added.Slice(added.Length - _tailLength).CopyTo(_tail);
        End += good;
    }

    /// <summary>How many bytes at the end may be the beginning of a character that goes on behind them.</summary>
    private static int UnfinishedTail(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            byte b = bytes[^back];
            if ((b & 0xC0) != 0x80)
            {
                int length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
                return length > back ? back : 0;
            }
        }

        return 0;
    }

    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
