using System.Security.Claims;
using Dsm.Exchange.Access;
using Dsm.Exchange.Queries;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Data.Queries;

/// <summary>The queries that the reader keeps; takes new ones from here, from the page for trying queries and from those of figures.</summary>
[Authorize]
public sealed class IndexModel(SavedQueryDesk desk, StructureRegistry registry, ChangesOptions options, PageTexts texts) : PageModel
{
    /// <summary>Most artefacts named of one query.</summary>
    public const int AsksShown = 3;

    private const int FindingsShown = 10;

    /// <summary>Name typed.</summary>
    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    /// <summary>Address typed or handed over.</summary>
    [BindProperty(Name = "address")]
    public string? Address { get; set; }

    /// <summary>The queries, the last first.</summary>
    public IReadOnlyList<QueryView> Queries { get; private set; } = [];

    /// <summary>Problems as field id and text.</summary>
    public List<(string Field, string Text)> Problems { get; } = [];

    /// <summary>What was just done.</summary>
    [TempData]
    public string? Message { get; set; }

    private string Me => User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";

    /// <summary>Shows them.</summary>
    public Task OnGetAsync(CancellationToken ct) => ListAsync(ct);

    /// <summary>Keeps one.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        SavedQueryReceipt receipt = await desk.KeepAsync(Me, Name ?? "", Here(Address ?? ""), HubRights.Reading(User), ct);
        if (receipt.Id is not null)
        {
            Message = texts.Format("queries.kept", Name!.Trim());
            return LocalRedirect($"~/{texts.Language}/data/queries");
        }

        if (receipt.Faults.IsEmpty)
        {
            return Challenge();
        }

        foreach ((string field, SavedQueryFault fault) in receipt.Faults)
        {
            string what = fault switch
            {
                SavedQueryFault.TooMany => texts.Format("queries.fault.TooMany", SavedQuery.MostOfOne),
                SavedQueryFault.LongName => texts.Format("queries.fault.LongName", SavedQuery.MaxName),
                SavedQueryFault.LongAddress => texts.Format("queries.fault.LongAddress", QueryAddress.MaxLength),
                _ => texts["queries.fault." + fault],
            };
            Problems.Add((field, what));
            if (fault is SavedQueryFault.Malformed or SavedQueryFault.DoesNotFit)
            {
                Problems.AddRange(receipt.Issues.Select(i => IssueText.For(i, texts.Language)).Distinct().Take(FindingsShown).Select(t => (field, t)));
            }
        }

        await ListAsync(ct);
        return Page();
    }

    /// <summary>Name of what is asked.</summary>
    public string NameOf(StructureReference reference)
        => registry.For(HubRights.Reading(User)).Structures.Find(reference) is { } found ? texts.Of(found.Name, found.Id) : reference.ToString();

    // An address may be copied whole, with the hub in front as readers know it.
    private string Here(string address)
    {
        address = address.Trim();
        foreach (string hub in new[] { $"{Request.Scheme}://{Request.Host}{Request.PathBase}", options.PublicAddress })
        {
            if (hub.Length > 0 && address.StartsWith(hub + "/", StringComparison.OrdinalIgnoreCase))
            {
                return address[hub.Length..];
            }
        }

        return address;
    }

    private async Task ListAsync(CancellationToken ct)
    {
        ReaderAccess reader = HubRights.Reading(User);
        List<QueryView> views = [];
        foreach (SavedQuery query in await desk.ListAsync(Me, ct))
        {
            // What is asked as of a moment does not change, and to find the structures of then costs time: its own page does.
            bool isLookedAt = !query.Parameters.Contains("asOf=", StringComparison.Ordinal);
            QueryMeaning? meaning = isLookedAt ? await desk.MeaningAsync(query, reader, ct) : null;
            views.Add(new QueryView(query, meaning, !isLookedAt || meaning is not null));
        }

        Queries = views;
    }
}
