using System.Security.Claims;
using Dsm.Exchange.Access;
using Dsm.Exchange.Queries;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Data.Queries;

/// <summary>A query of the reader: its address, whether it is still answered, the beginning of the answer; renamed and deleted here. Those of others are not there.</summary>
[Authorize]
public sealed class QueryModel(SavedQueryDesk desk, StructureRegistry registry, PageTexts texts, IServer server) : PageModel
{
    /// <summary>Most artefacts named.</summary>
    public const int AsksShown = 20;

    /// <summary>Number.</summary>
    [BindProperty(SupportsGet = true), FromRoute]
    public long Id { get; set; }

    /// <summary>New name typed; null when none was.</summary>
    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    /// <summary>The query.</summary>
    public QueryView View { get; private set; } = null!;

    /// <summary>The beginning of the answer; null when none was asked for, or it took too long.</summary>
    public TryAnswer? Answer { get; private set; }

    /// <summary>True when the answer was asked for.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>Problems as field id and text.</summary>
    public List<(string Field, string Text)> Problems { get; } = [];

    /// <summary>What was just done.</summary>
    [TempData]
    public string? Message { get; set; }

    /// <summary>Address of this hub as the reader knows it.</summary>
    public string Hub => $"{Request.Scheme}://{Request.Host}{Request.PathBase}";

    private string Me => User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";

    /// <summary>Shows it; with <c>ask</c> its answer, too.</summary>
    public async Task<IActionResult> OnGetAsync(string? ask, CancellationToken ct)
    {
        if (!await FindAsync(ct))
        {
            return NotFound();
        }

        WasAsked = ask is not null;
        Answer = WasAsked ? await TryAnswer.AskAsync(View.Query.Address, "*/*", Request, server, ct) : null;
        return Page();
    }

    /// <summary>Gives it another name.</summary>
    public async Task<IActionResult> OnPostRenameAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct))
        {
            return NotFound();
        }

        Name ??= "";
        SavedQueryReceipt receipt = await desk.RenameAsync(Id, Me, Name, ct);
        if (!receipt.Faults.IsEmpty)
        {
            Problems.AddRange(receipt.Faults.Select(f => (f.Field, f.Fault == SavedQueryFault.LongName ? texts.Format("queries.fault.LongName", SavedQuery.MaxName) : texts["queries.fault." + f.Fault])));
            return Page();
        }

        Message = texts["queries.renamed"];
        return receipt.Id is null ? NotFound() : LocalRedirect($"~/{texts.Language}/data/queries/{Id}");
    }

    /// <summary>Forgets it.</summary>
    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct) || !await desk.DeleteAsync(Id, Me, ct))
        {
            return NotFound();
        }

        Message = texts.Format("queries.deleted", View.Query.Name);
        return LocalRedirect($"~/{texts.Language}/data/queries");
    }

    /// <summary>Name of what is asked.</summary>
    public string NameOf(StructureReference reference)
        => registry.For(HubRights.Reading(User)).Structures.Find(reference) is { } found ? texts.Of(found.Name, found.Id) : reference.ToString();

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (await desk.FindAsync(Id, Me, ct) is not { } query)
        {
            return false;
        }

        QueryMeaning? meaning = await desk.MeaningAsync(query, HubRights.Reading(User), ct);
        View = new QueryView(query, meaning, meaning is not null);
        return true;
    }
}
