using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Harvesting;

/// <summary>
/// The bytes of an answer as they come over the line: gives up after a time of silence, counts, and says in the hub's own words when
/// the connection breaks. Read only, forward only.
/// </summary>
internal sealed class SourceBody(Stream inner, string url, TimeSpan silence, TimeProvider clock, Action<int> received) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource patience = new(silence, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            int count = await inner.ReadAsync(buffer, either.Token).ConfigureAwait(false);
            received(count);
            return count;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Timeout(url, silence);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw BrokeOff(url, e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Sources are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    internal static SourceException Timeout(string url, TimeSpan silence)
        => new(new Issue(ExchangeIssues.SourceTimeout, Location.None, url, (int)Math.Ceiling(silence.TotalSeconds)), isTransient: true);

    internal static SourceException BrokeOff(string url, Exception? inner)
        => new(new Issue(ExchangeIssues.SourceBrokeOff, Location.None, url), isTransient: true, inner: inner);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
