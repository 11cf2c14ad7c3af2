using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Keeps the rest of a message so that it can be gone through twice: the first MiB in memory, a longer rest in a temporary file
/// that is gone when the spool is disposed of. Its views are read one at a time, on one thread.
/// </summary>
internal sealed class JsonSpool : IDisposable
{
    private const int MaxMemory = 1024 * 1024;

    private readonly long _from;
    private Stream _store = new MemoryStream();
    private readonly MessageException? _fault;

    /// <summary>Takes what is in a buffer, then all of a stream.</summary>
    /// <param name="buffered">The first bytes.</param>
    /// <param name="rest">The bytes behind them.</param>
    /// <param name="from">How many bytes of the message were before all of these.</param>
    /// <param name="fault">What is wrong behind the first bytes; then there are no more.</param>
    public JsonSpool(ReadOnlySpan<byte> buffered, Stream rest, long from, MessageException? fault)
    {
        _from = from;
        _fault = fault;
        _store.Write(buffered);
        if (fault is not null)
        {
            return;
        }

        byte[] block = new byte[64 * 1024];
        try
        {
            for (int count = rest.Read(block, 0, block.Length); count > 0; count = rest.Read(block, 0, block.Length))
            {
                if (_store is MemoryStream && _store.Length + count > MaxMemory)
                {
                    MoveToFile();
                }

                _store.Write(block, 0, count);
            }
        }
        catch (MessageException e)
        {
            // What came before can still be read; the fault belongs to its end.
            _fault = e;
        }
    }

    /// <summary>The bytes from a place of the message on.</summary>
    public Stream From(long offset) => new View(this, offset - _from);

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private void MoveToFile()
    {
        string path = Path.Combine(Path.GetTempPath(), "sdmx-" + Path.GetRandomFileName());
        FileStream file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        ((MemoryStream)_store).WriteTo(file);
        _store = file;
    }

    private sealed class View(JsonSpool spool, long position) : Stream
    {
        private long _position = position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            spool._store.Position = _position;
            int count = spool._store.Read(buffer);
            _position += count;
            return count == 0 && !buffer.IsEmpty && spool._fault is { } fault ? throw fault : count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
