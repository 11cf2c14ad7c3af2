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
    /// <summary>Most artefacts named in a line.</summary>
    public const int NamesShown = 3;

    private const int Shown = 50;
    private const int Many = 100;

    /// <summary>Only entries with smaller numbers.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    /// <summary>The entries.</summary>
    public IReadOnlyList<StructureTransaction> Entries { get; private set; } = [];

    /// <summary>What was changed, whatever versions.</summary>
    public ILookup<long, (string AgencyId, string Id)> Named { get; private set; } = Array.Empty<(string, string)>().ToLookup(_ => 0L);

    /// <summary>Entries that were taken back, each with the one that did it.</summary>
    public IReadOnlyDictionary<long, long> TakenBack { get; private set; } = new Dictionary<long, long>();

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
        Named = await log.NamedAsync(Entries, Many, HubRights.Reading(User), ct);
        TakenBack = await log.TakenBackAsync(ct);
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
