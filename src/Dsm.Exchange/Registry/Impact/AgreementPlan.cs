using System.Collections.Immutable;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>What is to be looked at in the stored data of one agreement: which codes to count, by which schemas to judge, which series to read.</summary>
internal sealed class AgreementPlan
{
    private readonly PlannedStructures _planned;
    private readonly ImmutableArray<Coverage> _coverage;
    private readonly ImmutableArray<Target> _targets;
    private readonly string? _state;

    private AgreementPlan(PlannedStructures planned, ImmutableArray<Coverage> coverage, DataSchema now, ImmutableArray<Target> targets, string? state)
        => (_planned, _coverage, Now, _targets, _state) = (planned, coverage, now, targets, state);

    /// <summary>URN of the dataflow the data are kept under.</summary>
    public string FlowUrn => _coverage[0].FlowUrn;

    /// <summary>URN of the agreement.</summary>
    public string AgreementUrn => _coverage[0].AgreementUrn;

    /// <summary>Schema by which the data were accepted.</summary>
    public DataSchema Now { get; }

    /// <summary>True when data have to be read: a code is to be counted, or something may become invalid.</summary>
    public bool NeedsData => Watched.Any() || _targets.Any(t => t.MayInvalidate);

    /// <summary>Keys of the series to read; empty for all.</summary>
    public ImmutableArray<KeyQuery> Keys
    {
        get
        {
            // Removed codes of dimensions make their own series invalid and no others; whatever else may invalidate concerns any series.
            bool byCodes = _targets.All(t => t.Differences.All(d => !d.MayInvalidate || d.Change == SchemaChange.CodesRemoved))
                && Watched.All(w => Now.Find(w.Component)!.Role == ComponentRole.Dimension);
            return !byCodes ? [] :
            [
                .. Watched.GroupBy(w => w.Component).Select(g => new KeyQuery([.. Now.Dimensions.Select(d => d.Id == g.Key ? g.Select(w => w.Code).Distinct().ToImmutableArray() : [])])),
            ];
        }
    }

    private IEnumerable<(string Component, string Code)> Watched => _targets
        .SelectMany(t => t.Differences.Where(IsWatched).SelectMany(d => d.Codes.Select(c => (d.Component, c)))).Distinct();

    /// <summary>Plans the look at an agreement; null when its data are judged as before and carry nothing that changes.</summary>
    public static AgreementPlan? Of(PlannedStructures planned, ImmutableArray<Coverage> coverage, string stateDimension)
    {
        StructureReference? agreed = Reference(planned.Now, coverage[0]);
        if (agreed is null || planned.NowSnapshot.Schema(agreed) is not { } now)
        {
            return null;
        }

        (DataSchema, StructureSet) before = (now, planned.Now);
        ImmutableArray<SchemaDifference> atOnce = Differences(before, planned.AtOnceSnapshot, coverage[0], agreed, out DataSchema? atOnceSchema);
        ImmutableArray<SchemaDifference> moved = Differences(before, planned.MovedSnapshot, coverage[0], agreed, out DataSchema? movedSchema);
        moved = [.. moved.Concat(FlowMove(planned, now))];
        ImmutableArray<Target>.Builder targets = ImmutableArray.CreateBuilder<Target>();
        if (!atOnce.IsEmpty)
        {
            targets.Add(new Target(ImpactTiming.AtOnce, atOnceSchema, atOnce));
        }

        if (!moved.IsEmpty && !SchemaComparison.Same(atOnce, moved))
        {
            targets.Add(new Target(ImpactTiming.WhenReferencesMove, movedSchema, moved));
        }

        string? state = now.Agreement is { } agreement ? AgreementState.Of(planned.Now, agreement, now, stateDimension) : null;
        return targets.Count == 0 ? null : new AgreementPlan(planned, coverage, now, targets.ToImmutable(), state);
    }

    /// <summary>The check that carries the plan out.</summary>
    public AgreementCheck Check(string stateDimension)
        => new(Now, stateDimension, _state, Watched, [.. _targets.Where(t => t.MayInvalidate).Select(t => t.Schema)]);

    /// <summary>What the check found about the data as a whole.</summary>
    public IEnumerable<DataImpact> Impacts(AgreementCheck check)
    {
        int verdict = 0;
        foreach (Target target in _targets)
        {
            var (invalid, causes) = target.MayInvalidate ? check.Verdicts[verdict++] : ([], []);
            yield return new DataImpact
            {
                Timing = target.Timing,
                FlowUrn = FlowUrn,
                AgreementUrn = AgreementUrn,
                Differences = target.Differences,
                Causes = causes,
                States = [.. _coverage.Select(c => new StateImpact(c.State, c.Observations, invalid.FirstOrDefault(i => i.State == (c.State ?? "")).Count))
                    .OrderByDescending(s => s.Invalid.Observations).ThenBy(s => s.State, StringComparer.Ordinal)],
            };
        }
    }

    /// <summary>What the check found about single codes.</summary>
    public IEnumerable<CodeUse> Uses(AgreementCheck check)
    {
        foreach ((string component, string code, string state, ObservationCount count) in check.Uses)
        {
            foreach (IGrouping<SchemaChange, Target> change in _targets.SelectMany(t => t.Differences.Where(d => IsWatched(d) && d.Component == component && d.Codes.Contains(code)).Select(d => (d.Change, t))).GroupBy(c => c.Change, c => c.t))
            {
                yield return new CodeUse
                {
                    Change = change.Key,
                    Timing = change.Min(t => t.Timing),
                    Code = code,
                    Component = component,
                    ListUrn = (_planned.Now.Find(Now.Find(component)!.Representation.Enumeration!) as Maintainable)?.Urn ?? "",
                    FlowUrn = FlowUrn,
                    AgreementUrn = AgreementUrn,
                    State = state.Length == 0 ? null : state,
                    Count = count,
                };
            }
        }
    }

    private static bool IsWatched(SchemaDifference difference)
        => difference.Change is SchemaChange.CodesRemoved or SchemaChange.CodesRenamed or SchemaChange.CodesMoved or SchemaChange.CodesValidity;

    // Data are judged by the agreement they came under, as long as it is there and for the flow they are kept under.
    private static StructureReference? Reference(StructureSet structures, Coverage coverage)
    {
        if (StructureReference.TryParseUrn(coverage.AgreementUrn, out StructureReference? agreement)
            && structures.Find<ProvisionAgreement>(agreement) is { } found && structures.Find(found.Dataflow!)?.Urn == coverage.FlowUrn)
        {
            return agreement;
        }

        return StructureReference.TryParseUrn(coverage.FlowUrn, out StructureReference? flow) ? flow : null;
    }

    private static ImmutableArray<SchemaDifference> Differences((DataSchema, StructureSet) before, RegistrySnapshot after, Coverage coverage, StructureReference agreed, out DataSchema? schema)
    {
        StructureReference? reference = after.Structures.Find(agreed) is null ? Reference(after.Structures, coverage) : agreed;
        schema = reference is null ? null : after.Schema(reference);
        return SchemaComparison.Compare(before, (schema, after.Structures));
    }

    // In the set of moved references a new version of the flow stands under the number of the one before, so its number is not seen there.
    private static IEnumerable<SchemaDifference> FlowMove(PlannedStructures planned, DataSchema now) => planned.Steps
        .Where(s => s is { IsNewVersion: true, Before: Dataflow flow } && now.Dataflow is { } own && own.AgencyId == flow.AgencyId && own.Id == flow.Id && own.Version < s.After!.Version)
        .Select(s => new SchemaDifference(SchemaChange.FlowVersion, s.After!.Reference.ToString(), [], false));

    private sealed record Target(ImpactTiming Timing, DataSchema? Schema, ImmutableArray<SchemaDifference> Differences)
    {
        public bool MayInvalidate => Differences.Any(d => d.MayInvalidate);
    }
}
