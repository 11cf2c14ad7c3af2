using System.Globalization;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>What every artefact has: names, descriptions, validity, annotations.</summary>
public sealed class HeadModel(Editors editors) : EditorPage(editors)
{
    /// <summary>The artefact as shown in the form.</summary>
    public Maintainable Shown { get; private set; } = null!;

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        Shown = Artefact with
        {
            Name = TextField("name", Artefact.Name),
            Description = TextField("description", Artefact.Description),
            ValidFrom = Day("from"),
            ValidTo = Day("to"),
            Annotations = AnnotationFields.Read(Request.Form, Artefact.Annotations),
        };
        if (Shown is DataStructure structure)
        {
            Shown = structure with { IsEvolving = Field("evolving").Length > 0 };
        }

        if (Shown.Name.IsEmpty)
        {
            Problems.Add(("name_" + Texts.Language, Texts["edit.problem.name"]));
        }

        return Problems.Count == 0 && await SaveAsync(Shown, ct) ? To("/edit") : Page();
    }

    private IActionResult? Find()
    {
        IActionResult? refusal = Refusal();
        Shown = Artefact;
        return refusal;
    }

    private string? Day(string field)
    {
        string day = Field(field);
        if (day.Length > 0 && !DateTimeOffset.TryParse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            Problems.Add((field, Texts["edit.problem.day"]));
        }

        return day.Length > 0 ? day : null;
    }
}
