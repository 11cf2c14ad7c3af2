using System.Collections.Immutable;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>What a data or availability query comes down to: targets that hold data, with the version of these.</summary>
/// <param name="Targets">Each target with its query of the warehouse.</param>
/// <param name="State">Versions of the structures and flows, for the ETag.</param>
/// <param name="ChangedAt">When the flows last changed; null when they hold nothing.</param>
/// <param name="Structures">The structures now.</param>
/// <param name="Registry">The structures that the answer is of: those now, or as they were at the moment asked for (<c>asOf</c>).</param>
/// <param name="Flows">The states of the flows.</param>
internal sealed record CubeSelection(
    ImmutableArray<(DataTarget Target, WarehouseQuery Query)> Targets, string State, DateTimeOffset? ChangedAt, RegistrySnapshot Structures, RegistrySnapshot Registry, ImmutableArray<(string Urn, FlowState State)> Flows)
{
    /// <summary>Finds the targets of a query.</summary>
    public static async Task<(CubeSelection? Selection, RestProblem? Problem)> OfAsync(RestCall call, CubeQuery query, RestServices services, CancellationToken ct)
    {
        RegistrySnapshot now = services.Registry.For(call.Access), registry = query.AsOf is { } then ? await services.Registry.AsOfAsync(then, call.Access, ct) : now;
        ImmutableArray<DataTarget> targets = DataTarget.Of(query, registry);
        if (targets.IsEmpty)
        {
            return (null, RestProblem.Of(RestFault.UnknownArtefact, IssueCodes.UnknownArtefact, call.Address.Path));
        }

        IssueList issues = new();
        List<(DataTarget Target, WarehouseQuery Query)> fitting = new(targets.Length);
        foreach (DataTarget target in targets)
        {
            if (AsRestrictedToday(target.Resolve(query, issues), registry, now, services) is { } one)
            {
                fitting.Add((target, one));
            }
        }

        // Asked of many flows, a key or filter means those that it fits.
        if (fitting.Count == 0)
        {
            return (null, RestProblem.Of(RestFault.Semantic, issues));
        }

        List<(string Urn, FlowState State)> states = new(1);
        string version = ReferenceEquals(registry, now) ? now.Version : $"{registry.Version}<{now.Version}";
        foreach ((DataTarget target, _) in fitting)
        {
            if (!states.Exists(s => s.Urn == target.FlowUrn))
            {
                FlowState state = await services.Warehouse.FlowStateAsync(target.FlowUrn, ct);
                states.Add((target.FlowUrn, state));
                version = $"{version}|{target.FlowUrn}={state.Tag}";
            }
        }

        fitting.RemoveAll(f => states.Find(s => s.Urn == f.Target.FlowUrn).State.ChangedAt is null);
        return (new CubeSelection([.. fitting], version, states.Max(s => s.State.ChangedAt), now, registry, [.. states]), null);
    }

    // What is restricted is told by the structures of today, whatever those of then said.
    private static WarehouseQuery? AsRestrictedToday(WarehouseQuery? query, RegistrySnapshot registry, RegistrySnapshot now, RestServices services)
        => query is null || ReferenceEquals(registry, now) ? query : query with { Today = services.Registry.Current.Schema(query.FlowUrn) };
}
