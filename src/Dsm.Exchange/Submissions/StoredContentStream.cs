using System.IO.Compression;
using Npgsql;

namespace Dsm.Exchange.Submissions;

/// <summary>Reads kept bytes part by part; holds no connection between parts. Forward only.</summary>
internal sealed class StoredContentStream(NpgsqlDataSource source, long contentId, long length) : Stream
{
    private Stream _part = Null;
    private int _next;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            int count = _part.Read(buffer);
            _position += count;
            if (count > 0 || buffer.IsEmpty || _position >= length)
            {
                return count;
            }

            using NpgsqlCommand command = Command();
            using NpgsqlDataReader row = command.ExecuteReader();
            Take(row, row.Read());
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            int count = await _part.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            _position += count;
            if (count > 0 || buffer.IsEmpty || _position >= length)
            {
                return count;
            }

            await using NpgsqlCommand command = Command();
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            Take(row, await row.ReadAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private NpgsqlCommand Command()
    {
        NpgsqlCommand command = source.CreateCommand("SELECT is_compressed, bytes FROM content_part WHERE content_id = $1 AND ordinal = $2");
        command.Parameters.Add(new() { Value = contentId });
        command.Parameters.Add(new() { Value = _next++ });
        return command;
    }

    private void Take(NpgsqlDataReader row, bool isThere)
    {
        if (!isThere)
        {
            throw new EndOfStreamException("A part of kept content is missing.");
        }

        MemoryStream bytes = new(row.GetFieldValue<byte[]>(1), writable: false);
        _part.Dispose();
        _part = row.GetBoolean(0) ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
    }
}
