using System.Buffers;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Keeps the rest of a message so that it can be gone through twice: up to 16 MiB in (pooled) memory, a longer rest in a temporary file
/// that is gone when the spool is disposed of. It fills as its bytes are first asked for. Its views are read one at a time, on one thread.
/// </summary>
internal sealed class JsonSpool : IDisposable
{
    private const int MaxOwnMemory = 1024 * 1024;
    private const int MaxMemory = 16 * 1024 * 1024;

    private readonly Stream _source;
    private readonly long _from;
    private Stream _store = new MemoryStream();
    private byte[]? _pooled;
    private MessageException? _fault;

    /// <summary>Takes what is in a buffer, and later all of a stream.</summary>
    /// <param name="buffered">The first bytes.</param>
    /// <param name="source">The bytes behind them.</param>
    /// <param name="from">How many bytes of the message were before all of these.</param>
    /// <param name="fault">What is wrong behind the first bytes; then there are no more.</param>
    public JsonSpool(ReadOnlySpan<byte> buffered, Stream source, long from, MessageException? fault)
    {
        _source = source;
        _from = from;
        _fault = fault;
        _store.Write(buffered);
    }

    /// <summary>The bytes from a place of the message on.</summary>
    public Stream From(long offset) => new View(this, offset - _from);

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Dispose();
        Return();
    }

    private void Return()
    {
        if (_pooled is not null)
        {
            ArrayPool<byte>.Shared.Return(_pooled);
            _pooled = null;
        }
    }

    private int Read(Span<byte> buffer, long position)
    {
        if (position < _store.Length)
        {
            _store.Position = position;
            return _store.Read(buffer);
        }

        if (_fault is not null)
        {
            throw _fault;
        }

        try
        {
            int count = _source.Read(buffer);
            Keep(buffer[..count]);
            return count;
        }
        catch (MessageException e)
        {
            // What came before can still be read; the fault belongs to its end.
            _fault = e;
            throw;
        }
    }

    private void Keep(ReadOnlySpan<byte> block)
    {
        if (_store is MemoryStream memory)
        {
            long length = _store.Length + block.Length;
            if (length > MaxMemory)
            {
                MoveToFile();
            }
            else if (length > MaxOwnMemory && _pooled is null)
            {
                _pooled = ArrayPool<byte>.Shared.Rent(MaxMemory);
                _store = new MemoryStream(_pooled);
                _store.SetLength(0);
                memory.WriteTo(_store);
            }
        }

        _store.Position = _store.Length;
        _store.Write(block);
    }

    private void MoveToFile()
    {
        string path = Path.Combine(Path.GetTempPath(), "sdmx-" + Path.GetRandomFileName());
        FileStream file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        ((MemoryStream)_store).WriteTo(file);
        _store = file;
        Return();
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
            int count = spool.Read(buffer, _position);
            _position += count;
            return count;
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
