using Dsm.Exchange.Access;
using Dsm.Exchange.Overview;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Web.Pages.Structures.Proposals;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages;

/// <summary>Home: what is here, how fresh, for which states; for those who are signed in also what needs them now.</summary>
public sealed class HomeModel(
    CoverageMatrix matrix, WorkList work, StructureRegistry registry, ProposalDesk proposals, ProposalView proposalView, SubscriptionDesk subscriptions, RegionView region) : PageModel
{
    /// <summary>Most entries of the list of work on the page.</summary>
    public const int WorkShown = 12;

    private Dictionary<(string, string), CoverageCell> _cells = [];

    /// <summary>Names of the region.</summary>
    public RegionView Region => region;

    /// <summary>What needs the reader, newest first.</summary>
    public IReadOnlyList<WorkItem> Work { get; private set; } = [];

    /// <summary>Proposals that wait for the reader's decision, newest first.</summary>
    public IReadOnlyList<Proposal> Proposals { get; private set; } = [];

    /// <summary>Titles of proposals.</summary>
    public ProposalView ProposalView => proposalView;

    /// <summary>The reader's subscriptions whose address takes nothing any more.</summary>
    public IReadOnlyList<ChangeSubscription> Suspended { get; private set; } = [];

    /// <summary>Number of figures the reader may see.</summary>
    public long Observations { get; private set; }

    /// <summary>True when some figures are synthetic.</summary>
    public bool HasSynthetic { get; private set; }

    /// <summary>The cell of a state and an indicator.</summary>
    public CoverageCell? Cell(string state, string flowUrn) => _cells.GetValueOrDefault((state, flowUrn));

    /// <summary>Reads the overview.</summary>
    public async Task OnGetAsync(CancellationToken ct)
    {
        IReadOnlyList<CoverageCell> cells = await matrix.ReadAsync(HubRights.Reading(User), ct);
        _cells = cells.ToDictionary(c => (c.State, c.FlowUrn));
        Observations = cells.Sum(c => c.Observations);
        HasSynthetic = cells.Any(c => c.IsSynthetic);
        Work = await work.OfAsync(User, cells, ct);
        if (User.Identity is { IsAuthenticated: true, Name: { } name })
        {
            Proposals = await proposals.AwaitingAsync(HubRights.Maintainer(User, registry.Current.Spaces), ct);
            Suspended = [.. (await subscriptions.ListAsync(name, ct)).Where(s => s.Status == SubscriptionStatus.Suspended)];
        }
    }
}
