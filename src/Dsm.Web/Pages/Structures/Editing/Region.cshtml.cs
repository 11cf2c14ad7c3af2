using System.Collections.Immutable;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>What a constraint says of one component: its codes to be ticked, its values, or the span of its time.</summary>
public sealed class RegionModel(Editors editors) : EditorPage(editors)
{
    /// <summary>Number of the region.</summary>
    [BindProperty(SupportsGet = true, Name = "region")]
    public int Number { get; set; }

    /// <summary>Id of the component.</summary>
    [BindProperty(SupportsGet = true, Name = "component")]
    public string ComponentId { get; set; } = "";

    /// <summary>The region.</summary>
    public CubeRegion Region { get; private set; } = null!;

    /// <summary>What it says of the component; null when nothing.</summary>
    public MemberSelection? Selection { get; private set; }

    /// <summary>Codes of the component; null when its values are no codes.</summary>
    public ItemScheme? Codes { get; private set; }

    /// <summary>True for the time dimension.</summary>
    public bool IsTime { get; private set; }

    /// <summary>Values that are selected.</summary>
    public IReadOnlySet<string> Chosen { get; private set; } = new HashSet<string>();

    /// <summary>Selected values that the codelist does not have.</summary>
    public IReadOnlyList<string> Unknown => [.. Chosen.Except((Codes?.AllItems ?? []).Select(i => i.Id))];

    /// <summary>Query of the page.</summary>
    public string Query => $"?region={Number}&component={Uri.EscapeDataString(ComponentId)}";

    private DataConstraint Constraint => (DataConstraint)Artefact;

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        Selection = Read();
        Chosen = (Selection?.Values ?? []).Select(v => v.Value).ToHashSet();
        if (Problems.Count > 0)
        {
            return Page();
        }

        ImmutableArray<MemberSelection> others = Region.Selections;
        int at = others.ToList().FindIndex(s => s.ComponentId == ComponentId);
        ImmutableArray<MemberSelection> selections = Selection is null ? (at < 0 ? others : others.RemoveAt(at)) : at < 0 ? others.Add(Selection) : others.SetItem(at, Selection);
        CubeRegion region = Region with { Selections = selections };
        return await SaveAsync(Constraint with { Regions = Constraint.Regions.SetItem(Number, region) }, ct) ? To("/edit", $"#region{Number}") : Page();
    }

    private IActionResult? Find()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        if (Artefact is not DataConstraint constraint || Number < 0 || Number >= constraint.Regions.Length || ComponentId.Length == 0)
        {
            return NotFound();
        }

        Region = constraint.Regions[Number];
        DataStructure? structure = ConstraintParts.StructureOf(constraint, Structures);
        if (ConstraintParts.Components(structure, Region).All(c => c.Id != ComponentId))
        {
            return NotFound();
        }

        Selection = Region.Selections.FirstOrDefault(s => s.ComponentId == ComponentId);
        Chosen = (Selection?.Values ?? []).Select(v => v.Value).ToHashSet();
        Codes = ConstraintParts.CodesOf(structure, ComponentId, Structures);
        IsTime = structure?.TimeDimension?.Id == ComponentId;
        return null;
    }

    private MemberSelection? Read()
    {
        string how = Field("how");
        if (how is not ("only" or "not"))
        {
            return null;
        }

        bool isAttribute = ConstraintParts.Components(ConstraintParts.StructureOf(Constraint, Structures), Region).First(c => c.Id == ComponentId).IsAttribute;
        MemberSelection selection = (Selection ?? new MemberSelection { ComponentId = ComponentId, IsAttribute = isAttribute }) with { IsIncluded = how == "only" };
        if (IsTime)
        {
            return selection with { Values = [], StartPeriod = Period("start"), EndPeriod = Period("end") };
        }

        // What is said besides about a value that stays, such as its span of time, stays.
        Dictionary<string, MemberValue> before = selection.Values.DistinctBy(v => v.Value).ToDictionary(v => v.Value);
        IEnumerable<string> values = Codes is not null ? Request.Form["value"].OfType<string>().Where(v => v.Length > 0) : Field("values").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        selection = selection with { Values = [.. values.Distinct().Select(v => before.TryGetValue(v, out MemberValue old) ? old : new MemberValue(v))] };
        if (selection.Values.IsEmpty)
        {
            Problems.Add(("how", Texts["region.problem.none"]));
        }

        return selection;
    }

    private string? Period(string field)
    {
        string period = Field(field);
        if (period.Length > 0 && !TimePeriod.TryParse(period, out _))
        {
            Problems.Add((field, Texts.Format("region.problem.period", period)));
        }

        return period.Length > 0 ? period : null;
    }
}
