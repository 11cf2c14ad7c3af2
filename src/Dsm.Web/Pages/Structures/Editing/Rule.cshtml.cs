using System.Collections.Immutable;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>The rule of a structure map that fills one component of the target.</summary>
public sealed class RuleModel(Editors editors) : EditorPage(editors)
{
    /// <summary>Id of the target component.</summary>
    [BindProperty(SupportsGet = true, Name = "target")]
    public string TargetId { get; set; } = "";

    /// <summary>All rules.</summary>
    public MapRules Rules { get; private set; } = null!;

    /// <summary>Name of the target component's concept.</summary>
    public string TargetName { get; private set; } = "";

    /// <summary>How it is filled.</summary>
    public RuleKind Kind { get; private set; }

    /// <summary>Source components.</summary>
    public IReadOnlyList<string> Sources { get; private set; } = [];

    /// <summary>The representation map.</summary>
    public StructureReference? MapReference { get; private set; }

    /// <summary>The fixed value.</summary>
    public string Fixed { get; private set; } = "";

    /// <summary>The pattern of times.</summary>
    public string Pattern { get; private set; } = "";

    /// <summary>The frequency of times.</summary>
    public string Frequency { get; private set; } = "";

    /// <summary>Codes that the target may have; null when it has none.</summary>
    public ItemScheme? Codes { get; private set; }

    /// <summary>Other components that the same rule fills; they change with it.</summary>
    public IReadOnlyList<string> Together => [.. Rules.ComponentMap(TargetId)?.Targets.Where(t => t != TargetId) ?? []];

    private StructureMap Map => (StructureMap)Artefact;

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Saves the rule.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        ComponentMap? component = Rules.ComponentMap(TargetId);
        TimePatternMap? time = Rules.Time(TargetId);
        Kind = Enum.TryParse(Field("how"), out RuleKind kind) ? kind : RuleKind.None;
        HashSet<string> chosen = [.. Request.Form["source"].OfType<string>()];

        // Sources stand in the order of the columns of the map of values: those that stay keep their places.
        Sources = [.. Sources.Where(chosen.Contains), .. Rules.Sources.Where(s => chosen.Contains(s) && !Sources.Contains(s))];
        (MapReference, Fixed, Pattern, Frequency) = (References.Parse(Field("map")), Field("fixed"), Field("pattern"), Field("frequency"));
        Check();
        return Problems.Count == 0 && await SaveAsync(Put(component, time), ct) ? To("/edit") : Page();
    }

    private IActionResult? Find()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        if (Artefact is not StructureMap map)
        {
            return NotFound();
        }

        Rules = new MapRules(map, Structures);
        if (!Rules.Targets.Contains(TargetId))
        {
            return NotFound();
        }

        Component? target = Rules.Target?.Dimensions.Cast<Component>().Concat(Rules.Target.Attributes).Concat(Rules.Target.Measures).FirstOrDefault(c => c.Id == TargetId);
        TargetName = target is null ? "" : Texts.Of(Structures.FindConcept(target.Concept)?.Name ?? default);
        Codes = ConstraintParts.CodesOf(Rules.Target, TargetId, Structures);
        Kind = Rules.KindOf(TargetId);
        Sources = Rules.SourcesOf(TargetId);
        MapReference = Rules.ComponentMap(TargetId)?.RepresentationMap;
        Fixed = Rules.Fixed(TargetId)?.Values.FirstOrDefault() ?? "";
        Pattern = Rules.Time(TargetId)?.SourcePattern ?? "";
        Frequency = Rules.Time(TargetId)?.TargetFrequencyId ?? "";
        return null;
    }

    private void Check()
    {
        if (Kind is RuleKind.Copy or RuleKind.Map or RuleKind.Time && (Sources.Count == 0 || (Kind != RuleKind.Map && Sources.Count > 1)))
        {
            Problems.Add(("source", Texts[Sources.Count == 0 ? "rule.problem.source" : "rule.problem.sources"]));
        }

        if (Kind == RuleKind.Map && MapReference is null)
        {
            Problems.Add(("map", Texts["rule.problem.map"]));
        }

        if (Kind == RuleKind.Map && Sources.Count > 0 && Structures.Find<RepresentationMap>(MapReference) is { } values && (values.Sources.Length != Sources.Count || values.Targets.Length != 1 + Together.Count))
        {
            Problems.Add(("map", Texts.Format("rule.problem.columns", values.Id, values.Sources.Length, values.Targets.Length)));
        }

        if (Kind == RuleKind.Fixed && Fixed.Length == 0)
        {
            Problems.Add(("fixed", Texts["rule.problem.fixed"]));
        }

        if (Kind == RuleKind.Time && Pattern.Length == 0 && Rules.Time(TargetId)?.EpochPeriod is null)
        {
            Problems.Add(("pattern", Texts["rule.problem.pattern"]));
        }
    }

    // A rule that stays of its kind keeps its place and what the form does not show.
    private StructureMap Put(ComponentMap? component, TimePatternMap? time)
    {
        bool isComponent = Kind is RuleKind.Copy or RuleKind.Map;
        if (isComponent && component is not null)
        {
            ComponentMap changed = component with { Sources = [.. Sources], RepresentationMap = Kind == RuleKind.Map ? MapReference : null };
            return Map with { ComponentMaps = Map.ComponentMaps.Replace(component, changed) };
        }

        if (Kind == RuleKind.Time && time is not null)
        {
            TimePatternMap changed = time with { Source = Sources[0], SourcePattern = Pattern.Length > 0 ? Pattern : time.SourcePattern, TargetFrequencyId = Frequency.Length > 0 ? Frequency : null };
            return Map with { TimeMaps = Map.TimeMaps.Replace(time, changed) };
        }

        if (Kind == RuleKind.Fixed && Rules.Fixed(TargetId) is { } before)
        {
            return Map with { FixedValues = Map.FixedValues.Replace(before, before with { Values = [Fixed] }) };
        }

        StructureMap without = (StructureMap)DraftParts.Remove(Map, TargetId);
        ImmutableArray<string> targets = [TargetId];
        return Kind switch
        {
            RuleKind.Copy => without with { ComponentMaps = without.ComponentMaps.Add(new ComponentMap { Sources = [.. Sources], Targets = targets }) },
            RuleKind.Map => without with { ComponentMaps = without.ComponentMaps.Add(new ComponentMap { Sources = [.. Sources], Targets = targets, RepresentationMap = MapReference }) },
            RuleKind.Fixed => without with { FixedValues = without.FixedValues.Add(new FixedValueMap(TargetId, [Fixed])) },
            RuleKind.Time => without with { TimeMaps = without.TimeMaps.Add(new TimePatternMap { Source = Sources[0], Target = TargetId, SourcePattern = Pattern, TargetFrequencyId = Frequency.Length > 0 ? Frequency : null }) },
            _ => without,
        };
    }
}
