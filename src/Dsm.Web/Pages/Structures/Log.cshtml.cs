using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Web.Localisation;
using Dsm.Web.Pages.Structures.Editing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures;

/// <summary>Who asked for which changes of structures and what became of them, newest first.</summary>
[Authorize]
public sealed class LogModel(Editors editors, StructureLog log) : PageModel
{
    private const int Shown = 50;

    /// <summary>Only entries with smaller numbers.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    /// <summary>The entries.</summary>
    public IReadOnlyList<StructureTransaction> Entries { get; private set; } = [];

    /// <summary>Where older entries begin; null when there are none.</summary>
    public long? Older { get; private set; }

    /// <summary>Lists them.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (editors.By(User).MaintainsNothing)
        {
            return Forbid();
        }

        StructureTransaction[] found = [.. await log.RecentAsync(Shown + 1, Before, HubRights.Reading(User), ct)];
        Entries = [.. found.Take(Shown)];
        Older = found.Length > Shown ? Entries[^1].Id : null;
        return Page();
    }

    /// <summary>The door a transaction came through, in words where there are some.</summary>
    public static string Door(StructureTransaction entry, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(texts);
        string[] parts = entry.Origin.Split(' ', 2);
        string key = "door." + parts[0], word = texts[key];
        return word == key ? entry.Origin : parts.Length > 1 ? $"{word} {parts[1]}" : word;
    }
}
