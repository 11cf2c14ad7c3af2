using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Dsm.Exchange.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Dsm.Exchange.Submissions;

/// <summary>What was kept of a stream.</summary>
/// <param name="Hash">SHA-256 of the bytes, lower-case hexadecimal.</param>
/// <param name="Length">Number of bytes.</param>
public sealed record StoredContent(string Hash, long Length);

/// <summary>
/// Bytes as received, in the database, each content once, found by its hash. Kept in parts of at most 1 MiB, each compressed when
/// that saves a tenth or more; streamed in and out, never whole in memory.
/// </summary>
public sealed class SubmissionContents(HubDatabase database)
{
    /// <summary>Bytes of a part before compression.</summary>
    public const int PartLength = 1024 * 1024;

    /// <summary>Keeps a stream to its end, in a transaction of its own.</summary>
    /// <exception cref="IOException">The stream broke off; nothing is kept.</exception>
    public async Task<StoredContent> KeepAsync(Stream content, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await database.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        StoredContent stored = await KeepAsync(connection, content, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return stored;
    }

    /// <summary>Opens kept bytes for reading; the caller disposes the stream.</summary>
    /// <exception cref="FileNotFoundException">There is no content with this hash.</exception>
    public async Task<Stream> OpenAsync(string hash, CancellationToken ct)
    {
        await using NpgsqlCommand find = database.DataSource.CreateCommand("SELECT id, length FROM content WHERE sha256 = $1");
        find.Parameters.Add(new() { Value = hash });
        await using NpgsqlDataReader row = await find.ExecuteReaderAsync(ct).ConfigureAwait(false);
        return await row.ReadAsync(ct).ConfigureAwait(false)
            ? new StoredContentStream(database.DataSource, row.GetInt64(0), row.GetInt64(1))
            : throw new FileNotFoundException("No content with this hash is kept.", hash);
    }

    internal static async Task<StoredContent> KeepAsync(NpgsqlConnection connection, Stream content, CancellationToken ct)
    {
        await using NpgsqlCommand create = new("INSERT INTO content (length) VALUES (0) RETURNING id", connection);
        long id = (long)(await create.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
        using IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PartLength);
        try
        {
            long length = 0;
            for (int ordinal = 0; ; ordinal++)
            {
                int count = await content.ReadAtLeastAsync(buffer.AsMemory(0, PartLength), PartLength, throwOnEndOfStream: false, ct).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                sha.AppendData(buffer, 0, count);
                length += count;
                await WritePartAsync(connection, id, ordinal, buffer.AsMemory(0, count), ct).ConfigureAwait(false);
            }

            string hash = Convert.ToHexStringLower(sha.GetHashAndReset());
            await FinishAsync(connection, id, hash, length, ct).ConfigureAwait(false);
            return new StoredContent(hash, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task WritePartAsync(NpgsqlConnection connection, long id, int ordinal, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes.Span);
        }

        bool helps = packed.Length < bytes.Length * 9L / 10;
        await using NpgsqlCommand insert = new("INSERT INTO content_part (content_id, ordinal, is_compressed, bytes) VALUES ($1, $2, $3, $4)", connection)
        {
            Parameters =
            {
                new() { Value = id },
                new() { Value = ordinal },
                new() { Value = helps },
                new() { Value = helps ? packed.GetBuffer().AsMemory(0, (int)packed.Length) : bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
            },
        };
        await insert.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    private static async Task FinishAsync(NpgsqlConnection connection, long id, string hash, long length, CancellationToken ct)
    {
        // The lock makes two arrivals of the same bytes at the same time one after the other.
        await using NpgsqlCommand gate = new("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = hash } } };
        await gate.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        await using NpgsqlCommand name = new(
            "UPDATE content SET sha256 = $2, length = $3 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM content WHERE sha256 = $2)", connection)
        {
            Parameters = { new() { Value = id }, new() { Value = hash }, new() { Value = length } },
        };
        if (await name.ExecuteNonQueryAsync(ct).ConfigureAwait(false) == 0)
        {
            await using NpgsqlCommand drop = new("DELETE FROM content WHERE id = $1", connection) { Parameters = { new() { Value = id } } };
            await drop.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }
    }
}
