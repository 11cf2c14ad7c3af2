using System.Collections.Concurrent;
using Dsm.Exchange.Storage;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// The states of flows, kept in memory while they cannot have changed: until a merge or release on any node, until the next embargo or
/// release becomes due, and never long. Thread-safe.
/// </summary>
internal sealed class FlowStates(HubDatabase database, TimeProvider clock)
{
    private const int MaxFlows = 10_000;

    /// <summary>A notification may be lost with its connection, and that is found out within seconds: no state is kept longer than this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>The state of a flow when it is known to be so still; no look at the database.</summary>
    public FlowState? Known(string urn)
        => _known.TryGetValue(urn, out Known? known) && database.Flows.IsListening && known.Generation == database.Flows.Generation && clock.GetUtcNow() < known.Until
            ? known.State
            : null;

    /// <summary>The state of a flow.</summary>
    public async ValueTask<FlowState> GetAsync(string urn, CancellationToken ct)
    {
        if (Known(urn) is { } state)
        {
            return state;
        }

        // Asked before reading: a change in between makes what was read worthless.
        bool listens = database.Flows.IsListening;
        long generation = database.Flows.Generation;
        Known read = await ReadAsync(urn, generation, ct).ConfigureAwait(false);
        if (listens)
        {
            if (_known.Count >= MaxFlows)
            {
                _known.Clear();
            }

            // The same state stays the same object: callers may compare what they made of it by reference.
            if (_known.TryGetValue(urn, out Known? before) && before.State == read.State)
            {
                read = read with { State = before.State };
            }

            _known[urn] = read;
        }

        return read.State;
    }

    private async Task<Known> ReadAsync(string urn, long generation, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlCommand command = database.DataSource.CreateCommand(
            """
            SELECT f.version, f.changed_at, e.lapsed, e.last, r.released, r.last, n.next, w.next
              FROM flow f
             CROSS JOIN LATERAL (SELECT count(*) AS lapsed, max(a.embargo_until) AS last
                                   FROM series_attributes a JOIN series s ON s.id = a.series_id
                                  WHERE a.embargo_until <= $2 AND a.closed_by IS NULL AND s.flow_id = f.id) e
             CROSS JOIN LATERAL (SELECT min(a.embargo_until) AS next
                                   FROM series_attributes a JOIN series s ON s.id = a.series_id
                                  WHERE a.embargo_until > $2 AND a.embargo_until < $3 AND a.closed_by IS NULL AND s.flow_id = f.id) n
             CROSS JOIN LATERAL (SELECT count(*) AS released, max(g.released_at) AS last
                                   FROM agreement g WHERE g.flow_id = f.id AND g.released_at <= $2 AND g.released_at > '-infinity') r
             CROSS JOIN LATERAL (SELECT min(g.released_at) AS next
                                   FROM agreement g WHERE g.flow_id = f.id AND g.released_at > $2 AND g.released_at < $3) w
             WHERE f.urn = $1
            """);
        command.Parameters.Add(new() { Value = urn });
        command.Parameters.Add(new() { Value = now.UtcDateTime });
        command.Parameters.Add(new() { Value = (now + Longest).UtcDateTime });
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        if (!await row.ReadAsync(ct).ConfigureAwait(false) || row.IsDBNull(1))
        {
            return new Known(new FlowState("", null), generation, now + Longest);
        }

        DateTime changed = new[] { 1, 3, 5 }.Where(i => !row.IsDBNull(i)).Max(row.GetDateTime);
        DateTimeOffset until = new[] { 6, 7 }.Where(i => !row.IsDBNull(i)).Select(i => new DateTimeOffset(row.GetDateTime(i)))
            .Append(now + Longest).Min();
        return new Known(new FlowState($"{row.GetInt64(0)}.{row.GetInt64(2)}.{row.GetInt64(4)}", new DateTimeOffset(changed)), generation, until);
    }
}

/// <summary>What is known of a flow, and how long.</summary>
/// <param name="State">The state.</param>
/// <param name="Generation">Of all flows, before it was read.</param>
/// <param name="Until">When time itself may change it.</param>
internal sealed record Known(FlowState State, long Generation, DateTimeOffset Until);
