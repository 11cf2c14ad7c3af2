using System.Security.Claims;
using Dsm.Exchange.Access;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Overview;

/// <summary>What needs a person now: failed runs, submissions without a good end, late figures, of the states the person works for.</summary>
public sealed class WorkList(HubDatabase database, SubmissionRegister submissions, StructureRegistry registry, RegionOptions region)
{
    /// <summary>The work of a user, newest first; empty for readers who may act on nothing.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cells">The coverage as the user may see it.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<IReadOnlyList<WorkItem>> OfAsync(ClaimsPrincipal user, IReadOnlyList<CoverageCell> cells, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(cells);
        HashSet<string> states = [.. region.States.Where(s => HubRights.MaySubmitFor(user, s))];
        if (states.Count == 0)
        {
            return [];
        }

        IEnumerable<WorkItem> late = cells
            .Where(c => c.Freshness == Freshness.Late && states.Contains(c.State))
            .Select(c => new WorkItem(WorkKind.Late, c.State, c.FlowUrn, new DateTimeOffset(c.Due!.Value.AddDays(1).ToDateTime(default), TimeSpan.Zero)) { Cell = c });
        RegistrySnapshot structures = registry.For(HubRights.Reading(user));
        IReadOnlyList<SourceRun> runs = await SourceRun.ListAsync(database, ct).ConfigureAwait(false);
        IReadOnlyList<Submission> open = await submissions.OpenAsync(ct).ConfigureAwait(false);

        // A run's submission is told by the run.
        return [.. late
            .Concat(runs.Where(r => r.Run?.Status is RunStatus.Failed or RunStatus.Stopped or RunStatus.CleanWithRefusals)
                .Select(r => Item(structures, WorkKind.Run, r.Source.AgreementUrn, r.Run!.StartedAt) is { } item ? item with { Run = r.Run } : null).OfType<WorkItem>())
            .Concat(open.Where(s => s.RunId is null)
                .Select(s => Item(structures, WorkKind.Submission, s.AgreementUrn, s.ReceivedAt) is { } item ? item with { Submission = s } : null).OfType<WorkItem>())
            .Where(i => states.Contains(i.State))
            .OrderByDescending(i => i.Since)];
    }

    private WorkItem? Item(RegistrySnapshot structures, WorkKind kind, string agreementUrn, DateTimeOffset since)
        => StructureReference.TryParseUrn(agreementUrn, out StructureReference? reference)
            && structures.Structures.Find<ProvisionAgreement>(reference) is { } agreement
            && structures.Schema(agreement.Reference) is { Dataflow: { } flow } schema
            && AgreementState.Of(structures.Structures, agreement, schema, region.StateDimension) is { } state
            ? new WorkItem(kind, state, flow.Urn, since) : null;
}
