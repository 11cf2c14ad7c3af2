using Dsm.Exchange.Access;
using Dsm.Exchange.Registry.Proposals;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures.Proposals;

/// <summary>The proposals: people of offices see all, the public what was accepted or published.</summary>
public sealed class IndexModel(ProposalDesk desk, ProposalView view) : PageModel
{
    private const int PageSize = 50;

    /// <summary>Only those of a state; null for all.</summary>
    [BindProperty(SupportsGet = true)]
    public ProposalStatus? Status { get; set; }

    /// <summary>Only those with a lower number.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    /// <summary>Who reads.</summary>
    public Participant Reader { get; private set; } = null!;

    /// <summary>The proposals, newest first.</summary>
    public IReadOnlyList<Proposal> Proposals { get; private set; } = [];

    /// <summary>Number below which older ones begin; null when there are none.</summary>
    public long? Older { get; private set; }

    /// <summary>Titles and offices.</summary>
    public ProposalView View => view;

    /// <summary>Lists them.</summary>
    public async Task OnGetAsync(CancellationToken ct)
    {
        Reader = HubRights.Participant(User);
        IReadOnlyList<Proposal> found = await desk.ListAsync(Reader, Status, PageSize + 1, Before, ct);
        Proposals = [.. found.Take(PageSize)];
        Older = found.Count > PageSize ? Proposals[^1].Id : null;
    }
}
