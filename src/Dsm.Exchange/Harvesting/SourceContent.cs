using System.IO.Compression;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Harvesting;

/// <summary>
/// The content of an answer, unpacked from its transfer coding, up to a limit: a small answer may hold a very large content.
/// Read only, forward only.
/// </summary>
internal sealed class SourceContent(Stream unpacked, string url, long limit) : Stream
{
    private long total;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Unpacks a body by the value of Content-Encoding.</summary>
    /// <exception cref="SourceException">The coding is none that was asked for.</exception>
    public static SourceContent Unpack(Stream body, string? coding, string url, long limit) => new(
        coding?.Trim().ToLowerInvariant() switch
        {
            null or "" or "identity" => body,
            "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(body, CompressionMode.Decompress),
            _ => throw new SourceException(new Issue(ExchangeIssues.SourceCoding, Location.None, coding, url), isTransient: false),
        },
        url,
        limit);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        try
        {
            count = await unpacked.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            // BrotliStream says InvalidOperationException for damaged data.
            throw SourceBody.BrokeOff(url, e);
        }

        total += count;
        return total <= limit
            ? count
            : throw new SourceException(new Issue(ExchangeIssues.SourceTooLarge, Location.None, limit, url), isTransient: false);
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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose();
        }

        base.Dispose(disposing);
    }
}
