using Npgsql;

namespace Dsm.Exchange.Harvesting;

/// <summary>
/// Watches over one run: gives signs of life in the ledger over the lease's connection, sees there whether somebody wants the run
/// stopped, on whatever node, and ends it at its time limit or when the lease is lost.
/// </summary>
internal sealed class HarvestWatch : IAsyncDisposable
{
    private const string Beat =
        """
        UPDATE harvest_run SET heartbeat_at = @now, stage = @stage, attempts = @attempts, http_status = @status, bytes_received = @bytes
        WHERE id = @id RETURNING stop_requested_by
        """;

    private readonly HarvestLease lease;
    private readonly HarvestRun run;
    private readonly HarvestOptions options;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource ended = new();
    private readonly CancellationTokenSource limit;
    private readonly CancellationTokenSource all;
    private readonly Task beating;

    public HarvestWatch(HarvestLease lease, HarvestRun run, TimeSpan runLimit, HarvestOptions options, TimeProvider clock, CancellationToken ct)
    {
        this.lease = lease;
        this.run = run;
        this.options = options;
        this.clock = clock;
        limit = new CancellationTokenSource(runLimit, clock);
        all = CancellationTokenSource.CreateLinkedTokenSource(ct, ended.Token, limit.Token);
        Token = all.Token;
        beating = Task.Run(BeatAsync, CancellationToken.None);
    }

    /// <summary>Ends with the run's time, by a person, with the lease or with the node.</summary>
    public CancellationToken Token { get; }

    /// <summary>User who wants it stopped; null when nobody does.</summary>
    public string? StoppedBy { get; private set; }

    /// <summary>True when the time limit was reached.</summary>
    public bool IsOverLimit => limit.IsCancellationRequested;

    /// <summary>Why the lease was lost; null while it is held.</summary>
    public Exception? Loss { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync().ConfigureAwait(false);
        await beating.ConfigureAwait(false);
        all.Dispose();
        limit.Dispose();
        ended.Dispose();
    }

    private async Task BeatAsync()
    {
        try
        {
            while (!all.IsCancellationRequested)
            {
                StoppedBy = await BeatOnceAsync().ConfigureAwait(false);
                if (StoppedBy is not null)
                {
                    await ended.CancelAsync().ConfigureAwait(false);
                    return;
                }

                await Task.Delay(options.Heartbeat, clock, all.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The run ended.
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException or TimeoutException)
        {
            Loss = e;
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task<string?> BeatOnceAsync()
    {
        await using NpgsqlCommand beat = new(Beat, lease.Connection);
        beat.Parameters.AddWithValue("now", clock.GetUtcNow().UtcDateTime);
        beat.Parameters.AddWithValue("stage", run.Stage);
        beat.Parameters.AddWithValue("attempts", run.Attempts);
        beat.Parameters.AddWithValue("status", NpgsqlTypes.NpgsqlDbType.Integer, (object?)run.HttpStatus ?? DBNull.Value);
        beat.Parameters.AddWithValue("bytes", run.BytesReceived);
        beat.Parameters.AddWithValue("id", run.Id);
        return await beat.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false) as string;
    }
}
