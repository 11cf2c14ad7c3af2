using System.Collections.Immutable;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>What a change touches of one reporting state.</summary>
public sealed record CountryImpact
{
    /// <summary>Code of the state; null for what belongs to none.</summary>
    public required string? State { get; init; }

    /// <summary>Observations that become invalid with the change.</summary>
    public required long InvalidAtOnce { get; init; }

    /// <summary>Observations that become invalid once references have moved.</summary>
    public required long InvalidWhenMoved { get; init; }

    /// <summary>Observations that carry a code that is removed, renamed, moved or valid for another time; one observation counts once a code.</summary>
    public required long WithChangedCodes { get; init; }

    /// <summary>Those of them whose code is removed and has a counterpart in the drafted map, so that they can be re-coded.</summary>
    public required long Recodable { get; init; }

    /// <summary>Provision agreements concerned.</summary>
    public required int Agreements { get; init; }

    /// <summary>Structure and representation maps concerned.</summary>
    public required int Maps { get; init; }

    /// <summary>Rows and rules of these maps that no longer fit.</summary>
    public required int MapRows { get; init; }

    /// <summary>Sources concerned.</summary>
    public required int Sources { get; init; }

    /// <summary>The first of their next runs; null for none.</summary>
    public required DateTimeOffset? NextRunAt { get; init; }

    /// <summary>Last messages that were tried.</summary>
    public required int Messages { get; init; }

    /// <summary>Those of them of which fewer observations would be accepted than now.</summary>
    public required int MessagesThatLose { get; init; }

    /// <summary>Saved queries of people of the state that ask for what changes.</summary>
    public required int Queries { get; init; }

    /// <summary>Those of them that would not be right any more.</summary>
    public required int QueriesGoneWrong { get; init; }

    internal static ImmutableArray<CountryImpact> Of(ImpactReport report)
    {
        TouchedArtefact[] touched = [.. report.Artefacts.SelectMany(a => a.Touched)];
        IEnumerable<string?> states = report.Data.SelectMany(d => d.States).Select(s => s.State)
            .Concat(report.Codes.Select(c => c.State)).Concat(report.Sources.Select(s => s.State)).Concat(report.Trials.Select(t => t.State)).Concat(report.Queries.Counts.Select(q => q.State))
            .Concat(report.Artefacts.Select(a => a.State).Where(s => s is not null)).Concat(report.Flows.Select(f => f.State).Where(s => s is not null)).Concat(touched.Where(t => t.State is not null).Select(t => t.State));
        return
        [
            .. states.Distinct().Select(state => Of(report, [.. touched.Where(t => t.State == state)], state))
                .OrderByDescending(c => c.InvalidAtOnce).ThenByDescending(c => c.InvalidWhenMoved).ThenByDescending(c => c.WithChangedCodes)
                .ThenByDescending(c => c.MapRows).ThenByDescending(c => c.Agreements).ThenBy(c => c.State is null).ThenBy(c => c.State, StringComparer.Ordinal),
        ];
    }

    private static CountryImpact Of(ImpactReport report, TouchedArtefact[] touched, string? state)
    {
        long Invalid(ImpactTiming timing) => report.Data.Where(d => d.Timing == timing).SelectMany(d => d.States).Where(s => s.State == state).Sum(s => s.Invalid.Observations);
        TouchedArtefact[] maps = [.. touched.Where(t => t.Artefact is Sdmx.Model.StructureMap or Sdmx.Model.RepresentationMap)];
        TouchedSource[] sources = [.. report.Sources.Where(s => s.State == state)];
        MessageTrial[] trials = [.. report.Trials.Where(t => t.State == state)];
        return new CountryImpact
        {
            State = state,
            InvalidAtOnce = Invalid(ImpactTiming.AtOnce),
            InvalidWhenMoved = Invalid(ImpactTiming.WhenReferencesMove),
            WithChangedCodes = report.Codes.Where(c => c.State == state).Sum(c => c.Count.Observations),
            Recodable = report.Codes.Where(c => c.State == state && c.Becomes is not null).Sum(c => c.Count.Observations),
            Agreements = touched.Where(t => t.Artefact is Sdmx.Model.ProvisionAgreement).Select(t => t.Artefact.Urn)
                .Concat(report.Artefacts.Where(a => a.State == state && (a.Step.Before ?? a.Step.After) is Sdmx.Model.ProvisionAgreement).Select(a => a.Step.Reference.Urn))
                .Concat(report.Data.Where(d => d.States.Any(s => s.State == state)).Select(d => d.AgreementUrn)).Distinct().Count(),
            Maps = maps.Select(m => m.Artefact.Urn).Distinct().Count(),
            MapRows = maps.SelectMany(m => m.Parts.Select(p => (m.Artefact.Urn, p))).Distinct().Count(),
            Sources = sources.Length,
            NextRunAt = sources.Min(s => s.NextRunAt),
            Messages = trials.Select(t => t.SubmissionId).Distinct().Count(),
            MessagesThatLose = trials.Where(t => t.Lost > 0).Select(t => t.SubmissionId).Distinct().Count(),
            Queries = report.Queries.Of(state).All,
            QueriesGoneWrong = report.Queries.Of(state).Wrong,
        };
    }
}
