using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>Finds the flows whose schema a change alters, and how.</summary>
internal static class FlowImpacts
{
    /// <summary>The flows, those that feel it at once first.</summary>
    /// <param name="planned">The structures before and after.</param>
    /// <param name="touched">URNs of artefacts that feel the change, with when.</param>
    /// <param name="artefacts">Knows whose flow it is.</param>
    public static ImmutableArray<FlowImpact> Of(PlannedStructures planned, IReadOnlyDictionary<string, ImpactTiming> touched, TouchedArtefacts artefacts)
    {
        ImmutableArray<FlowImpact>.Builder found = ImmutableArray.CreateBuilder<FlowImpact>();
        foreach (Dataflow flow in planned.Now.Of<Dataflow>().Where(f => touched.ContainsKey(f.Urn)))
        {
            if (planned.NowSnapshot.Schema(flow.Reference) is not { } now)
            {
                continue;
            }

            string? state = artefacts.StateOf(flow);
            ImmutableArray<SchemaDifference> atOnce = Differences(planned, now, flow, ImpactTiming.AtOnce);
            ImmutableArray<SchemaDifference> moved = Differences(planned, now, flow, ImpactTiming.WhenReferencesMove);
            if (!atOnce.IsEmpty)
            {
                found.Add(new FlowImpact(flow, state, ImpactTiming.AtOnce, atOnce));
            }

            if (!moved.IsEmpty && !SchemaComparison.Same(atOnce, moved))
            {
                found.Add(new FlowImpact(flow, state, ImpactTiming.WhenReferencesMove, moved));
            }
        }

        return [.. found.OrderBy(f => f.Timing).ThenBy(f => f.State is not null).ThenBy(f => f.Flow.AgencyId, StringComparer.Ordinal).ThenBy(f => f.Flow.Id, StringComparer.Ordinal)];
    }

    private static ImmutableArray<SchemaDifference> Differences(PlannedStructures planned, DataSchema now, Dataflow flow, ImpactTiming timing)
    {
        RegistrySnapshot after = planned.SnapshotOf(timing);
        return SchemaComparison.Compare((now, planned.Now), (after.Schema(flow.Reference), after.Structures));
    }
}
