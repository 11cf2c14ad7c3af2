using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>
/// Tries the last messages that a change concerns. Who may not see the restricted data of a state is not told of its messages: what a
/// message holds that is restricted would show in the counts.
/// </summary>
internal sealed class MessageTrials(HubDatabase database, SubmissionContents contents, RegionOptions region, PlannedStructures planned)
{
    /// <summary>Most kinds of findings told of one message.</summary>
    private const int MaxFindings = 20;

    /// <summary>The last messages a change concerns, and which structures to come may judge them otherwise.</summary>
    /// <param name="touched">URNs of artefacts that feel the change, with when.</param>
    /// <param name="access">What the reader may see.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<ImmutableArray<(Submission Submission, string? State, ImmutableArray<ImpactTiming> Timings)>> ConcernedAsync(
        IReadOnlyDictionary<string, ImpactTiming> touched, ReaderAccess access, CancellationToken ct)
    {
        ImmutableArray<(Submission, string?, ImmutableArray<ImpactTiming>)>.Builder found = ImmutableArray.CreateBuilder<(Submission, string?, ImmutableArray<ImpactTiming>)>();
        foreach (Submission submission in await LastAsync(ct).ConfigureAwait(false))
        {
            ImpactTiming[] felt = [.. new[] { submission.AgreementUrn, submission.MapUrn, submission.SourceStructureUrn }
                .Select(planned.UrnNow).Where(urn => urn is not null && touched.ContainsKey(urn)).Select(urn => touched[urn!]).Distinct()];
            string? state = planned.StateOf(submission.AgreementUrn, region.StateDimension);
            if (felt.Length == 0 || !(access.SeesAllRestricted || (state is not null && access.States.Contains(state))))
            {
                continue;
            }

            ImmutableArray<ImpactTiming> timings = [.. felt.Where(t => MayDiffer(submission, t)).Order()];
            if (!timings.IsEmpty)
            {
                found.Add((submission, state, timings));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Tries one message by the structures of now and by those to come.</summary>
    public async Task<IEnumerable<MessageTrial>> RunAsync(Submission submission, string? state, ImmutableArray<ImpactTiming> timings, CancellationToken ct)
    {
        (TrialCounts before, StageIssues known) = await TryAsync(submission, planned.NowSnapshot, ct).ConfigureAwait(false);
        List<MessageTrial> trials = [];
        foreach (ImpactTiming timing in timings)
        {
            (TrialCounts after, StageIssues issues) = await TryAsync(submission, planned.SnapshotOf(timing), ct).ConfigureAwait(false);
            trials.Add(new MessageTrial
            {
                Timing = timing,
                SubmissionId = submission.Id,
                ReceivedAt = submission.ReceivedAt,
                AgreementUrn = submission.AgreementUrn,
                MapUrn = submission.MapUrn,
                State = state,
                Before = before,
                After = after is { IsRejected: true, Read: 0 } ? after with { Read = before.Read } : after,
                Findings = More(known, issues),
            });
        }

        return trials;
    }

    private async Task<(TrialCounts Counts, StageIssues Issues)> TryAsync(Submission submission, RegistrySnapshot structures, CancellationToken ct)
    {
        StageIssues issues = new();
        if (SubmissionContract.Of(submission, structures, region, issues.Read) is not { } contract)
        {
            return (new TrialCounts(0, 0, true), issues);
        }

        using MessageReading reading = new(contract, issues, null);
        await reading.RunAsync(await contents.OpenAsync(submission.ContentHash, ct).ConfigureAwait(false), null, ct).ConfigureAwait(false);
        return (new TrialCounts(reading.Counts.Read, reading.Counts.Refused, reading.IsRejected), issues);
    }

    // Of each way a message can come the last one that was good and whole; of ways that bring changes only, the last of these.
    private async Task<List<Submission>> LastAsync(CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        List<long> last = await db.Submissions
            .Where(s => s.Status == SubmissionStatus.Merged || s.Status == SubmissionStatus.Unchanged)
            .GroupBy(s => new { s.AgreementUrn, s.MapUrn, s.SourceStructureUrn })
            .Select(g => g.Max(s => s.IsSnapshot ? (long?)s.Id : null) ?? g.Max(s => s.Id))
            .ToListAsync(ct).ConfigureAwait(false);
        return await db.Submissions.AsNoTracking().Where(s => last.Contains(s.Id)).OrderBy(s => s.ContentLength).ThenBy(s => s.Id).ToListAsync(ct).ConfigureAwait(false);
    }

    // A change of names or order cannot change what becomes of a message, and reading one costs time.
    private bool MayDiffer(Submission submission, ImpactTiming timing)
    {
        RegistrySnapshot before = planned.NowSnapshot, after = planned.SnapshotOf(timing);
        foreach (string? urn in new[] { submission.AgreementUrn, submission.SourceStructureUrn }.Where(u => u is not null))
        {
            if (before.Schema(urn!) is not { } schema
                || SchemaComparison.Compare((schema, before.Structures), (after.Schema(urn!), after.Structures)).Any(d => !IsCosmetic(d.Change)))
            {
                return true;
            }
        }

        return submission.MapUrn is { } mapUrn && StructureReference.TryParseUrn(mapUrn, out StructureReference? reference)
            && (before.Structures.Find<StructureMap>(reference) is not { } map
                || map.References.Where(r => r.Type == StructureType.RepresentationMap).Prepend(reference)
                    .Any(r => !ReferenceEquals(before.Structures.Find(r), after.Structures.Find(r))));
    }

    private static bool IsCosmetic(SchemaChange change)
        => change is SchemaChange.FlowVersion or SchemaChange.CodesRenamed or SchemaChange.CodesMoved or SchemaChange.CodesValidity;

    private static ImmutableArray<TrialFinding> More(StageIssues before, StageIssues after)
    {
        Dictionary<(string, string, string?, string), (long Total, long Observations)> known = [];
        foreach ((string stage, IssueGroup group) in Groups(before))
        {
            known[Identity(stage, group)] = (group.Total, group.Observations);
        }

        return
        [
            .. Groups(after).Select(g => (g.Stage, g.Group, Known: known.GetValueOrDefault(Identity(g.Stage, g.Group))))
                .Select(g => new TrialFinding(g.Stage, g.Group, g.Group.Total - g.Known.Total, g.Group.Observations - g.Known.Observations))
                .Where(f => f.More > 0 || f.MoreObservations > 0)
                .OrderByDescending(f => f.Group.Severity).ThenByDescending(f => f.MoreObservations).ThenByDescending(f => f.More)
                .Take(MaxFindings),
        ];
    }

    private static (string, string, string?, string) Identity(string stage, IssueGroup group) => (stage, group.Code.Id, group.Component, string.Join('\u001f', group.Arguments));

    private static IEnumerable<(string Stage, IssueGroup Group)> Groups(StageIssues issues)
        => new[] { ("read", issues.Read), ("validate", issues.Validate), ("map", issues.Map), ("check", issues.Check) }.SelectMany(s => s.Item2.Groups.Select(g => (s.Item1, g)));
}
