using System.Text;

namespace Dsm.Sdmx.Tests.Hostile;

/// <summary>
/// A message that is made while it is read: a beginning, a part again and again (with its number in the place of <c>#</c>), an end.
/// Watches how much memory is held meanwhile.
/// </summary>
internal sealed class HostileStream(string start, string part, long times, string end, Encoding? encoding = null) : Stream
{
    private const long Watch = 2L << 20;

    private readonly Encoding _encoding = encoding ?? new UTF8Encoding(false);
    private readonly bool _isNumbered = part.Contains('#', StringComparison.Ordinal);
    private readonly long _base = Held();
    private readonly HostileStream? _first;
    private byte[] _block = [];
    private int _at;
    private long _number = -1;
    private long _untilWatch = Watch;

    private HostileStream(HostileStream first, string start, string part, long times, string end, Encoding encoding)
        : this(start, part, times, end, encoding) => _first = first;

    /// <summary>Most memory held while this was read, in bytes.</summary>
    public long Peak { get; private set; }

    /// <summary>Bytes that were read.</summary>
    public long Served { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The same bytes from the beginning; what is read counts here too.</summary>
    public HostileStream Again() => new(this, start, part, times, end, _encoding);

    public override int Read(Span<byte> buffer)
    {
        if (_at == _block.Length && !Next())
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, _block.Length - _at);
        _block.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        Count(count);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static long Held()
    {
        GC.Collect();
        return GC.GetTotalMemory(false);
    }

    private bool Next()
    {
        _at = 0;
        if (_number < 0)
        {
            _number = 0;
            _block = _encoding.GetBytes(start);
            return true;
        }

        if (_number < times)
        {
            StringBuilder text = new(66_000);
            while (_number < times && text.Length < 65_000)
            {
                text.Append(_isNumbered ? part.Replace("#", _number.ToString("X8", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal) : part);
                _number++;
            }

            _block = _encoding.GetBytes(text.ToString());
            return true;
        }

        if (_number == times)
        {
            _number++;
            _block = _encoding.GetBytes(end);
            return _block.Length > 0;
        }

        // Who asks again at the end gets the end again.
        _block = [];
        return false;
    }

    private void Count(int bytes)
    {
        Served += bytes;
        if (_first is not null)
        {
            _first.Served += bytes;
        }

        if ((_untilWatch -= bytes) <= 0)
        {
            _untilWatch = Watch;
            Peak = Math.Max(Peak, Held() - _base);
            if (_first is not null)
            {
                _first.Peak = Math.Max(_first.Peak, Peak);
            }
        }
    }
}
