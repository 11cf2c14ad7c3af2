using System.Globalization;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>A place of a hierarchy: its code, level and validity; or several new places at once below one.</summary>
public sealed class PlaceModel(Editors editors) : EditorPage(editors)
{
    /// <summary>Path of the place; null for new ones.</summary>
    [BindProperty(SupportsGet = true, Name = "path")]
    public string? Path { get; set; }

    /// <summary>True for places that are not there yet.</summary>
    public bool IsNew => string.IsNullOrEmpty(Path);

    /// <summary>The hierarchy.</summary>
    public Hierarchy Hierarchy => (Hierarchy)Artefact;

    /// <summary>All places.</summary>
    public IReadOnlyList<(string Path, int Depth, HierarchicalCode Place)> Places { get; private set; } = [];

    /// <summary>The codelist of the code.</summary>
    public StructureReference? List { get; private set; }

    /// <summary>The code, or the codes one a line.</summary>
    public string Codes { get; private set; } = "";

    /// <summary>Path of the place above; empty for the top.</summary>
    public string Below { get; private set; } = "";

    /// <summary>The level.</summary>
    public string Level { get; private set; } = "";

    /// <summary>First day of validity.</summary>
    public string From { get; private set; } = "";

    /// <summary>Last day of validity.</summary>
    public string Until { get; private set; } = "";

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Saves the place or places.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        (List, Codes, Below, Level, From, Until) = (References.Parse(Field("list")), Field("codes"), Field("below"), Field("level"), Field("from"), Field("to"));
        string[] codes = Codes.Split(['\n', ',', ';', '\t', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Check(codes);
        if (Problems.Count > 0)
        {
            return Page();
        }

        Hierarchy changed = Hierarchy;
        if (IsNew)
        {
            foreach (string code in codes)
            {
                changed = DraftParts.Put(changed, Below, Said(new HierarchicalCode { Id = code, Code = List! with { ItemId = code } }));
            }
        }
        else
        {
            int slash = Path!.LastIndexOf('/');
            HierarchicalCode place = Places.First(p => p.Path == Path).Place;
            changed = DraftParts.Put(changed, slash < 0 ? "" : Path[..slash], Said(place with { Code = List! with { ItemId = codes[0] } }));
        }

        return await SaveAsync(changed, ct) ? To("/edit") : Page();
    }

    private IActionResult? Find()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        if (Artefact is not Hierarchy hierarchy)
        {
            return NotFound();
        }

        Places = [.. DraftParts.Places(hierarchy)];
        List = Places.Count > 0 ? Places[0].Place.Code.Maintainable : null;
        if (IsNew)
        {
            return null;
        }

        if (Places.FirstOrDefault(p => p.Path == Path).Place is not { } place)
        {
            return NotFound();
        }

        (List, Codes, Level, From, Until) = (place.Code.Maintainable, place.Code.ItemId ?? "", LevelEdits.Of(place), place.ValidFrom ?? "", place.ValidTo ?? "");
        return null;
    }

    private HierarchicalCode Said(HierarchicalCode place) => place with
    {
        Level = Level.Length == 0 ? null : Level == LevelEdits.Of(place) ? place.Level : Level,
        ValidFrom = From.Length > 0 ? From : null,
        ValidTo = Until.Length > 0 ? Until : null,
    };

    private void Check(string[] codes)
    {
        ItemScheme? list = ExtensionEdits.Whole(Structures.Find<ItemScheme>(List), Structures);
        if (list is null)
        {
            Problems.Add(("list", Texts.Format("new.problem.choice", Texts["kind.Codelist"])));
        }
        else if (codes.Length == 0)
        {
            Problems.Add(("codes", Texts["place.problem.codes"]));
        }

        Problems.AddRange(codes.Where(c => list is not null && list.AllItems.All(i => i.Id != c)).Select(c => ("codes", Texts.Format("edit.problem.parent", c))));
        if (IsNew)
        {
            Problems.AddRange(codes.Where(c => Places.Any(p => p.Path == (Below.Length == 0 ? c : $"{Below}/{c}"))).Select(c => ("codes", Texts.Format("edit.problem.twice", c))));
        }

        string former = Places.FirstOrDefault(p => p.Path == Path).Place is { } place ? LevelEdits.Of(place) : "";
        if (Level.Length > 0 && Level != former && Hierarchy.Levels.All(l => l.Id != Level))
        {
            Problems.Add(("level", Texts.Format("place.problem.level", Level)));
        }

        foreach ((string field, string day) in new[] { ("from", From), ("to", Until) })
        {
            if (day.Length > 0 && !DateTimeOffset.TryParse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            {
                Problems.Add((field, Texts["edit.problem.day"]));
            }
        }
    }
}
