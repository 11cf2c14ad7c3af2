using Npgsql;

namespace Dsm.Exchange.Registry;

/// <summary>
/// When the artefacts of each agency last changed, up to a transaction: so that what is told of a cut of the registry (versions, tags,
/// instants) tells nothing of changes in what is left out.
/// </summary>
internal sealed class AgencyChanges
{
    // A change of who sees an agency concerns everybody; it touches no artefact.
    private const string Sql =
        """
        SELECT c.agency, t.id, t.at
        FROM (
            SELECT agency, max(number) AS number
            FROM (
                SELECT substring(urn FROM '=([^:(]+):') AS agency, opened_by AS number FROM structure WHERE opened_by <= $1
                UNION ALL SELECT substring(urn FROM '=([^:(]+):'), closed_by FROM structure WHERE closed_by <= $1
                UNION ALL SELECT '', id FROM structure_transaction WHERE status = 'Applied' AND origin LIKE 'space %' AND id <= $1) touched
            GROUP BY agency) c
        JOIN structure_transaction t ON t.id = c.number
        """;

    private readonly Dictionary<string, (long Number, DateTimeOffset At)> _last;

    private AgencyChanges(Dictionary<string, (long, DateTimeOffset)> last) => _last = last;

    /// <summary>No change.</summary>
    public static AgencyChanges None { get; } = new([]);

    /// <summary>Reads the last changes up to a transaction.</summary>
    public static async Task<AgencyChanges> ReadAsync(NpgsqlDataSource database, long transaction, CancellationToken ct)
    {
        await using NpgsqlCommand command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = transaction });
        Dictionary<string, (long, DateTimeOffset)> last = [];
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            last[row.IsDBNull(0) ? "" : row.GetString(0)] = (row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2));
        }

        return new AgencyChanges(last);
    }

    /// <summary>The last transaction that concerned some of the agencies, and when it was; zero when there was none.</summary>
    public (long Number, DateTimeOffset At) Last(Func<string, bool> isSeen)
        => _last.Where(c => c.Key.Length == 0 || isSeen(c.Key)).Select(c => c.Value).DefaultIfEmpty().Max();
}
