using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>
/// A draft as its message: checked, looked at as differences, then saved. The way for everything that has no form of its own; nothing
/// that a message says is lost here.
/// </summary>
public sealed class XmlModel(Editors editors) : EditorPage(editors)
{
    /// <summary>The message.</summary>
    public string Text { get; private set; } = "";

    /// <summary>What it would change; null before it was checked.</summary>
    public IReadOnlyList<StructureChange>? Changes { get; private set; }

    /// <summary>True when it was checked, is right and changes something.</summary>
    public bool MayApply => Problems.Count == 0 && Changes is { Count: > 0 };

    /// <summary>Shows the message.</summary>
    public IActionResult OnGet()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        Text = Write(Artefact);
        return Page();
    }

    /// <summary>Checks it.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct) => Refusal() is { } refusal ? refusal : await ReadAsync(ct) is null ? Page() : Page();

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPostApplyAsync(CancellationToken ct)
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        return await ReadAsync(ct) is { } changed && Problems.Count == 0 && await SaveAsync(changed, ct) ? To("/edit") : Page();
    }

    private async Task<Maintainable?> ReadAsync(CancellationToken ct)
    {
        Text = Request.Form["xml"].ToString().ReplaceLineEndings("\n");
        IssueList issues = new();
        StructureMessage message;
        using (MemoryStream stream = new(Encoding.UTF8.GetBytes(Text.TrimStart()), writable: false))
        {
            message = StructureMessages.Read(stream, issues);
        }

        Problems.AddRange(Editors.Sentences(issues.Kept.Where(i => i.Severity >= Severity.Error)).Select(s => ("xml", s)));
        if (Problems.Count > 0)
        {
            return null;
        }

        Maintainable? changed = message.Structures.All.FirstOrDefault(a => a.Urn == Artefact.Urn);
        if (changed is null || message.Structures.All.Length != 1)
        {
            Problems.Add(("xml", Texts.Format("xml.problem.other", Artefact.Urn)));
            return null;
        }

        Changes = StructureComparison.Compare(Artefact, changed).Changes;
        Refuse(await Editors.Maintenance.PlanAsync(new() { Tasks = [Dsm.Exchange.Registry.StructureTask.Replace(changed)], By = By, Origin = Dsm.Exchange.Registry.Editing.DraftDesk.Origin }, ct));
        return changed;
    }

    // The version of SDMX-ML that loses nothing, the newer one for what only it has.
    private static string Write(Maintainable artefact)
    {
        string best = "";
        long least = long.MaxValue;
        foreach (SdmxFormat format in new[] { MediaTypes.StructureXml30, MediaTypes.StructureXml31, MediaTypes.StructureXml21 })
        {
            using MemoryStream stream = new();
            IssueList losses = new();
            StructureMessages.Write(format, stream, [artefact], new MessageHeader { Id = artefact.Id, SenderId = artefact.AgencyId, Prepared = "2000-01-01T00:00:00Z" }, losses);
            if (losses.Count < least)
            {
                (best, least) = (Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length), losses.Count);
            }
        }

        return best;
    }
}
