using System.Collections.Immutable;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.ReferenceMetadata;

/// <summary>Answers queries for reference metadata (REST 1.5 and 2.2, "Metadata queries").</summary>
/// <param name="structures">The structures that the reader may see; reports of flows that he may not see are hidden from him.</param>
/// <param name="isSeen">Whether the reader may see the artefacts of an agency: reports by, for or about any other are hidden from him.</param>
public sealed class MetadataSelection(StructureSet structures, Func<string, bool> isSeen)
{
    /// <summary>The sets that a query asks for; as stubs, when it asks for stubs, they have the ids of their attributes only.</summary>
    public ImmutableArray<MetadataSet> Answer(MetadataQuery query, MetadataShelf shelf)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(shelf);
        IEnumerable<MetadataSet> sets = shelf.Sets.Where(s => query.UpdatedAfter is null || s.ChangedAt > query.UpdatedAfter).Select(s => s.Set).Where(IsSeen);
        sets = query.Kind switch
        {
            MetadataQueryKind.MetadataSet => query.Select(sets),
            MetadataQueryKind.Metadataflow => OfFlows([.. query.Select(structures.Of<Metadataflow>())], sets).Where(s => query.IsOfProvider(s, ProviderOf(s))).Where(new ReportQuery(query, structures).IsMet),
            _ => sets.Where(s => s.Targets.Any(new TargetQuery(query, structures).IsMet)),
        };
        return [.. sets.Select(s => query.StubsOnly ? Stub(s) : s)];
    }

    /// <summary>The metadataflow that a set reports for; null when it is not known.</summary>
    public Metadataflow? FlowOf(MetadataSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return structures.Find<Metadataflow>(set.Metadataflow ?? structures.Find<MetadataProvisionAgreement>(set.MetadataProvisionAgreement)?.Metadataflow);
    }

    /// <summary>The provider of a set as an item of a scheme; null when only its agency says it.</summary>
    public StructureReference? ProviderOf(MetadataSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.Provider ?? structures.Find<MetadataProvisionAgreement>(set.MetadataProvisionAgreement)?.MetadataProvider;
    }

    private static MetadataSet Stub(MetadataSet set) => set with { Attributes = [.. set.Attributes.Select(a => new ReportedAttribute { Id = a.Id })], Description = default, Annotations = [], ReportAnnotations = [], IsExternalReference = true };

    private bool IsSeen(MetadataSet set)
        => (!set.References.Any() || set.References.Any(r => structures.Find(r) is not null))
            && set.References.Append(set.Provider).Append(ProviderOf(set)).OfType<StructureReference>().Concat(TargetsOf(set)).Select(r => r.AgencyId).Append(set.AgencyId).All(isSeen);

    private static IEnumerable<StructureReference> TargetsOf(MetadataSet set)
    {
        IEnumerable<TargetValue> values = set.ReportTarget?.Values ?? [];
        foreach (string? target in set.Targets.Concat(values.SelectMany(v => new[] { v.Object, v.Constraint?.Urn, v.DataSet?.Provider.Urn }).OfType<string>()))
        {
            if (StructureReference.TryParseUrn(target, out StructureReference? reference))
            {
                yield return reference;
            }
        }
    }

    private IEnumerable<MetadataSet> OfFlows(ImmutableArray<Metadataflow> flows, IEnumerable<MetadataSet> sets)
    {
        HashSet<string> urns = [.. flows.Select(f => f.Urn)];

        // A report of 2.1 may name its metadata structure only.
        HashSet<string> behind = [.. flows.Select(f => structures.FindFrom<MetadataStructure>(f, f.Structure)?.Urn).OfType<string>()];
        return sets.Where(s => FlowOf(s) is { } flow
            ? urns.Contains(flow.Urn)
            : structures.Find<MetadataStructure>(s.MetadataStructure) is { } structure && behind.Contains(structure.Urn));
    }
}
