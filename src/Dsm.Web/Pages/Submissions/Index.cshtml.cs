using Dsm.Exchange.Access;
using Dsm.Exchange.Submissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Submissions;

/// <summary>The submissions a reader may see, newest first; anonymous readers are told what is here and how to come in.</summary>
public sealed class IndexModel(SubmissionRegister submissions, RegionView region) : PageModel
{
    /// <summary>Submissions on a page.</summary>
    public const int PageSize = 50;

    /// <summary>Only submissions with a lower number.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    /// <summary>Names of the region.</summary>
    public RegionView Region => region;

    /// <summary>The submissions.</summary>
    public IReadOnlyList<Submission> Submissions { get; private set; } = [];

    /// <summary>True when the reader works for a state.</summary>
    public bool MaySend { get; private set; }

    /// <summary>Lists the submissions.</summary>
    public async Task OnGetAsync(CancellationToken ct)
    {
        string[] own = [.. region.Agreements.Where(a => HubRights.MaySeeWorkOf(User, a.State)).Select(a => a.Agreement.Urn)];
        MaySend = region.States.Any(s => HubRights.MaySubmitFor(User, s));
        Submissions = own.Length == 0 ? [] : await submissions.ListAsync(own, Before, PageSize, ct);
    }
}
