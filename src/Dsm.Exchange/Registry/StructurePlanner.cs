using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>Finds what a submission would do to the artefacts, by the rules that need nothing but the artefacts.</summary>
/// <param name="now">State of the registry.</param>
/// <param name="region">Whose registry it is.</param>
/// <param name="submission">What is asked for.</param>
internal sealed class StructurePlanner(RegistrySnapshot now, RegionOptions region, StructureSubmission submission)
{
    private readonly Dictionary<string, ArtefactComparison> _comparisons = [];
    private readonly StructureTarget _target = StructureTarget.Of(now.Structures, submission.Tasks);

    /// <summary>The artefacts then; issues may still be added.</summary>
    public StructureTarget Target => _target;

    /// <summary>True for a roll-back: what was may be again, whatever its number.</summary>
    public bool IsRollBack { get; init; }

    /// <summary>Applies the rules.</summary>
    public void Check()
    {
        ReferenceCheck references = new(_target, now.Spaces, submission.By.Reading);
        foreach (StructureReference touched in _target.Touched)
        {
            Maintainable? before = _target.Old(touched), after = _target.New(touched);
            if (!submission.By.MayMaintain(touched.AgencyId))
            {
                _target.Say(touched, ExchangeIssues.NotMaintainer, submission.By.Name, touched.AgencyId);
            }
            else if (after is not null && (before is null || !IsSame(before, after)))
            {
                CheckItself(before, after);
                references.From(after);
            }

            if (before is not null && after is null && Finality.IsFinal(before) && !IsRollBack && submission.By.MayMaintain(touched.AgencyId))
            {
                _target.Say(touched, ExchangeIssues.FinalStays, touched.Urn);
            }

            if (before is not null && (after is null || !IsSame(before, after)) && submission.By.MayMaintain(touched.AgencyId))
            {
                references.To(before);
                SayWhatLosesItsAgency(before);
            }
        }
    }

    /// <summary>The plan with all that was said.</summary>
    public StructurePlan Plan()
    {
        ReferenceCheck references = new(_target, now.Spaces, submission.By.Reading);
        ImmutableArray<PlannedChange> changes = [.. _target.Touched.Select(t => Change(t, references))];
        return new StructurePlan { Changes = changes, Issues = [.. changes.SelectMany(c => c.Issues)], BasedOn = now.Transaction };
    }

    // To become final is a change, although comparisons do not count what only one of two messages says.
    private bool IsSame(Maintainable before, Maintainable after)
        => ReferenceEquals(before, after) || ((before.IsFinal ?? false) == (after.IsFinal ?? false) && Compare(before, after).Changes.IsEmpty);

    // Large lists take a while to compare, and are asked about more than once.
    private ArtefactComparison Compare(Maintainable before, Maintainable after)
    {
        if (!_comparisons.TryGetValue(after.Urn, out ArtefactComparison? comparison) || !ReferenceEquals(comparison.Before, before))
        {
            _comparisons[after.Urn] = comparison = StructureComparison.Compare(before, after);
        }

        return comparison;
    }

    private void CheckItself(Maintainable? before, Maintainable after)
    {
        if (!IsRollBack)
        {
            VersionCheck.Check(_target, before, after, region.Agency.Length == 0 || AgencySpaces.IsWithin(after.AgencyId, region.Agency));
        }

        foreach (TooLong part in IsRollBack ? [] : LimitCheck.Of(after, region.Limits))
        {
            _target.Say(after.Reference, ExchangeIssues.TextTooLong, LimitCheck.Shown(after.Id), part.Where, part.Length, part.Limit);
        }

        if (before is null && !IsAgency(after.AgencyId))
        {
            _target.Say(after.Reference, ExchangeIssues.UnknownAgency, after.AgencyId);
        }

        if (before is null && after is Dataflow flow && !Finality.IsDraft(flow.Version) && VersionCheck.Former(_target, flow) is Dataflow former)
        {
            SayWhatStaysBehind(flow, former);
        }

        if (after is ItemScheme scheme)
        {
            foreach (string id in ItemTree.Twice(scheme))
            {
                _target.Say(after.Reference, ExchangeIssues.ItemTwice, after.Urn, id);
            }

            foreach (Item item in ItemTree.Lost(scheme))
            {
                _target.Say(after.Reference, ExchangeIssues.ItemParentUnknown, after.Urn, item.Id, item.ParentId);
            }
        }
    }

    // Agreements that name a version exactly do not follow when there is a later one.
    private void SayWhatStaysBehind(Dataflow flow, Dataflow former)
    {
        ProvisionAgreement[] agreements = [.. _target.After.Of<ProvisionAgreement>()];
        string[] behind = [.. agreements.Where(a => ReferenceEquals(_target.After.Find<Dataflow>(a.Dataflow), former) && now.Spaces.IsSeen(a.AgencyId, submission.By.Reading)).Select(a => a.Id)];
        if (behind.Length > 0 && !agreements.Any(a => ReferenceEquals(_target.After.Find<Dataflow>(a.Dataflow), flow)))
        {
            _target.Say(flow.Reference, ExchangeIssues.AgreementsStay, flow.Urn, former.Version, string.Join(", ", behind));
        }
    }

    // What an agency maintains needs it: who may change it, whose it is.
    private void SayWhatLosesItsAgency(Maintainable before)
    {
        if (before is not OrganisationScheme scheme || scheme.Type != StructureType.AgencyScheme)
        {
            return;
        }

        foreach (string agency in scheme.Organisations.Select(o => scheme.AgencyId == "SDMX" ? o.Id : $"{scheme.AgencyId}.{o.Id}").Where(a => !IsAgency(a)))
        {
            Maintainable[] orphans = [.. _target.After.All.Where(a => a.AgencyId == agency)];
            if (orphans.Length > 0 && now.Spaces.IsSeen(agency, submission.By.Reading))
            {
                _target.Say(before.Reference, ExchangeIssues.AgencyMaintains, agency, orphans.Length, orphans[0].Urn);
            }
            else if (orphans.Length > 0)
            {
                _target.Say(before.Reference, ExchangeIssues.StillReferencedBySome, before.Urn, orphans.Length);
            }
        }
    }

    // Top-level agencies stand in the scheme of SDMX, others in that of the agency above them.
    private bool IsAgency(string agencyId)
    {
        int dot = agencyId.LastIndexOf('.');
        string above = dot < 0 ? "SDMX" : agencyId[..dot], id = agencyId[(dot + 1)..];
        return agencyId == "SDMX" || _target.After.Of<OrganisationScheme>().Any(s => s.Type == StructureType.AgencyScheme && s.AgencyId == above && s.Organisations.Any(o => o.Id == id));
    }

    private PlannedChange Change(StructureReference touched, ReferenceCheck references)
    {
        bool isSeen = submission.By.MayMaintain(touched.AgencyId) || now.Spaces.IsSeen(touched.AgencyId, submission.By.Reading);
        Maintainable? before = isSeen ? _target.Old(touched) : null, after = _target.New(touched);
        PlannedKind kind = (before, after) switch
        {
            (null, null) => PlannedKind.Same,
            (null, _) => PlannedKind.Add,
            (_, null) => PlannedKind.Delete,
            _ => IsSame(before, after) ? PlannedKind.Same : PlannedKind.Change,
        };
        ArtefactComparison? comparison = after is null || kind == PlannedKind.Same ? null
            : (before ?? VersionCheck.Former(_target, after)) is { } former ? Compare(former, after) : null;
        return new PlannedChange
        {
            Reference = touched,
            Kind = kind,
            Before = before,
            After = after,
            Comparison = comparison,
            RequiredVersion = comparison is null ? null
                : kind == PlannedKind.Change && Finality.IsFinal(before!) && !Finality.Allows(before!, after!) ? VersionCheck.Next(_target, before!, after!)
                : kind == PlannedKind.Change ? before!.Version : comparison.RequiredVersion,
            Referrers = references.Referrers(before, after),
            // Of what somebody may not change he is told nothing else: not even whether it is there.
            Issues = submission.By.MayMaintain(touched.AgencyId) ? _target.IssuesOf(touched) : [.. _target.IssuesOf(touched).Where(i => i.Code == ExchangeIssues.NotMaintainer)],
        };
    }
}
