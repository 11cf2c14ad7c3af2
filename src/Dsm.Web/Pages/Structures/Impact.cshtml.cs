using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Impact;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures;

/// <summary>
/// What the artefacts of an uploaded message would touch, or what would if everything moved from one version to another
/// (<c>?from=URN&amp;to=URN</c>). Nothing is changed; every count is of what the reader may see.
/// </summary>
[Authorize]
[RequestSizeLimit(MaxBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = MaxBytes)]
public sealed class ImpactModel(StructureRegistry registry, StructureMaintenance maintenance, ChangeSimulator simulator, PageTexts texts) : PageModel
{
    /// <summary>Largest message.</summary>
    public const int MaxBytes = 20_000_000;

    /// <summary>Most findings shown.</summary>
    public const int FindingsShown = 20;

    /// <summary>The message.</summary>
    [BindProperty(Name = "File")]
    public IFormFile? Upload { get; set; }

    /// <summary>The report; null before there is one.</summary>
    public ImpactView? View { get; private set; }

    /// <summary>What is wrong with the upload; null for nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>What is to be said about the message and about what it asks for.</summary>
    public IReadOnlyList<Issue> Findings { get; private set; } = [];

    /// <summary>The version that references mean; null for an upload.</summary>
    public StructureReference? From { get; private set; }

    /// <summary>The version that they would move to; null for an upload.</summary>
    public StructureReference? To { get; private set; }

    /// <summary>Shows the form, or what a move between two versions touches.</summary>
    public async Task<IActionResult> OnGetAsync(string? from, string? to, CancellationToken ct)
    {
        if (from is null && to is null)
        {
            return Page();
        }

        ReaderAccess access = HubRights.Reading(User);
        StructureSet structures = registry.For(access).Structures;
        if (Find(structures, from) is not { } before || Find(structures, to) is not { } after || before.Type != after.Type)
        {
            return NotFound();
        }

        (From, To) = (before.Reference, after.Reference);
        View = new ImpactView(await simulator.SimulateMoveAsync(before, after, access, ct));
        return Page();
    }

    /// <summary>Shows what the artefacts of a message touch.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Upload is null || Upload.Length == 0)
        {
            Problem = texts["impact.problem.file"];
            return Page();
        }

        IssueList issues = new();
        await using Stream content = Upload.OpenReadStream();
        StructureSet message = StructureMessageReader.Read(content, issues);
        if (message.All.IsEmpty)
        {
            Problem = texts["impact.problem.unreadable"];
            Findings = [.. issues.Kept.Where(i => i.Severity >= Severity.Warning)];
            return Page();
        }

        // The plan says what would happen and whether it may; a reader without the right to change anything is told what would happen.
        Maintainer by = HubRights.Maintainer(User, registry.Current.Spaces);
        StructurePlan plan = await maintenance.PlanAsync(
            new StructureSubmission { Tasks = [.. message.All.Select(StructureTask.Replace)], By = by, Origin = "impact" }, ct);
        if (!by.MaintainsNothing)
        {
            Findings = [.. plan.Issues];
        }

        View = new ImpactView(await simulator.SimulateAsync(plan, HubRights.Reading(User), ct));
        return Page();
    }

    /// <summary>The drafted map of a report as a file.</summary>
    public IActionResult OnPostMap(string? map)
    {
        if (ImpactView.Unpack(map) is not { } draft)
        {
            return BadRequest();
        }

        MemoryStream message = new();
        ImpactView.Write(draft, message);
        message.Position = 0;
        return File(message, "application/vnd.sdmx.structure+xml;version=3.0.0", $"{draft.Id}.{draft.Version}.xml");
    }

    /// <summary>Saves the drafted map in the registry and leads to it.</summary>
    public async Task<IActionResult> OnPostSaveAsync(string? map, CancellationToken ct)
    {
        if (ImpactView.Unpack(map) is not { } draft)
        {
            return BadRequest();
        }

        Maintainer by = HubRights.Maintainer(User, registry.Current.Spaces);
        if (!by.MayMaintain(draft.AgencyId))
        {
            return Forbid();
        }

        StructureReceipt receipt = await maintenance.ApplyAsync(
            new StructureSubmission { Tasks = [StructureTask.Replace(draft)], By = by, Origin = "impact", Comment = draft.Name.Best(texts.Language) }, ct);
        if (receipt.IsApplied)
        {
            return LocalRedirect($"~{StructureLinks.Page(texts.Language, draft.Reference)}");
        }

        Findings = [.. receipt.Plan.Issues];
        return Page();
    }

    private static Maintainable? Find(StructureSet structures, string? urn)
        => StructureReference.TryParseUrn(urn, out StructureReference? reference) ? structures.Find(reference) : null;
}
