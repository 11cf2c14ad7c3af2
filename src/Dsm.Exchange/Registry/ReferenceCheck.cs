using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>References after a submission: all lead somewhere, none from the finished to drafts, none from the public to the restricted.</summary>
internal sealed class ReferenceCheck(StructureTarget target, AgencySpaces spaces, ReaderAccess reading)
{
    private readonly Dictionary<ItemScheme, HashSet<string>> _items = new(ReferenceEqualityComparer.Instance);

    /// <summary>Checks what a new or changed artefact refers to.</summary>
    public void From(Maintainable artefact)
    {
        foreach (StructureReference reference in AllOf(artefact))
        {
            Maintainable? meant = target.After.FindFrom(artefact, reference);
            if (meant is null || !Resolves(target.After, artefact, reference) || !spaces.IsSeen(meant.AgencyId, reading))
            {
                // What may not be seen is said to be absent, as everywhere else.
                target.Say(artefact.Reference, ExchangeIssues.ReferenceUnresolved, artefact.Urn, reference.Urn);
            }
            else if (artefact.Version.IsStable && Finality.IsDraft(meant.Version))
            {
                target.Say(artefact.Reference, ExchangeIssues.ReferenceToDraft, artefact.Urn, reference.Urn);
            }
            else if (!MayRefer(artefact, meant, spaces))
            {
                target.Say(artefact.Reference, ExchangeIssues.ReferenceToRestricted, artefact.Urn, reference.Urn);
            }
        }
    }

    /// <summary>Checks that what referred to an artefact that goes or changes still finds what it refers to.</summary>
    public void To(Maintainable before)
    {
        int hidden = 0;
        foreach (Maintainable referrer in target.Before.ReferrersOf(before).Where(r => !target.IsTouched(r)))
        {
            foreach (StructureReference reference in AllOf(referrer).Where(r => target.Before.Means(r, before, referrer) && Resolves(target.Before, referrer, r) && !Resolves(target.After, referrer, r)))
            {
                if (spaces.IsSeen(referrer.AgencyId, reading))
                {
                    target.Say(before.Reference, ExchangeIssues.StillReferenced, reference.ItemId is null ? before.Urn : reference.Urn, referrer.Urn);
                }
                else
                {
                    hidden++;
                    break;
                }
            }
        }

        if (hidden > 0)
        {
            target.Say(before.Reference, ExchangeIssues.StillReferencedBySome, before.Urn, hidden);
        }
    }

    /// <summary>Artefacts that refer to one, before or after, as far as they may be seen.</summary>
    public ImmutableArray<StructureReference> Referrers(Maintainable? before, Maintainable? after)
        => [.. (before is null ? [] : target.Before.ReferrersOf(before)).Concat(after is null ? [] : target.After.ReferrersOf(after))
            .Where(r => spaces.IsSeen(r.AgencyId, reading)).Select(r => r.Reference).Distinct()];

    /// <summary>True when an artefact may refer to another: the other is seen by all who see the one.</summary>
    public static bool MayRefer(Maintainable artefact, Maintainable meant, AgencySpaces spaces)
        => spaces.Of(meant.AgencyId) is not { IsRestricted: true } there
            || (spaces.Of(artefact.AgencyId) is { IsRestricted: true } here && (here.AgencyId == there.AgencyId || (here.State is not null && here.State == there.State)));

    // A hierarchy names its codes one by one.
    private static IEnumerable<StructureReference> AllOf(Maintainable artefact)
        => artefact is Hierarchy hierarchy ? Codes(hierarchy.Codes).Distinct() : artefact.References.Distinct();

    private static IEnumerable<StructureReference> Codes(ImmutableArray<HierarchicalCode> codes) => codes.SelectMany(c => Codes(c.Children).Prepend(c.Code));

    // Of an item its scheme is looked into, when all of it is here.
    private bool Resolves(StructureSet set, Maintainable from, StructureReference reference)
        => set.FindFrom(from, reference) is { } found
            && (reference.ItemId is null || found is not ItemScheme scheme || scheme.IsPartial || scheme.IsExternalReference || found is Codelist { Extensions.IsEmpty: false }
                || Has(scheme, reference.ItemId));

    private bool Has(ItemScheme scheme, string path)
    {
        if (!_items.TryGetValue(scheme, out HashSet<string>? paths))
        {
            _items.Add(scheme, paths = [.. ItemTree.Paths(scheme)]);
        }

        return paths.Contains(path) || (scheme is not (CategoryScheme or ReportingTaxonomy) && paths.Contains(path[(path.LastIndexOf('.') + 1)..]));
    }
}
