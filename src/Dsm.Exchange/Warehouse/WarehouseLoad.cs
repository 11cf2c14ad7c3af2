using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// The way of one message into the warehouse: <see cref="StageAsync"/> for every batch, then <see cref="MergeAsync"/> once. One
/// connection; the merge is one transaction, so that readers see all data sets of the message or none. Not thread-safe.
/// </summary>
public sealed class WarehouseLoad : IAsyncDisposable
{
    // First halves of advisory locks: "merge of a flow", and the one lock of publishing.
    private const int FlowLock = 0x464C4F57;
    private const int PublishLock = 0x50554253;
    private readonly FlowWatch _flows;
    private readonly NpgsqlConnection _connection;
    private readonly LoadTarget _target;
    private readonly LoadIdentity _identity;
    private readonly StoredLayout _layout;
    private readonly Staging _staging;
    private int _dataSet = -1;
    private DataSetSpace? _space;
    private bool _deletes;

    private WarehouseLoad(FlowWatch flows, NpgsqlConnection connection, LoadTarget target, LoadIdentity identity, StoredLayout layout, Staging staging)
        => (_flows, _connection, _target, _identity, _layout, _staging) = (flows, connection, target, identity, layout, staging);

    /// <summary>Observations staged so far.</summary>
    public long Staged => _staging.Observations;

    /// <summary>Opens a connection and makes staging ready.</summary>
    public static async Task<WarehouseLoad> OpenAsync(HubDatabase database, LoadTarget target, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(target);
        NpgsqlConnection connection = await database.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        try
        {
            LoadIdentity identity = await LoadIdentity.ResolveAsync(connection, target, ct).ConfigureAwait(false);
            StoredLayout layout = new(target.Schema, target.StateDimension);
            return new WarehouseLoad(database.Flows, connection, target, identity, layout, await Staging.CreateAsync(connection, layout, ct).ConfigureAwait(false));
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stages the observations of a batch that were not refused. The batch follows the schema of the target; a new space starts a data set.</summary>
    public ValueTask StageAsync(ObservationBatch batch, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!ReferenceEquals(batch.Space, _space))
        {
            _space = batch.Space;
            _dataSet++;
        }

        RunKind kind = batch.Space.Header.Action switch
        {
            DataSetAction.Delete => RunKind.Delete,
            DataSetAction.Replace => RunKind.Replace,
            _ => RunKind.Merge,
        };
        _deletes |= kind == RunKind.Delete;
        return _staging.AddAsync(batch, _dataSet, kind, ct);
    }

    /// <summary>Compares what was staged with what there is and publishes the difference.</summary>
    /// <param name="options">What is known of the message.</param>
    /// <param name="issues">Told which observations are refused here.</param>
    /// <param name="record">Called within the publishing transaction, so that what it writes is there if and only if the data are.</param>
    /// <param name="ct">Ends the merge; nothing has changed then.</param>
    public async Task<MergeResult> MergeAsync(MergeOptions options, IssueList issues, Func<NpgsqlConnection, MergeResult, CancellationToken, Task>? record, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        await _staging.FinishAsync(ct).ConfigureAwait(false);
        await using NpgsqlTransaction transaction = await _connection.BeginTransactionAsync(ct).ConfigureAwait(false);

        // Merges of one flow are one after the other: a series and its owner are decided once.
        await ExecuteAsync($"SET LOCAL work_mem = '64MB'; SELECT pg_advisory_xact_lock({FlowLock}, {_identity.FlowId})", ct).ConfigureAwait(false);
        await _staging.ExpandAsync(_identity.FlowId, _identity.AgreementId, ct).ConfigureAwait(false);

        bool isSnapshot = _target.IsSnapshot && !_deletes, withdraws = isSnapshot && Withdraws(options, issues);
        long current = isSnapshot ? await CurrentAsync(ct).ConfigureAwait(false) : 0;
        SeriesMerge merge = new(_layout, _target.IsSummed, isSnapshot, withdraws);
        StagedMerge work = new(_connection, _identity, _layout, merge, _staging, issues);
        long versions = await work.RunAsync(ct).ConfigureAwait(false);
        if (withdraws)
        {
            versions += await work.WithdrawMissingAsync(ct).ConfigureAwait(false);
        }

        MergeResult result = new(MergeOutcome.Published, CountsOf(options, merge.Counts), versions, current, null);
        MergeOutcome outcome = OutcomeOf(options, result);
        if (outcome != MergeOutcome.Published)
        {
            await transaction.RollbackAsync(ct).ConfigureAwait(false);
            return result with { Outcome = outcome };
        }

        result = result with { PublishedAt = await PublishAsync(ct).ConfigureAwait(false) };
        if (record is not null)
        {
            await record(_connection, result, ct).ConfigureAwait(false);
        }

        // Not to be called off any more: nobody could tell whether it happened.
        ct.ThrowIfCancellationRequested();
        try
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            // Other nodes are told by the commit itself. This one must not wait for that, and a commit that fails may have happened.
            _flows.Changed();
        }

        return result;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _staging.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    // What is absent is withdrawn, but a message that deletes by name says nothing by silence, nor does one of which something could not
    // be placed: that may be the very observation that seems to be absent.
    private bool Withdraws(MergeOptions options, IssueList issues)
    {
        long unplaced = options.Refused - _staging.Refused;
        if (unplaced > 0)
        {
            issues.Add(new Issue(ExchangeIssues.NothingWithdrawn, Location.None, unplaced));
        }

        return unplaced <= 0;
    }

    private static MergeCounts CountsOf(MergeOptions options, Tally tally) => new()
    {
        Read = options.Read + tally.Withdrawn + tally.Bulk,
        Added = tally.Added,
        Changed = tally.Changed,
        Removed = tally.Removed + tally.Withdrawn,
        Same = tally.Same,
        Refused = options.Refused + tally.Refused,
        Withdrawn = tally.Withdrawn,
    };

    private static MergeOutcome OutcomeOf(MergeOptions options, MergeResult result)
    {
        if (!result.Counts.IsBalanced)
        {
            return MergeOutcome.Unbalanced;
        }

        if (options.MaxWithdrawnShare is { } share && result.Counts.Withdrawn > share * result.CurrentObservations)
        {
            return MergeOutcome.TooMuchWithdrawn;
        }

        return options.CheckOnly ? MergeOutcome.Checked : result.SeriesVersions == 0 ? MergeOutcome.Unchanged : MergeOutcome.Published;
    }

    private async Task<long> CurrentAsync(CancellationToken ct)
    {
        await using NpgsqlCommand command = new(
            """
            SELECT coalesce(sum(c.observations), 0)::bigint
              FROM series s JOIN series_chunk c ON c.series_id = s.id AND c.closed_by IS NULL
             WHERE s.agreement_id = $1
            """, _connection)
        { Parameters = { new() { Value = _identity.AgreementId } }, CommandTimeout = 0 };
        return (long)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
    }

    // The lock is held from here to the commit: published_at ascends in the order in which readers come to see it.
    private async Task<DateTimeOffset> PublishAsync(CancellationToken ct)
    {
        await ExecuteAsync($"SELECT pg_advisory_xact_lock({PublishLock}, 0)", ct).ConfigureAwait(false);
        await using NpgsqlCommand publish = new(
            """
            WITH published AS (
                INSERT INTO publication (submission_id, flow_id, published_at)
                SELECT $1, $2, greatest(clock_timestamp(), (SELECT max(published_at) FROM publication) + interval '1 microsecond')
                RETURNING published_at),
            stamped AS (
                UPDATE flow SET version = version + 1, changed_at = (SELECT published_at FROM published) WHERE id = $2)
            SELECT published_at FROM published
            """, _connection)
        { Parameters = { new() { Value = _identity.SubmissionId }, new() { Value = _identity.FlowId } } };
        await ExecuteAsync(FlowWatch.Notify, ct).ConfigureAwait(false);
        return new DateTimeOffset((DateTime)(await publish.ExecuteScalarAsync(ct).ConfigureAwait(false))!);
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(sql, _connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }
}
