using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Warehouse;

/// <summary>Data of one flow that a query means, and what the answer calls them: flow, data structure or provision agreement.</summary>
/// <param name="FlowUrn">URN of the dataflow.</param>
/// <param name="Schema">Schema; its reference is what the answer names.</param>
/// <param name="AgreementUrns">Provision agreements that must have brought the series; empty for any.</param>
public sealed record DataTarget(string FlowUrn, DataSchema Schema, ImmutableArray<string> AgreementUrns)
{
    private const int MostKnown = 1000;

    // Nearly all queries are for one flow, and the same flows again and again.
    private static readonly ConditionalWeakTable<RegistrySnapshot, ConcurrentDictionary<Named, ImmutableArray<DataTarget>>> Known = [];

    private readonly record struct Named(bool IsData, StructureType? Context, string Agency, string Id, string Version);

    /// <summary>What a query means; empty when nothing of that kind exists.</summary>
    public static ImmutableArray<DataTarget> Of(CubeQuery query, RegistrySnapshot registry)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(registry);
        if (query is not { Agencies: [{ } agency], Ids: [{ } id], Providers.IsEmpty: true })
        {
            return Find(query, registry);
        }

        ConcurrentDictionary<Named, ImmutableArray<DataTarget>> known = Known.GetOrCreateValue(registry);
        Named named = new(query is DataQuery, query.Context, agency, id, query.Version);
        if (known.TryGetValue(named, out ImmutableArray<DataTarget> targets))
        {
            return targets;
        }

        targets = Find(query, registry);
        if (!targets.IsEmpty && known.Count < MostKnown)
        {
            known.TryAdd(named, targets);
        }

        return targets;
    }

    private static ImmutableArray<DataTarget> Find(CubeQuery query, RegistrySnapshot registry)
    {
        StructureSet structures = registry.Structures;
        IEnumerable<DataTarget> targets = query.Context switch
        {
            { } type when type == StructureType.Dataflow => OfFlows(query, registry),
            { } type when type == StructureType.ProvisionAgreement => OfAgreements(query.Select(structures.Of<ProvisionAgreement>()), registry),
            { } type when type == StructureType.DataStructure => OfStructures(query, registry),
            // Any context: an artefact of one kind only, so that no observation comes twice.
            _ => new[] { OfFlows(query, registry), OfAgreements(query.Select(structures.Of<ProvisionAgreement>()), registry), OfStructures(query, registry) }
                .Select(t => t.ToArray()).FirstOrDefault(t => t.Length > 0) ?? [],
        };
        return [.. targets];
    }

    /// <summary>The query of the warehouse; null when the query does not fit the schema, with the reasons among the issues.</summary>
    public WarehouseQuery? Resolve(CubeQuery query, IssueList issues)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(issues);
        IssueList own = new();
        ResolvedDataQuery resolved = query.Resolve(Schema, own);
        foreach (Issue issue in own.Count == 0 ? [] : own.Kept)
        {
            issues.Add(issue);
        }

        DataQuery? data = query as DataQuery;
        return own.HasErrors ? null : new WarehouseQuery
        {
            FlowUrn = FlowUrn,
            Data = resolved,
            AgreementUrns = AgreementUrns,
            UpdatedAfter = query.UpdatedAfter,
            AsOf = query.AsOf,
            IncludeHistory = data?.IncludeHistory ?? false,
            FirstN = data?.FirstNObservations,
            LastN = data?.LastNObservations,
        };
    }

    private static IEnumerable<DataTarget> OfFlows(CubeQuery query, RegistrySnapshot registry)
    {
        Dataflow[] flows = [.. query.Select(registry.Structures.Of<Dataflow>())];
        if (query.Providers.IsEmpty)
        {
            return flows.SelectMany(f => Of(registry, f.Urn, f.Reference, []));
        }

        (ProvisionAgreement Agreement, string FlowUrn)[] agreements = [.. from agreement in registry.Structures.Of<ProvisionAgreement>()
                                                                      let flow = registry.Structures.Find<Dataflow>(agreement.Dataflow)
                                                                      where flow is not null && flows.Contains(flow) && IsOf(agreement, query.Providers)
                                                                      select (agreement, flow.Urn)];

        // Data come in a set for each agreement; what is available is told of the flow that was asked for.
        return query is AvailabilityQuery
            ? flows.SelectMany(f => agreements.Any(a => a.FlowUrn == f.Urn) ? Of(registry, f.Urn, f.Reference, [.. agreements.Where(a => a.FlowUrn == f.Urn).Select(a => a.Agreement.Urn)]) : [])
            : OfAgreements(agreements.Select(a => a.Agreement), registry);
    }

    private static bool IsOf(ProvisionAgreement agreement, ImmutableArray<ProviderQuery> providers)
        => agreement.DataProvider is { } provider && providers.Any(p => p.Id == provider.ItemId && (p.Agency is null || p.Agency == provider.AgencyId));

    private static IEnumerable<DataTarget> OfAgreements(IEnumerable<ProvisionAgreement> agreements, RegistrySnapshot registry)
        => agreements.SelectMany(a => registry.Structures.Find<Dataflow>(a.Dataflow) is { } flow ? Of(registry, flow.Urn, a.Reference, [a.Urn]) : []);

    private static IEnumerable<DataTarget> OfStructures(CubeQuery query, RegistrySnapshot registry)
        => query.Select(registry.Structures.Of<DataStructure>()).SelectMany(structure => registry.Structures.Of<Dataflow>()
            .Where(f => f.Structure is not null && registry.Structures.Means(f.Structure, structure, f))
            .SelectMany(f => Of(registry, f.Urn, structure.Reference, [])));

    private static IEnumerable<DataTarget> Of(RegistrySnapshot registry, string flowUrn, StructureReference reference, ImmutableArray<string> agreements)
        => registry.Schema(reference) is { } schema ? [new DataTarget(flowUrn, schema, agreements)] : [];
}
