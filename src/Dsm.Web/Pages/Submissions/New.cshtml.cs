using Dsm.Exchange.Access;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Model;
using Dsm.Web.Hosting;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Submissions;

/// <summary>Sends a file: for which agreement, in which structure, to publish or only to check.</summary>
/// <remarks>Only signed-in callers get as far as the body of the request; a large file waits on disk, never in memory.</remarks>
[Authorize]
public sealed class NewModel(SubmissionDesk desk, RegionView region, PageTexts texts, HubOptions options) : PageModel
{
    private const string Regional = "regional";

    /// <summary>State whose agreements are offered first.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    /// <summary>What is sent: URN of the agreement, a space, and the URN of the map or <c>regional</c>.</summary>
    [BindProperty]
    public string? For { get; set; }

    /// <summary>The file.</summary>
    [BindProperty(Name = "File")]
    public IFormFile? Upload { get; set; }

    /// <summary>True to check only.</summary>
    [BindProperty]
    public bool CheckOnly { get; set; }

    /// <summary>True when the file holds all data of the agreement.</summary>
    [BindProperty]
    public bool IsWhole { get; set; }

    /// <summary>What may be chosen, by name of the state.</summary>
    public IReadOnlyList<IGrouping<string, (string Value, string Text)>> Choices { get; private set; } = [];

    /// <summary>Problems as field id and text.</summary>
    public List<(string Field, string Text)> Problems { get; } = [];

    /// <summary>Largest file in megabytes.</summary>
    public long MaxMegabytes => options.MaxUploadBytes / 1_000_000;

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await ListAsync(ct);
        return Choices.Count == 0 ? Forbid() : Page();
    }

    /// <summary>Takes the file and leads to its receipt.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await ListAsync(ct);
        if (Choices.Count == 0)
        {
            return Forbid();
        }

        // Only what the form offered to this person is taken.
        if (For is null || !Choices.SelectMany(g => g).Any(c => c.Value == For))
        {
            Problems.Add(("for", texts["new.problem.for"]));
        }

        if (Upload is null || Upload.Length == 0)
        {
            Problems.Add(("file", texts[Upload is null ? "new.problem.file" : "new.problem.empty"]));
        }

        if (Problems.Count > 0)
        {
            return Page();
        }

        string[] chosen = For!.Split(' ', 2);
        NationalStructure? national = chosen[1] == Regional ? null : (await desk.NationalStructuresAsync(chosen[0], ct)).First(n => n.MapUrn == chosen[1]);
        await using Stream content = Upload!.OpenReadStream();
        Submission submission = await desk.TakeAsync(content, new SubmissionDraft
        {
            Origin = SubmissionOrigin.Upload,
            AgreementUrn = chosen[0],
            MapUrn = national?.MapUrn,
            SourceStructureUrn = national?.StructureUrn,
            IsSnapshot = IsWhole,
            DeclaredMediaType = Upload.ContentType,
            SourceName = Path.GetFileName(Upload.FileName),
            UserName = User.Identity!.Name,
        }, CheckOnly, ct);
        return LocalRedirect($"~/{texts.Language}/submissions/{submission.Id}");
    }

    private async Task ListAsync(CancellationToken ct)
    {
        List<(string State, string Value, string Text)> choices = [];
        foreach ((ProvisionAgreement agreement, string state) in region.Agreements.Where(a => HubRights.MaySubmitFor(User, a.State)).OrderBy(a => a.State == State ? 0 : 1))
        {
            // What tells the choices apart stands in front: small screens cut the end.
            string flow = region.FlowOf(agreement.Urn) is { } found ? region.ShortName(found) : agreement.Id;
            string provider = region.ProviderName(agreement.Urn);
            choices.Add((region.StateName(state), $"{agreement.Urn} {Regional}", $"{flow} – {texts["new.regional"]} – {provider}"));
            foreach (NationalStructure national in await desk.NationalStructuresAsync(agreement.Urn, ct))
            {
                string structure = StructureReference.TryParseUrn(national.StructureUrn, out StructureReference? reference) ? reference.Id : national.StructureUrn;
                choices.Add((region.StateName(state), $"{agreement.Urn} {national.MapUrn}", $"{flow} – {texts.Format("new.national", structure)} – {provider}"));
            }
        }

        Choices = [.. choices.GroupBy(c => c.State, c => (c.Value, c.Text))];
    }
}
