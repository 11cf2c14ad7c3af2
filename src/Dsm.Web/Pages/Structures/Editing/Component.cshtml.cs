using System.Collections.Immutable;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>A dimension, attribute or measure of a data structure: its concept, id and values, and what it is attached to.</summary>
public sealed class ComponentModel(Editors editors) : EditorPage(editors)
{
    /// <summary>The list of dimensions.</summary>
    public const string Dimensions = "dimensions";

    /// <summary>The list of measures.</summary>
    public const string Measures = "measures";

    /// <summary>The list of attributes.</summary>
    public const string Attributes = "attributes";

    /// <summary>Which list.</summary>
    [BindProperty(SupportsGet = true)]
    public string List { get; set; } = Dimensions;

    /// <summary>Id the component has now; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "item")]
    public string? Former { get; set; }

    /// <summary>The component as shown in the form.</summary>
    public Component Component { get; private set; } = null!;

    /// <summary>True for one that is not there yet.</summary>
    public bool IsNew => string.IsNullOrEmpty(Former);

    /// <summary>URN of its concept; null when none is chosen.</summary>
    public string? ConceptUrn { get; private set; }

    /// <summary>The data structure.</summary>
    public DataStructure Structure => (DataStructure)Artefact;

    /// <summary>Query of the page.</summary>
    public string Query => $"?list={List}{(IsNew ? "" : "&item=" + Uri.EscapeDataString(Former!))}";

    /// <summary>Concepts to choose from: those of the schemes that the structure uses already, in that version, and of the latest of all others.</summary>
    public IReadOnlyList<(string Urn, string Text)> Concepts
    {
        get
        {
            string[] used = [.. Structure.References.Where(r => r.Type == StructureType.ConceptScheme).Select(r => r.Maintainable.Urn).Distinct()];
            return [.. References.Of(Structures, StructureType.ConceptScheme).Cast<ConceptScheme>().OrderByDescending(s => used.Contains(s.Urn)).DistinctBy(s => (s.AgencyId, s.Id))
                .SelectMany(s => s.Concepts.Select(c => ((s.Reference with { ItemId = c.Id }).Urn, $"{c.Id} – {Texts.Of(c.Name)} ({s.AgencyId}:{s.Id} {s.Version})")))];
        }
    }

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Saves the component.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        Read();
        return Problems.Count == 0 && await SaveAsync(Put(), ct) ? To("/edit", "#" + List) : Page();
    }

    private IActionResult? Find()
    {
        if (Refusal() is { } refusal)
        {
            return refusal;
        }

        if (Artefact is not DataStructure structure)
        {
            return NotFound();
        }

        StructureReference none = new(StructureType.ConceptScheme, "", "", "", "");
        Component? found = List switch
        {
            Dimensions => IsNew ? new Dimension { Id = "", Concept = none } : structure.Dimensions.FirstOrDefault(d => d.Id == Former),
            Measures => IsNew ? new Measure { Id = "", Concept = none } : structure.Measures.FirstOrDefault(m => m.Id == Former),
            Attributes => IsNew ? new DataAttribute { Id = "", Concept = none, Relationship = AttributeRelationship.Observation } : structure.Attributes.FirstOrDefault(a => a.Id == Former),
            _ => null,
        };
        Component = found!;
        ConceptUrn = IsNew ? null : found?.Concept.Urn;
        return found is null ? NotFound() : null;
    }

    private void Read()
    {
        StructureReference? concept = References.Parse(Field("concept"));
        ConceptUrn = concept?.Urn ?? ConceptUrn;
        string id = Field("code") is { Length: > 0 } given ? given : concept?.ItemId ?? "";
        Component = Component with
        {
            Id = id,
            Concept = concept ?? Component.Concept,
            Representation = RepresentationFields.Read(Request.Form, Component.Representation),
            Annotations = AnnotationFields.Read(Request.Form, Component.Annotations),
        };
        bool isMandatory = Field("mandatory").Length > 0;
        Component = Component switch
        {
            Dimension dimension => dimension with { IsTime = Field("time").Length > 0 },
            Measure measure => measure with { IsMandatory = isMandatory },
            DataAttribute attribute => Attached(attribute) with { IsMandatory = isMandatory },
            var other => other,
        };
        Check(id, concept);
    }

    private DataAttribute Attached(DataAttribute attribute)
    {
        AttributeRelationship level = Enum.TryParse(Field("attached"), out AttributeRelationship chosen) ? chosen : attribute.Relationship;
        ImmutableArray<string> dimensions = level == AttributeRelationship.Dimensions ? [.. Request.Form["dimension"].OfType<string>()] : [];
        string? group = level == AttributeRelationship.Group && Structure.Groups.Any(g => g.Id == Field("group")) ? Field("group") : null;
        if ((level == AttributeRelationship.Dimensions && dimensions.IsEmpty) || (level == AttributeRelationship.Group && group is null))
        {
            Problems.Add(("attached", Texts["component.problem.attached"]));
        }

        return attribute with
        {
            Relationship = level,
            Dimensions = dimensions,
            OptionalDimensions = [.. attribute.OptionalDimensions.Where(dimensions.Contains)],
            Group = group,
        };
    }

    private void Check(string id, StructureReference? concept)
    {
        if (concept is null)
        {
            Problems.Add(("concept", Texts.Format("new.problem.choice", Texts["structures.concept"])));
        }
        else if (!ItemSheet.IsId(new ConceptScheme { AgencyId = "", Id = "" }, id))
        {
            Problems.Add(("code", Texts["new.problem.id"]));
        }
        else if (id != Former && Structure.Dimensions.Cast<Component>().Concat(Structure.Attributes).Concat(Structure.Measures).Any(c => c.Id == id))
        {
            Problems.Add(("code", Texts.Format("edit.problem.twice", id)));
        }

        if (Component is Dimension { IsTime: true } && Structure.Dimensions.Any(d => d.IsTime && d.Id != Former))
        {
            Problems.Add(("time", Texts["component.problem.time"]));
        }
    }

    private DataStructure Put() => Component switch
    {
        Dimension dimension => Renamed(Structure with { Dimensions = DraftParts.TimeLast(Put(Structure.Dimensions, dimension)) }, dimension.Id),
        Measure measure => Structure with { Measures = Put(Structure.Measures, measure) },
        DataAttribute attribute => Structure with { Attributes = Put(Structure.Attributes, attribute) },
        _ => Structure,
    };

    // Attributes and groups name dimensions by id.
    private DataStructure Renamed(DataStructure structure, string id)
    {
        ImmutableArray<string> New(ImmutableArray<string> ids) => [.. ids.Select(i => i == Former ? id : i)];
        return IsNew || Former == id ? structure : structure with
        {
            Attributes = [.. structure.Attributes.Select(a => a with { Dimensions = New(a.Dimensions), OptionalDimensions = New(a.OptionalDimensions) })],
            Groups = [.. structure.Groups.Select(g => g with { Dimensions = New(g.Dimensions) })],
        };
    }

    private ImmutableArray<T> Put<T>(ImmutableArray<T> components, T component)
        where T : Component => IsNew ? components.Add(component) : [.. components.Select(c => c.Id == Former ? component : c)];
}
