using System.Globalization;
using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Pages.Structures.Editing;
using Dsm.Web.Pages.Submissions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures;

/// <summary>One transaction: what it changed, what was said, the message it came in; taking it back.</summary>
[Authorize]
public sealed class EntryModel(Editors editors, StructureLog log) : PageModel
{
    /// <summary>The transaction.</summary>
    public StructureTransaction Entry { get; private set; } = null!;

    /// <summary>What it changed.</summary>
    public IReadOnlyList<LoggedChange> Changes { get; private set; } = [];

    /// <summary>What was said about it, in sentences.</summary>
    public IReadOnlyList<string> Findings { get; private set; } = [];

    /// <summary>True when its message was kept and the reader may have it.</summary>
    public bool HasMessage { get; private set; }

    /// <summary>True when the reader maintains everything it changed.</summary>
    public bool MayRollBack { get; private set; }

    /// <summary>Number of the transaction that took it back; null while it stands.</summary>
    public long? TakenBackBy { get; private set; }

    /// <summary>What taking it back would do; null when that is not the reader's to do, or has been done.</summary>
    public StructurePlan? Preview { get; private set; }

    /// <summary>What forbids to take it back now, in sentences.</summary>
    public IReadOnlyList<string> Obstacles { get; private set; } = [];

    /// <summary>Later changes of the same artefacts, which would have to be taken back first; the latest first.</summary>
    public IReadOnlyList<string> Later { get; private set; } = [];

    /// <summary>The reason typed.</summary>
    public string? Comment { get; private set; }

    /// <summary>Why it was not taken back.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>Number of the transaction that took it back, on the way from there; null otherwise.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Done { get; set; }

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(long number, CancellationToken ct)
    {
        if (await RefusalAsync(number, ct) is { } refusal)
        {
            return refusal;
        }

        await PreviewAsync(ct);
        return Page();
    }

    /// <summary>Its message as received.</summary>
    public async Task<IActionResult> OnGetMessageAsync(long number, CancellationToken ct)
    {
        if (await RefusalAsync(number, ct) is { } refusal)
        {
            return refusal;
        }

        (byte[] Message, string? MediaType)? message = await log.MessageAsync(number, HubRights.Reading(User), ct);
        return message is null ? NotFound()
            : File(message.Value.Message, "application/octet-stream", $"transaction-{number}.{(message.Value.MediaType?.Contains("json", StringComparison.Ordinal) == true ? "json" : "xml")}");
    }

    /// <summary>Takes it back.</summary>
    public async Task<IActionResult> OnPostAsync(long number, string? comment, CancellationToken ct)
    {
        if (await RefusalAsync(number, ct) is { } refusal)
        {
            return refusal;
        }

        Comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();
        StructureReceipt receipt = await editors.Maintenance.RollBackAsync(number, editors.By(User), Comment, ct);
        if (receipt.IsApplied)
        {
            return LocalRedirect($"~/{editors.Texts.Language}/structures/log/{number}?done={receipt.Transaction}");
        }

        Problems = [.. editors.Sentences(receipt.Plan.Issues.Where(i => i.Severity >= Severity.Error))];
        await PreviewAsync(ct);
        return Page();
    }

    /// <summary>The artefacts that refer to one that would change or go and do not go themselves: those the reader may see, and the number of all.</summary>
    public (IReadOnlyList<Maintainable> Seen, int Count) UsersOf(PlannedChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        HashSet<string> gone = [.. (Preview?.Changes ?? []).Where(c => c.Kind == PlannedKind.Delete).Select(c => c.Reference.Urn)];
        StructureReference[] users = [.. change.Referrers.Where(r => !gone.Contains(r.Urn))];
        return ([.. users.Select(r => Seen.Find(r)).OfType<Maintainable>()], users.Length);
    }

    /// <summary>True when a version is there now, so that it has a page.</summary>
    public bool IsThere(StructureReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return Seen.Versions(reference.Type, reference.AgencyId, reference.Id).Any(v => v.Version.ToString() == reference.Version);
    }

    private StructureSet Seen => _seen ??= editors.Structures(User);

    private StructureSet? _seen;

    private async Task PreviewAsync(CancellationToken ct)
    {
        if (Entry.Status != TransactionStatus.Applied || Changes.Count == 0 || !MayRollBack || TakenBackBy is not null)
        {
            return;
        }

        Preview = await editors.Maintenance.PlanRollBackAsync(Entry.Id, editors.By(User), ct);
        Obstacles = [.. editors.Sentences(Preview.Issues.Where(i => i.Severity >= Severity.Error))];
        Later = [.. Preview.Issues.Where(i => i.Code == ExchangeIssues.LaterChange).Select(i => i.Arguments[1]).Distinct().OrderByDescending(n => long.Parse(n, CultureInfo.InvariantCulture))];
    }

    private async Task<IActionResult?> RefusalAsync(long number, CancellationToken ct)
    {
        Maintainer by = editors.By(User);
        ReaderAccess access = HubRights.Reading(User);
        if (by.MaintainsNothing)
        {
            return Forbid();
        }

        if (await log.FindAsync(number, access, ct) is not { } entry)
        {
            return NotFound();
        }

        Entry = entry;
        Changes = [.. await log.ChangesAsync(number, access, ct)];
        HasMessage = entry.MessageHash is not null && await log.MessageAsync(number, access, ct) is not null;
        TakenBackBy = (await log.TakenBackAsync(ct)).TryGetValue(number, out long back) ? back : null;
        MayRollBack = Changes.All(c => by.MayMaintain(c.Reference.AgencyId));
        Findings = [.. entry.Findings.Select(f => editors.Readable(SubmissionView.Text(f.Code, f.Arguments.AsSpan(), editors.Texts.Language))).Distinct()];
        return null;
    }
}
