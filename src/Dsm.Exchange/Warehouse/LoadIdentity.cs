using System.Collections.Frozen;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>Numbers of a flow and an agreement in the database, made on first use.</summary>
internal sealed record LoadIdentity(long SubmissionId, int FlowId, int AgreementId, FrozenDictionary<int, string> Owners)
{
    public string OwnerOf(int agreementId) => Owners.GetValueOrDefault(agreementId, "?");

    public static async Task<LoadIdentity> ResolveAsync(NpgsqlConnection connection, LoadTarget target, CancellationToken ct)
    {
        await using NpgsqlCommand flow = new(
            """
            WITH made AS (INSERT INTO flow (urn, dimensions) VALUES ($1, $2) ON CONFLICT (urn) DO NOTHING RETURNING id)
            SELECT id FROM made UNION ALL SELECT id FROM flow WHERE urn = $1
            """, connection)
        { Parameters = { new() { Value = target.FlowUrn }, new() { Value = target.Schema.Dimensions.Select(d => d.Id).ToArray() } } };
        int flowId = await NumberAsync(flow, ct).ConfigureAwait(false);

        await using NpgsqlCommand agreement = new(
            """
            WITH made AS (INSERT INTO agreement (urn, flow_id, state) VALUES ($1, $2, $3) ON CONFLICT (urn) DO NOTHING RETURNING id)
            SELECT id FROM made UNION ALL SELECT id FROM agreement WHERE urn = $1
            """, connection)
        { Parameters = { new() { Value = target.AgreementUrn }, new() { Value = flowId }, new() { Value = (object?)target.State ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } } };
        int agreementId = await NumberAsync(agreement, ct).ConfigureAwait(false);

        Dictionary<int, string> owners = [];
        await using NpgsqlCommand all = new("SELECT id, urn FROM agreement WHERE flow_id = $1", connection) { Parameters = { new() { Value = flowId } } };
        await using NpgsqlDataReader row = await all.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            string urn = row.GetString(1);
            owners.Add(row.GetInt32(0), urn[(urn.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        }

        return new LoadIdentity(target.SubmissionId, flowId, agreementId, owners.ToFrozenDictionary());
    }

    private static async Task<int> NumberAsync(NpgsqlCommand command, CancellationToken ct)
    {
        // Another node may make the row between the two halves of the statement: then the second time finds it.
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) is int id
            ? id
            : (int)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
    }
}
