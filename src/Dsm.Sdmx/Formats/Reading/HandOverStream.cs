namespace Dsm.Sdmx.Formats.Reading;

/// <summary>
/// The bytes of an XML message on their way to the framework's parser, which at first gets them only up to the end of a data set's
/// start tag. What follows can be read by a faster scanner straight from the buffer; whatever it does not know it leaves where it
/// stands, and <see cref="Release"/> lets the parser go on from there, to the next data set if that is near. A parser that asks for
/// more than its share is simply given it.
/// </summary>
internal sealed class HandOverStream : Stream
{
    private const int BufferSize = 128 * 1024;

    private readonly Stream _inner;
    private byte[] _synthetic = [];
    private int _syntheticAt;
    private int _limit = -1;
    private bool _isPrepared;
    private bool _isAtEnd;

    public HandOverStream(Stream inner) => _inner = inner;

    /// <summary>The buffer; what is in it and not taken yet lies between <see cref="Start"/> and <see cref="End"/>.</summary>
    public byte[] Buffer { get; private set; } = new byte[BufferSize];

    public int Start { get; set; }

    /// <summary>Changes whenever bytes are moved within the buffer.</summary>
    public int Generation { get; private set; }

    public int End { get; private set; }

    /// <summary>True when the parser has taken exactly the start of the message, up to the end of the data set's start tag.</summary>
    public bool IsHeld => _limit >= 0 && Start == _limit;

    /// <summary>True when the parser was told that there is nothing more.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Line of the first byte held back.</summary>
    public int HeldLine { get; private set; } = 1;

    /// <summary>Column of the first byte held back.</summary>
    public int HeldColumn { get; private set; } = 1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads more bytes behind those in the buffer, which are moved to its front; false at the end or when a single tag fills it.</summary>
    public bool Refill()
    {
        if (Start > 0)
        {
            Generation++;
            System.Buffer.BlockCopy(Buffer, Start, Buffer, 0, End - Start);
            (Start, End) = (0, End - Start);
        }

        if (_isAtEnd || End == Buffer.Length)
        {
            return false;
        }

        int count = _inner.Read(Buffer.AsSpan(End));
        End += count;
        _isAtEnd = count == 0;
        return count > 0;
    }

    /// <summary>
    /// The parser goes on at a place, with some made-up start tags first; it gets everything, or what there is up to the end of the next
    /// data set's start tag when that is in the buffer.
    /// </summary>
    public void Release(byte[] synthetic, int line, int column)
    {
        (_limit, _synthetic, _syntheticAt) = (-1, synthetic, 0);
        while (Refill())
        {
        }

        Hold(Start, line, column);
    }

    public override int Read(Span<byte> buffer)
    {
        if (!_isPrepared)
        {
            Prepare();
        }

        if (_syntheticAt < _synthetic.Length)
        {
            return Take(_synthetic.AsSpan(_syntheticAt), buffer, ref _syntheticAt);
        }

        int start = Start, end = End;
        if (_limit >= 0 && start < _limit)
        {
            end = _limit;
        }
        else
        {
            _limit = -1;
        }

        int count = start == end ? _inner.Read(buffer) : Take(Buffer.AsSpan(start, end - start), buffer, ref start);
        Start = start;
        IsAtEnd |= count == 0 && !buffer.IsEmpty;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static int Take(ReadOnlySpan<byte> from, Span<byte> to, ref int at)
    {
        int count = Math.Min(from.Length, to.Length);
        from[..count].CopyTo(to);
        at += count;
        return count;
    }

    private void Prepare()
    {
        _isPrepared = true;
        while (Refill())
        {
        }

        int bom = Buffer.AsSpan(0, End).StartsWith("\uFEFF"u8) ? 3 : 0;
        if (IsUtf8(Buffer.AsSpan(bom, End - bom)))
        {
            Hold(bom, 1, 1);
        }
    }

    /// <summary>Looks for the next start tag of a data set; the bytes from which it looks are at the place given.</summary>
    private void Hold(int start, int line, int column)
    {
        ReadOnlySpan<byte> bytes = Buffer.AsSpan(start, End - start);
        int length = EndOfStartTag(bytes);
        ReadOnlySpan<byte> passed = bytes[..Math.Max(length, 0)];

        // A lone carriage return ends a line too; who sends such a message gets the parser's own count.
        if (length < 0 || passed.Count((byte)'\r') != passed.Count("\r\n"u8))
        {
            return;
        }

        int lines = passed.Count((byte)'\n');
        _limit = start + length;
        HeldLine = line + lines;
        HeldColumn = (lines > 0 ? 1 : column) + System.Text.Encoding.UTF8.GetCharCount(passed[(passed.LastIndexOf((byte)'\n') + 1)..]);
    }

    /// <summary>True for UTF-8 and its subset ASCII, declared or by default.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("<?xml"u8))
        {
            return true;
        }

        int end = bytes.IndexOf("?>"u8);
        string declaration = System.Text.Encoding.Latin1.GetString(bytes[..Math.Max(end, 0)]);
        int encoding = declaration.IndexOf("encoding", StringComparison.Ordinal);
        return end > 0 && (encoding < 0 || declaration.IndexOf("utf-8", encoding, StringComparison.OrdinalIgnoreCase) > 0);
    }

    /// <summary>Where the next start tag of a data set ends; -1 when there is none, or an empty one.</summary>
    private static int EndOfStartTag(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; bytes[at..].IndexOf("DataSet"u8) is >= 0 and int found; at += found + 1)
        {
            int name = at + found, after = name + 7;
            int open = name - 1;
            while (open > 0 && (char.IsAsciiLetterOrDigit((char)bytes[open]) || bytes[open] == ':'))
            {
                open--;
            }

            if (open < 0 || bytes[open] != '<' || (name - 1 > open && bytes[name - 1] != ':') || after >= bytes.Length || bytes[after] is not ((byte)' ' or (byte)'>' or (byte)'\n' or (byte)'\r'))
            {
                continue;
            }

            for (byte quote = 0; after < bytes.Length; after++)
            {
                byte b = bytes[after];
                quote = quote != 0 ? (b == quote ? (byte)0 : quote) : b is (byte)'"' or (byte)'\'' ? b : (byte)0;
                if (quote == 0 && b == '>')
                {
                    return bytes[after - 1] == '/' ? -1 : after + 1;
                }
            }

            return -1;
        }

        return -1;
    }
}
