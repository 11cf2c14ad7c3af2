using System.Collections.Immutable;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>A report of reference metadata that would no longer fit its metadata structure.</summary>
/// <param name="Report">The report.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Code of the state whose agency maintains it; null for the region's own.</param>
/// <param name="Timing">When.</param>
/// <param name="Causes">Findings that are new, the most first.</param>
public sealed record ReportImpact(StructureReference Report, LocalisedText Name, string? State, ImpactTiming Timing, ImmutableArray<IssueGroup> Causes);

/// <summary>Judges the kept reports of reference metadata by the structures of now and those to come.</summary>
internal static class ReportTrials
{
    /// <summary>The reports that would no longer fit, of those the reader may see.</summary>
    /// <param name="planned">The structures before and after.</param>
    /// <param name="touched">URNs of artefacts that feel the change, with when.</param>
    /// <param name="shelf">The reports.</param>
    /// <param name="ct">Ends the work.</param>
    public static ImmutableArray<ReportImpact> Run(PlannedStructures planned, IReadOnlyDictionary<string, ImpactTiming> touched, MetadataShelf shelf, CancellationToken ct)
    {
        ImmutableArray<ReportImpact>.Builder found = ImmutableArray.CreateBuilder<ReportImpact>();
        foreach (MetadataSet set in shelf.Sets.Select(s => s.Set))
        {
            ct.ThrowIfCancellationRequested();
            ImpactTiming[] timings = [.. new[] { set.MetadataProvisionAgreement, set.Metadataflow, set.MetadataStructure }
                .Select(r => r is null ? null : planned.Now.Find(r)?.Urn).Where(urn => urn is not null && touched.ContainsKey(urn)).Select(urn => touched[urn!]).Distinct().Order()];
            if (timings.Length == 0)
            {
                continue;
            }

            HashSet<string> known = [.. Errors(planned.Now, set).Select(Identity)];
            foreach (ImpactTiming timing in timings)
            {
                ImmutableArray<IssueGroup> causes = [.. Errors(planned.SnapshotOf(timing).Structures, set).Where(g => !known.Contains(Identity(g))).OrderByDescending(g => g.Total)];
                if (!causes.IsEmpty)
                {
                    found.Add(new ReportImpact(set.Reference, set.Name, planned.NowSnapshot.Spaces.Of(set.AgencyId)?.State, timing, causes));
                }
            }
        }

        return [.. found.OrderBy(r => r.Timing).ThenByDescending(r => r.Causes.Sum(c => c.Total)).ThenBy(r => r.Report.ToString(), StringComparer.Ordinal)];
    }

    private static IEnumerable<IssueGroup> Errors(StructureSet structures, MetadataSet set)
    {
        IssueList issues = new() { MaxGroups = 100, SamplesPerGroup = 3 };
        new MetadataSetValidator(structures, issues).Check(set);
        return issues.Groups.Where(g => g.Severity >= Severity.Error);
    }

    private static string Identity(IssueGroup group) => string.Join('\u001f', group.Arguments.Prepend(group.Component).Prepend(group.Code.Id));
}
