using System.Net.Mime;
using Dsm.Exchange.Access;
using Dsm.Exchange.Submissions;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Submissions;

/// <summary>The receipt of a submission: is the file right, what exactly is wrong, where, what happens next.</summary>
[Authorize]
public sealed class ReceiptModel(SubmissionRegister submissions, SubmissionContents contents, SubmissionDesk desk, RegionView region, PageTexts texts) : PageModel
{
    /// <summary>Groups of findings shown; all are in the download.</summary>
    public const int GroupsShown = 100;

    /// <summary>Samples shown of each group.</summary>
    public const int SamplesShown = 10;

    /// <summary>The receipt.</summary>
    public SubmissionReceipt Receipt { get; private set; } = null!;

    /// <summary>The submission.</summary>
    public Submission Submission => Receipt.Submission;

    /// <summary>Names of the region.</summary>
    public RegionView Region => region;

    /// <summary>True while it is being worked on: the page renews itself.</summary>
    public bool IsBusy => Submission.Status is SubmissionStatus.Received or SubmissionStatus.Processing;

    /// <summary>Key of the button that repeats the work, or null when there is nothing to repeat.</summary>
    public string? Again => Submission.Origin == SubmissionOrigin.Harvest ? null : Submission.Status switch
    {
        SubmissionStatus.Checked => "receipt.publish",
        SubmissionStatus.Held => "receipt.confirm",
        SubmissionStatus.Failed => "receipt.again",
        _ => null,
    };

    /// <summary>Shows the receipt. What does not exist and what is of others get one answer.</summary>
    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    /// <summary>All findings as CSV.</summary>
    public async Task<IActionResult> OnGetFindingsAsync(long id, CancellationToken ct) => await FindAsync(id, ct)
        ? File(FindingsCsv.Write(Receipt.Findings, texts.Language), "text/csv; charset=utf-8", $"findings-{id}.csv") : NotFound();

    /// <summary>The file exactly as it came, as a download that no browser takes for a page.</summary>
    public async Task<IActionResult> OnGetFileAsync(long id, CancellationToken ct) => await FindAsync(id, ct)
        ? File(await contents.OpenAsync(Submission.ContentHash, ct), MediaTypeNames.Application.Octet, Path.GetFileName(Submission.SourceName?.Split('?')[0] ?? "") is { Length: > 0 } name ? name : $"submission-{id}") : NotFound();

    /// <summary>Has it processed once more: published after a check, confirmed after it was held, repeated after a fault.</summary>
    public async Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
        {
            return NotFound();
        }

        if (Again is not null)
        {
            desk.Process(id, checkOnly: false, withdrawalConfirmed: Submission.Status == SubmissionStatus.Held);
        }

        return LocalRedirect($"~/{texts.Language}/submissions/{id}");
    }

    private async Task<bool> FindAsync(long id, CancellationToken ct)
    {
        if (await submissions.FindAsync(id, ct) is not { } receipt
            || region.StateOf(receipt.Submission.AgreementUrn) is not { } state || !HubRights.MaySeeWorkOf(User, state))
        {
            return false;
        }

        Receipt = receipt;
        return true;
    }
}
