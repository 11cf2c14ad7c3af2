using Dsm.Exchange.Storage;
using Npgsql;

namespace Dsm.Exchange.Submissions;

/// <summary>Only one node works on a submission at a time; the claim ends with its connection, whatever happens to the process.</summary>
internal sealed class SubmissionClaim : IAsyncDisposable
{
    private const long Namespace = 0x5355_4243_0000_0000;
    private readonly NpgsqlConnection _connection;
    private readonly long _lock;

    private SubmissionClaim(NpgsqlConnection connection, long @lock) => (_connection, _lock) = (connection, @lock);

    /// <summary>Waits until nobody else works on the submission.</summary>
    public static async Task<SubmissionClaim> TakeAsync(HubDatabase database, long submissionId, CancellationToken ct)
    {
        NpgsqlConnection connection = await database.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        try
        {
            await using NpgsqlCommand command = new("SELECT pg_advisory_lock($1)", connection) { Parameters = { new() { Value = Namespace + submissionId } }, CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            return new SubmissionClaim(connection, Namespace + submissionId);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Gives the claim back at once: a connection that goes back to the pool keeps its locks until somebody uses it again.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await using NpgsqlCommand command = new("SELECT pg_advisory_unlock($1)", _connection) { Parameters = { new() { Value = _lock } } };
            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is lost, and the claim with it.
        }
        finally
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
