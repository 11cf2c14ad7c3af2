using System.Collections.Immutable;
using System.Security.Cryptography;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Impact;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Web.Localisation;
using Dsm.Web.Pages.Structures.Editing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures;

/// <summary>A structure message sent as a file: read, planned and shown; applied when the reader says so.</summary>
[Authorize]
[RequestSizeLimit(MaxBytes + FormBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = MaxBytes + FormBytes)]
public sealed class UploadModel(Editors editors, UploadedMessages messages, ChangeSimulator simulator, PageTexts texts) : PageModel
{
    /// <summary>Most bytes of a message.</summary>
    public const long MaxBytes = 50_000_000;

    // What a form has around its file.
    private const long FormBytes = 1_000_000;

    /// <summary>What is to be done with the artefacts of the message.</summary>
    [BindProperty]
    public StructureAction Action { get; set; } = StructureAction.Replace;

    /// <summary>What the message would do; null before one was sent.</summary>
    public StructurePlan? Plan { get; private set; }

    /// <summary>What it would touch; null when nothing would change.</summary>
    public ImpactView? Impact { get; private set; }

    /// <summary>Name of the file.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>Its format.</summary>
    public string Format { get; private set; } = "";

    /// <summary>Names the message that waits to be applied; null when it must not be.</summary>
    public string? Ticket { get; private set; }

    /// <summary>What is wrong, with the place in the message.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>What is wrong with the file as a whole; null when it is none or what it says.</summary>
    public string? FileProblem { get; private set; }

    /// <summary>What is to be said besides.</summary>
    public IEnumerable<string> Remarks => editors.Sentences((Plan?.Issues ?? []).Where(i => i.Severity < Severity.Error));

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => editors.By(User).MaintainsNothing ? Forbid() : Page();

    /// <summary>Reads and plans a message; nothing changes.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Maintainer by = editors.By(User);
        if (by.MaintainsNothing)
        {
            return Forbid();
        }

        if (Request.Form.Files["file"] is not { Length: > 0 } file)
        {
            RefuseFile(texts["upload.problem.file"]);
            return Page();
        }

        if (file.Length > MaxBytes)
        {
            RefuseFile(texts.Format("table.problem.large", MaxBytes / 1_000_000));
            return Page();
        }

        using MemoryStream content = new();
        await file.CopyToAsync(content, ct);
        await PlanAsync(content.ToArray(), Path.GetFileName(file.FileName), by, ct);
        return Page();
    }

    /// <summary>Applies a message that was looked at.</summary>
    public async Task<IActionResult> OnPostApplyAsync(string? ticket, string? comment, CancellationToken ct)
    {
        Maintainer by = editors.By(User);
        if (by.MaintainsNothing)
        {
            return Forbid();
        }

        if (messages.Take(ticket, User.Identity!.Name!) is not { } submission)
        {
            RefuseFile(texts["upload.problem.gone"]);
            return Page();
        }

        StructureReceipt receipt = await editors.Maintenance.ApplyAsync(
            submission with { By = by, Comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim() }, ct);
        if (receipt is { IsApplied: true, Transaction: { } transaction })
        {
            return LocalRedirect($"~/{texts.Language}/structures/log/{transaction}");
        }

        Plan = receipt.Plan;
        Problems.AddRange(editors.Sentences(receipt.Plan.Issues.Where(i => i.Severity >= Severity.Error)));
        return Page();
    }

    private void RefuseFile(string problem)
    {
        FileProblem = problem;
        Problems.Add(problem);
    }

    private async Task PlanAsync(byte[] content, string name, Maintainer by, CancellationToken ct)
    {
        IssueList issues = new();
        StructureMessage message;
        using (MemoryStream stream = new(content, writable: false))
        {
            message = StructureMessages.Read(stream, issues);
        }

        FileName = name;
        Format = message.Format?.Name ?? "";
        Problems.AddRange(editors.Sentences(issues.Kept.Where(i => i.Severity >= Severity.Error)));
        if (Problems.Count > 0)
        {
            return;
        }

        if (message.Structures.All.IsEmpty)
        {
            RefuseFile(texts["upload.problem.empty"]);
            return;
        }

        StructureSubmission submission = new()
        {
            Tasks = [.. message.Structures.All.Select(a => StructureTask.Of(Action, a))],
            By = by,
            Origin = "upload " + name,
            Message = content,
            MediaType = message.Format?.MediaType,
        };
        Plan = await editors.Maintenance.PlanAsync(submission, ct);
        Problems.AddRange(editors.Sentences(Plan.Issues.Where(i => i.Severity >= Severity.Error)));
        if (Plan.ChangesAnything)
        {
            Impact = new ImpactView(await simulator.SimulateAsync(Plan, by.Reading, ct));
        }

        if (Plan.CanBeApplied && Plan.ChangesAnything)
        {
            Ticket = messages.Keep(submission with { BasedOn = Plan.BasedOn }, User.Identity!.Name!);
        }
    }
}
