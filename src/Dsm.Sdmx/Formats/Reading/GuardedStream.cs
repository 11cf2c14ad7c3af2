using System.Globalization;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Reading;

/// <summary>
/// A message's bytes on their way to a reader: stops a message that is larger than allowed (a small gzip file can hold gigabytes)
/// and says so when compressed bytes break off. Failures of the stream itself (<see cref="IOException"/>) pass.
/// </summary>
internal sealed class GuardedStream(Stream inner, long limit) : Stream
{
    private readonly byte[] _tail = new byte[256];
    private int _tailLength;
    private long _count;

    /// <summary>True when the end of the bytes was read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The last bytes that were read.</summary>
    public ReadOnlySpan<byte> Tail => _tail.AsSpan(0, _tailLength);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = inner.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw new MessageException(new Issue(IssueCodes.Truncated, Location.None));
        }

        _count += count;
        if (_count > limit)
        {
            string megabytes = (limit / (1024 * 1024)).ToString(CultureInfo.InvariantCulture) + " MiB";
            throw new MessageException(new Issue(IssueCodes.TooLarge, Location.None, "message", megabytes));
        }

        IsAtEnd |= count == 0 && !buffer.IsEmpty;
        Keep(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Keep(ReadOnlySpan<byte> block)
    {
        if (block.Length >= _tail.Length)
        {
            block[^_tail.Length..].CopyTo(_tail);
            _tailLength = _tail.Length;
            return;
        }

        int kept = Math.Min(_tailLength, _tail.Length - block.Length);
        _tail.AsSpan(_tailLength - kept, kept).CopyTo(_tail);
        block.CopyTo(_tail.AsSpan(kept));
        _tailLength = kept + block.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
