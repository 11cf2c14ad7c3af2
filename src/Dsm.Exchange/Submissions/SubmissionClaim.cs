using Dsm.Exchange.Storage;
using Npgsql;

namespace Dsm.Exchange.Submissions;

/// <summary>Only one node works on a submission at a time; the claim ends with its connection, whatever happens to the process.</summary>
internal sealed class SubmissionClaim : IAsyncDisposable
{
    private const long Namespace = 0x5355_4243_0000_0000;
    private readonly NpgsqlConnection _connection;

    private SubmissionClaim(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Waits until nobody else works on the submission.</summary>
    public static async Task<SubmissionClaim> TakeAsync(HubDatabase database, long submissionId, CancellationToken ct)
    {
        NpgsqlConnection connection = await database.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        try
        {
            await using NpgsqlCommand command = new("SELECT pg_advisory_lock($1)", connection) { Parameters = { new() { Value = Namespace + submissionId } }, CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            return new SubmissionClaim(connection);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Giving the connection back to the pool resets it, locks included.
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
