using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Npgsql;

namespace Dsm.Exchange.Registry;

/// <summary>Checks what stands on artefacts outside the registry: data, and sources that are harvested by them.</summary>
internal static class StructureUse
{
    /// <summary>Adds issues about artefacts that go and leave data or sources behind, and about changes that data would no longer fit.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="target">The artefacts.</param>
    /// <param name="isSeen">Says whether artefacts of an agency may be named to who asks.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task CheckAsync(NpgsqlConnection connection, StructureTarget target, Func<string, bool> isSeen, CancellationToken ct)
    {
        StructureReference[] gone = [.. target.Touched.Where(t => target.Old(t) is not null && target.New(t) is null)];
        foreach (StructureReference reference in gone)
        {
            await CheckDataAsync(connection, target, reference, ct).ConfigureAwait(false);
            await CheckSourcesAsync(connection, target, reference, ct).ConfigureAwait(false);
        }

        if (target.Touched.Any(t => t.Type == StructureType.DataStructure || t.Type == StructureType.Dataflow))
        {
            await CheckShapesAsync(connection, target, isSeen, ct).ConfigureAwait(false);
        }
    }

    private static async Task CheckDataAsync(NpgsqlConnection connection, StructureTarget target, StructureReference reference, CancellationToken ct)
    {
        if (reference.Type != StructureType.Dataflow && reference.Type != StructureType.ProvisionAgreement)
        {
            return;
        }

        string of = reference.Type == StructureType.Dataflow ? "JOIN flow f ON f.id = s.flow_id WHERE f.urn = $1" : "JOIN agreement a ON a.id = s.agreement_id WHERE a.urn = $1";
        if (await CountAsync(connection, of, reference.Urn, ct).ConfigureAwait(false) is > 0 and long observations)
        {
            target.Say(reference, ExchangeIssues.HoldsData, reference.Urn, observations);
        }
    }

    private static async Task CheckSourcesAsync(NpgsqlConnection connection, StructureTarget target, StructureReference reference, CancellationToken ct)
    {
        await using NpgsqlCommand command = new("SELECT id FROM source WHERE $1 IN (agreement_urn, map_urn, source_structure_urn) ORDER BY id", connection)
        { Parameters = { new() { Value = reference.Urn } } };
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            target.Say(reference, ExchangeIssues.UsedBySource, reference.Urn, row.GetString(0));
        }
    }

    // The dimensions of a flow that has data stay as they are stored: whatever version of its structure the flow follows then.
    private static async Task CheckShapesAsync(NpgsqlConnection connection, StructureTarget target, Func<string, bool> isSeen, CancellationToken ct)
    {
        foreach ((string urn, string[] stored) in await FlowsAsync(connection, ct).ConfigureAwait(false))
        {
            StructureReference flow = StructureReference.ParseUrn(urn);
            if (StructureTarget.Exact(target.After, flow) is not Dataflow after || ((Dataflow?)StructureTarget.Exact(target.Before, flow) ?? after) is not { } until || target.Before.FindFrom<DataStructure>(until, until.Structure) is not { } before)
            {
                continue;
            }

            DataStructure? then = target.After.FindFrom<DataStructure>(after, after.Structure);
            if ((ReferenceEquals(then, before) && ReferenceEquals(after, StructureTarget.Exact(target.Before, flow)))
                || DataSchema.Resolve(target.After, flow, new IssueList())?.Dimensions.Select(d => d.Id).SequenceEqual(stored) == true)
            {
                continue;
            }

            long observations = await CountAsync(connection, "JOIN flow f ON f.id = s.flow_id WHERE f.urn = $1", urn, ct).ConfigureAwait(false);
            StructureReference cause = target.IsTouched(after) ? flow : then is not null && target.IsTouched(then) ? then.Reference : before.Reference;
            if (isSeen(flow.AgencyId))
            {
                target.Say(cause, ExchangeIssues.DataWouldNotFit, urn, observations, string.Join(", ", stored));
            }
            else
            {
                target.Say(cause, ExchangeIssues.StillReferencedBySome, cause.Urn, 1);
            }
        }
    }

    private static async Task<List<(string Urn, string[] Dimensions)>> FlowsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        List<(string, string[])> flows = [];
        await using NpgsqlCommand command = new("SELECT urn, dimensions FROM flow f WHERE EXISTS (SELECT FROM series s WHERE s.flow_id = f.id) ORDER BY urn", connection);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await row.ReadAsync(ct).ConfigureAwait(false))
        {
            flows.Add((row.GetString(0), row.GetFieldValue<string[]>(1)));
        }

        return flows;
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string of, string urn, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(
            $"SELECT coalesce(sum(c.observations), 0)::bigint FROM series s JOIN series_chunk c ON c.series_id = s.id AND c.closed_by IS NULL {of}", connection)
        { Parameters = { new() { Value = urn } } };
        return (long)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
    }
}
