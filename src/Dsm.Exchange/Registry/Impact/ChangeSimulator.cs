using System.Collections.Immutable;
using System.Diagnostics;
using Dsm.Exchange.Access;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>
/// Says what a change of structures touches before it is made: stored observations by code, by state and by cause, the structures and
/// maps that depend on it, the harvests to come, what the last messages would become, the queries that people keep. Nothing is written.
/// Every count is of what the reader may see.
/// </summary>
/// <remarks>
/// Stored data are streamed once; series that cannot be concerned are not read: a removed code of a dimension costs its series, a new
/// mandatory attribute the whole flow (some seconds for a million observations). The hub keeps no templates, so there are none to be
/// touched.
/// </remarks>
public sealed class ChangeSimulator(
    WarehouseReader warehouse, HarvestSchedule schedule, SubmissionContents contents, MetadataLibrary reports, HubDatabase database, StructureRegistry registry, RegionOptions region)
    : IDisposable
{
    /// <summary>How long a page waits for a report.</summary>
    public static readonly TimeSpan PageTime = TimeSpan.FromSeconds(20);

    // Reports read much; readers of figures must not wait for them.
    private readonly SemaphoreSlim _turns = new(2, 2);

    /// <summary>What a planned submission touches.</summary>
    public Task<ImpactReport> SimulateAsync(StructurePlan plan, ReaderAccess access, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return SimulateAsync(plan.Changes.Where(c => c.Kind != PlannedKind.Same).Select(c => (c.Before, c.After)), access, ct);
    }

    /// <summary>What some changes to the artefacts of now touch, each an artefact before (null when it is new) and after (null when it is deleted).</summary>
    public Task<ImpactReport> SimulateAsync(IEnumerable<(Maintainable? Before, Maintainable? After)> changes, ReaderAccess access, CancellationToken ct)
        => SimulateAsync(PlannedStructures.Of(registry.For(access), changes), access, PageTime, ct);

    /// <summary>What it touches when everything that refers to one version of an artefact moves on to another, both being there.</summary>
    public Task<ImpactReport> SimulateMoveAsync(Maintainable from, Maintainable to, ReaderAccess access, CancellationToken ct)
        => SimulateAsync(PlannedStructures.Between(registry.For(access), from, to), access, PageTime, ct);

    /// <summary>What a change touches.</summary>
    /// <param name="planned">The structures before and after, of those the reader may see: others are neither named nor compared.</param>
    /// <param name="access">Data the reader may see; others are not counted.</param>
    /// <param name="timeLimit">Time after which no further data are looked at; the report says which were not.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<ImpactReport> SimulateAsync(PlannedStructures planned, ReaderAccess access, TimeSpan timeLimit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(planned);
        ArgumentNullException.ThrowIfNull(access);
        await _turns.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await ReportAsync(planned, access, timeLimit, ct).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private async Task<ImpactReport> ReportAsync(PlannedStructures planned, ReaderAccess access, TimeSpan timeLimit, CancellationToken ct)
    {
        ImpactClock clock = new(timeLimit, ct);
        TouchedArtefacts artefacts = new(planned, region);
        ImmutableArray<ArtefactImpact> touched = [.. planned.Steps.Select(s => new ArtefactImpact(s, Items(planned, s), artefacts.Of(s))
        {
            State = artefacts.StateOf((s.Before ?? s.After)!),
            CodeMap = CodeMap(planned, s),
        })];
        IReadOnlyDictionary<string, ImpactTiming> timings = Timings(planned, touched);

        // Queries cost little beside data and messages: before them they are seldom what there is no time for.
        QueryImpacts queries = await new QueryTrials(planned, access).RunAsync(database, clock).ConfigureAwait(false);
        (ImmutableArray<DataImpact> data, ImmutableArray<CodeUse> codes, long read) = await DataAsync(planned, access, clock).ConfigureAwait(false);
        return new ImpactReport
        {
            Artefacts = touched,
            Flows = FlowImpacts.Of(planned, timings, artefacts),
            Data = data,
            Codes = [.. codes.Select(c => c with { Becomes = Becomes(touched, c) })],
            Sources = await SourcesAsync(planned, timings, ct).ConfigureAwait(false),
            Trials = await TrialsAsync(planned, timings, access, clock).ConfigureAwait(false),
            Reports = ReportTrials.Run(planned, timings, await reports.CurrentAsync(ct).ConfigureAwait(false), ct),
            Queries = queries,
            NotLookedAt = clock.NotLookedAt,
            SeesEverything = access.SeesAllRestricted,
            Read = read,
            Took = clock.Elapsed,
        };
    }

    private async Task<(ImmutableArray<DataImpact>, ImmutableArray<CodeUse>, long Read)> DataAsync(PlannedStructures planned, ReaderAccess access, ImpactClock clock)
    {
        List<DataImpact> data = [];
        List<CodeUse> codes = [];
        long read = 0;
        foreach (AgreementPlan plan in Agreements(planned, await warehouse.CoverageAsync(access, clock.Token).ConfigureAwait(false)))
        {
            AgreementCheck check = plan.Check(region.StateDimension);
            if (!plan.NeedsData || await clock.TryAsync(plan.AgreementUrn, ct => RunAsync(plan, check, access, ct)).ConfigureAwait(false))
            {
                read += check.Read;
                data.AddRange(plan.Impacts(check));
                codes.AddRange(plan.Uses(check));
            }
        }

        return (
            [.. data.OrderByDescending(d => d.Invalid).ThenBy(d => d.Timing).ThenBy(d => d.FlowUrn, StringComparer.Ordinal).ThenBy(d => d.AgreementUrn, StringComparer.Ordinal)],
            [.. codes.OrderBy(c => c.Change).ThenByDescending(c => c.Count.Observations).ThenBy(c => c.Code, StringComparer.Ordinal)],
            read);
    }

    private async Task<ImmutableArray<MessageTrial>> TrialsAsync(PlannedStructures planned, IReadOnlyDictionary<string, ImpactTiming> timings, ReaderAccess access, ImpactClock clock)
    {
        List<MessageTrial> done = [];
        MessageTrials trials = new(database, contents, region, planned);
        foreach ((Submission submission, string? state, ImmutableArray<ImpactTiming> when) in await trials.ConcernedAsync(timings, access, clock.Token).ConfigureAwait(false))
        {
            await clock.TryAsync(submission.AgreementUrn, async ct => done.AddRange(await trials.RunAsync(submission, state, when, ct).ConfigureAwait(false))).ConfigureAwait(false);
        }

        return [.. done.OrderByDescending(t => t.After.IsRejected && !t.Before.IsRejected).ThenByDescending(t => t.Lost).ThenBy(t => t.AgreementUrn, StringComparer.Ordinal).ThenBy(t => t.Timing)];
    }

    private static ImmutableArray<ItemChange> Items(PlannedStructures planned, PlannedStep step)
    {
        if (step is not { Before: ItemScheme before, After: ItemScheme after })
        {
            return [];
        }

        Item[] left = [.. AllItems(before, planned.Now)], right = [.. AllItems(after, planned.AtOnce)];
        ILookup<string, Item> was = left.ToLookup(i => i.Id), becomes = right.ToLookup(i => i.Id);
        return [.. SchemaComparison.Codes(left, right).SelectMany(c => c.Codes.Select(id => new ItemChange(c.Change, id, was[id].FirstOrDefault(), becomes[id].FirstOrDefault())))];
    }

    private static CodeMapDraft? CodeMap(PlannedStructures planned, PlannedStep step) => step is { IsNewVersion: true, Before: Codelist before, After: Codelist after }
        ? CodeMapDrafter.Draft((before, planned.Now), (after, planned.AtOnce)) : null;

    // The list is named as data refer to it, which may be an earlier version than the one the map is drafted from.
    private static string? Becomes(ImmutableArray<ArtefactImpact> artefacts, CodeUse use)
        => use.Change != SchemaChange.CodesRemoved || !StructureReference.TryParseUrn(use.ListUrn, out StructureReference? list) ? null
            : artefacts.Where(a => a.CodeMap is not null && a.Step.Reference.AgencyId == list.AgencyId && a.Step.Reference.Id == list.Id)
                .SelectMany(a => a.CodeMap!.Pairs).FirstOrDefault(p => p.From.Id == use.Code)?.To.Id;

    private static IEnumerable<Item> AllItems(ItemScheme scheme, StructureSet structures)
        => scheme is Codelist list ? CodelistExtensions.Resolve(structures, list).Codes : scheme.AllItems;

    // Agreements with data, the small ones first: so most are looked at when time is short.
    private IEnumerable<AgreementPlan> Agreements(PlannedStructures planned, ImmutableArray<Coverage> coverage)
    {
        foreach (IGrouping<(string FlowUrn, string AgreementUrn), Coverage> group in coverage.GroupBy(c => (c.FlowUrn, c.AgreementUrn)).OrderBy(g => g.Sum(c => c.Observations)))
        {
            if (StructureReference.TryParseUrn(group.Key.FlowUrn, out StructureReference? flow) && planned.Now.Find(flow) is not null
                && AgreementPlan.Of(planned, [.. group], region.StateDimension) is { } plan)
            {
                yield return plan;
            }
        }
    }

    private async Task RunAsync(AgreementPlan plan, AgreementCheck check, ReaderAccess access, CancellationToken ct)
    {
        WarehouseQuery query = new()
        {
            FlowUrn = plan.FlowUrn,
            AgreementUrns = [plan.AgreementUrn],
            Data = new DataQuery { Keys = plan.Keys }.Resolve(plan.Now, new IssueList()),
        };
        await foreach (ObservationBatch batch in warehouse.ReadAsync(query, access, ct).ConfigureAwait(false))
        {
            ct.ThrowIfCancellationRequested();
            check.Add(batch);
        }
    }

    private async Task<ImmutableArray<TouchedSource>> SourcesAsync(PlannedStructures planned, IReadOnlyDictionary<string, ImpactTiming> touched, CancellationToken ct)
    {
        ImmutableArray<TouchedSource>.Builder sources = ImmutableArray.CreateBuilder<TouchedSource>();
        foreach (SourceState source in await schedule.ListAsync(0, ct).ConfigureAwait(false))
        {
            ImpactTiming[] timings = [.. new[] { source.Source.AgreementUrn, source.Source.MapUrn, source.Source.SourceStructureUrn }
                .Select(planned.UrnNow).Where(urn => urn is not null && touched.ContainsKey(urn)).Select(urn => touched[urn!])];
            if (timings.Length > 0)
            {
                string? state = planned.StateOf(source.Source.AgreementUrn, region.StateDimension);
                sources.Add(new TouchedSource(source.Source.Id, source.Source.Name, source.Source.AgreementUrn, state, timings.Min(), source.Source.IsEnabled ? source.NextRunAt : null));
            }
        }

        return [.. sources.OrderBy(s => s.Timing).ThenBy(s => s.NextRunAt ?? DateTimeOffset.MaxValue).ThenBy(s => s.Id, StringComparer.Ordinal)];
    }

    private static Dictionary<string, ImpactTiming> Timings(PlannedStructures planned, ImmutableArray<ArtefactImpact> artefacts)
    {
        Dictionary<string, ImpactTiming> touched = [];
        foreach ((string urn, ImpactTiming timing) in artefacts.SelectMany(a => a.Touched.Select(t => (t.Artefact.Urn, t.Timing)).Concat(Own(planned, a.Step))))
        {
            touched[urn] = touched.TryGetValue(urn, out ImpactTiming known) && known < timing ? known : timing;
        }

        return touched;
    }

    // A source or message may name the changed artefact itself: its agreement, its map, its national flow.
    private static IEnumerable<(string Urn, ImpactTiming Timing)> Own(PlannedStructures planned, PlannedStep step)
        => step.Before is not { } before ? [] : [(before.Urn, ReferenceEquals(planned.AtOnce.Find(before.Reference), before) ? ImpactTiming.WhenReferencesMove : ImpactTiming.AtOnce)];
}
