using System.Globalization;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>What an artefact lacks in a language, to be filled in place. Of a finished version a draft is made when something is saved.</summary>
public sealed class TranslateModel(Editors editors) : EditorPage(editors)
{
    private const int Shown = 100;

    /// <summary>Language to translate into.</summary>
    [BindProperty(SupportsGet = true, Name = "to")]
    public string? Wanted { get; set; }

    /// <summary>Code of a language that nothing is in yet; goes before <see cref="Wanted"/>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Other { get; set; }

    /// <summary>True to show texts that are translated, too.</summary>
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    /// <summary>Languages to choose from.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    /// <summary>Language translated into.</summary>
    public string Into { get; private set; } = "";

    /// <summary>The texts shown.</summary>
    public IReadOnlyList<NamedText> Rows { get; private set; } = [];

    /// <summary>Number of texts to show.</summary>
    public int Total { get; private set; }

    /// <inheritdoc/>
    protected override bool TakesFinished => true;

    /// <summary>Shows what is missing.</summary>
    public IActionResult OnGet() => Refusal() ?? Show();

    /// <summary>Saves what was filled in.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        Show();
        Dictionary<string, string> texts = [];
        for (int i = 0; i < Shown; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture), key = Field("k" + number), text = Field("t" + number).ReplaceLineEndings("\n");
            if (key.Length > 0 && text.Length > 0)
            {
                texts[key] = text;
            }
        }

        Maintainable draft = Artefact;
        if (!Editors.IsOpen(Artefact))
        {
            (draft, StructureReceipt? receipt) = await Editors.Desk.OpenAsync(Artefact, By, ct);
            if (receipt is { IsApplied: false })
            {
                Refuse(receipt.Plan);
                return Page();
            }
        }

        return await SaveAsync(NamedTexts.With(draft, Into, texts), ct)
            ? To("/translate", $"?to={Into}{(All ? "&all=true" : "")}")
            : Page();
    }

    private IActionResult Show()
    {
        // The languages of the pages, and all that something in the registry has a name in.
        Languages = Editors.LanguagesOf(Structures.All.Select(a => a.Name).Concat(NamedTexts.Of(Artefact).Select(t => t.Text)));
        string? wanted = string.IsNullOrWhiteSpace(Other) ? Wanted : Other.Trim().ToLowerInvariant();
        if (wanted is not null && !Languages.Contains(wanted) && IsLanguage(wanted))
        {
            Languages = [.. Languages, wanted];
        }

        NamedText[] all = [.. NamedTexts.Of(Artefact)];
        Into = wanted is not null && Languages.Contains(wanted) ? wanted
            : Editors.Texts.Languages.FirstOrDefault(l => all.Any(t => t.Text[l] is null)) ?? Editors.Texts.Languages.First(l => l != "en");
        NamedText[] shown = [.. all.Where(t => All || t.Text[Into] is null)];
        (Rows, Total) = ([.. shown.Take(Shown)], shown.Length);
        return Page();
    }

    private static bool IsLanguage(string code)
        => code.Length is 2 or 3 && CultureInfo.GetCultures(CultureTypes.NeutralCultures).Any(c => c.Name == code);
}
