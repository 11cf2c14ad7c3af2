using System.Collections.Immutable;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>Codes of another codelist that a codelist takes in: which list, under which prefix, which of its codes.</summary>
public sealed class ExtensionModel(Editors editors) : EditorPage(editors)
{
    /// <summary>Number of the extension; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "number")]
    public int? Number { get; set; }

    /// <summary>The other list; null when none is chosen.</summary>
    public StructureReference? Other { get; private set; }

    /// <summary>The prefix as typed.</summary>
    public string Prefix { get; private set; } = "";

    /// <summary><c>all</c>, <c>only</c> or <c>not</c>.</summary>
    public string Which { get; private set; } = "all";

    /// <summary>The codes named, as typed, by how those below them are treated.</summary>
    public IReadOnlyDictionary<CascadeValues, string> Named { get; private set; } = new Dictionary<CascadeValues, string>();

    /// <summary>Lists to choose from.</summary>
    public IEnumerable<Maintainable> Lists => References.Of(Structures, StructureType.Codelist).Where(l => l.AgencyId != Artefact.AgencyId || l.Id != Artefact.Id);

    /// <summary>Query of the page.</summary>
    public string Query => Number is { } number ? $"?number={number}" : "";

    private Codelist List => (Codelist)Artefact;

    /// <summary>Id of the field of codes.</summary>
    public static string FieldOf(CascadeValues cascade) => cascade switch { CascadeValues.WithRoot => "withbelow", CascadeValues.ExcludeRoot => "onlybelow", _ => "codes" };

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Saves the extension.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        (Other, Prefix, Which) = (References.Parse(Field("list")), Field("prefix"), Field("which") is "only" or "not" ? Field("which") : "all");
        Named = Enum.GetValues<CascadeValues>().ToDictionary(c => c, c => Field(FieldOf(c)));
        MemberValue[] values = [.. Named.SelectMany(n => Split(n.Value).Select(v => new MemberValue(v, n.Key)))];
        if (Other is null)
        {
            Problems.Add(("list", Texts.Format("new.problem.choice", Texts["kind.Codelist"])));
            return Page();
        }

        CodelistExtension extension = new(Other, Prefix.Length > 0 ? Prefix : null, [.. values.Distinct()], Which == "not");
        if ((Which == "all") != (values.Length == 0))
        {
            Problems.Add((Which == "all" ? "which" : "codes", Texts[Which == "all" ? "extension.problem.all" : "extension.problem.none"]));
        }

        Dictionary<string, string> fields = values.DistinctBy(v => v.Value).ToDictionary(v => v.Value, v => FieldOf(v.Cascade));
        Problems.AddRange(ExtensionEdits.Problems(List, extension, Structures).Select(p => (FieldOf(p.Fault, p.Value, fields), Texts.Format("extension.problem." + p.Fault, p.Value))));
        ImmutableArray<CodelistExtension> extensions = Number is { } number ? List.Extensions.SetItem(number, extension) : List.Extensions.Add(extension);
        return Problems.Count == 0 && await SaveAsync(List with { Extensions = extensions }, ct) ? To("/edit", "#extensions") : Page();
    }

    private static string[] Split(string text) => text.Split(['\n', ',', ';', '\t', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string FieldOf(ExtensionFault fault, string value, Dictionary<string, string> fields) => fault switch
    {
        ExtensionFault.Circle => "list",
        ExtensionFault.BadPrefix => "prefix",
        _ => fields[value],
    };

    private IActionResult? Find()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        if (Artefact is not Codelist list || Number < 0 || Number >= list.Extensions.Length)
        {
            return NotFound();
        }

        if (Number is { } number)
        {
            CodelistExtension extension = list.Extensions[number];
            (Other, Prefix, Which) = (extension.Codelist, extension.Prefix ?? "", extension.Codes.IsEmpty ? "all" : extension.IsExclusive ? "not" : "only");
            Named = extension.Codes.GroupBy(c => c.Cascade).ToDictionary(g => g.Key, g => string.Join('\n', g.Select(c => c.Value)));
        }

        return null;
    }
}
