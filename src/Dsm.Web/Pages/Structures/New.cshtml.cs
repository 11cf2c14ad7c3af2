using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;
using Dsm.Web.Pages.Structures.Editing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures;

/// <summary>Begins the draft of a structure that is not there yet: first its kind, then its agency, id, names and what it cannot be without.</summary>
[Authorize]
public sealed class NewModel(Editors editors, PageTexts texts) : PageModel
{
    /// <summary>Kinds that have forms.</summary>
    public static IReadOnlyList<StructureType> Kinds { get; } =
    [
        StructureType.Codelist, StructureType.ConceptScheme, StructureType.DataStructure, StructureType.Dataflow, StructureType.DataConstraint,
        StructureType.Hierarchy, StructureType.CategoryScheme, StructureType.Categorisation, StructureType.ProvisionAgreement,
        StructureType.StructureMap, StructureType.RepresentationMap, StructureType.ValueList,
    ];

    /// <summary>Class name of the kind chosen; null before one is.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    /// <summary>The kind chosen.</summary>
    public StructureType? Type { get; private set; }

    /// <summary>Agencies that the reader maintains.</summary>
    public IReadOnlyList<string> Agencies { get; private set; } = [];

    /// <summary>Artefacts to refer to.</summary>
    public StructureSet Structures { get; private set; } = StructureSet.Empty;

    /// <summary>Problems as field id and text.</summary>
    public List<(string Field, string Text)> Problems { get; } = [];

    /// <summary>What was sent in a field; empty at first.</summary>
    public string Sent(string field) => HttpMethods.IsPost(Request.Method) ? Request.Form[field].ToString().Trim() : "";

    /// <summary>The agency chosen, or asked for by the link that led here.</summary>
    public string Agency => HttpMethods.IsPost(Request.Method) ? Sent("agency") : Request.Query["agency"].ToString();

    /// <summary>What must be chosen for the kind.</summary>
    public IReadOnlyList<Choice> Choices => Type is null ? [] : [.. ChoicesOf(Type)];

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Find() ?? Page();

    /// <summary>Makes the draft and opens it.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        if (Type is null || Made(Type) is not { } made)
        {
            return Page();
        }

        StructureReceipt receipt = await editors.Maintenance.ApplyAsync(
            new StructureSubmission { Tasks = [StructureTask.Append(made)], By = editors.By(User), Origin = DraftDesk.Origin }, ct);
        if (receipt.IsApplied)
        {
            return LocalRedirect("~" + StructureLinks.Page(texts.Language, made.Reference) + "/edit");
        }

        Problems.AddRange(editors.Sentences(receipt.Plan.Issues.Where(i => i.Severity >= Severity.Error)).Select(s => ("", s)));
        return Page();
    }

    private IActionResult? Find()
    {
        Maintainer by = editors.By(User);
        if (by.MaintainsNothing)
        {
            return Forbid();
        }

        Structures = editors.Structures(User);
        Agencies = [.. Structures.All.Select(a => a.AgencyId).Concat(by.Agencies).Distinct().Where(by.MayMaintain).Order(StringComparer.Ordinal)];
        Type = Kinds.FirstOrDefault(k => k.Class == Kind);
        return null;
    }

    private IEnumerable<Choice> ChoicesOf(StructureType type)
    {
        Choice One(string name, string label, params StructureType[] types)
            => Choice.Of(name, label, References.Parse(Sent(name)), References.Of(Structures, types), texts);
        if (type == StructureType.Dataflow)
        {
            yield return One("structure", texts["kind.DataStructure"], StructureType.DataStructure);
        }
        else if (type == StructureType.DataConstraint)
        {
            yield return One("attached", texts["new.attached"], StructureType.Dataflow, StructureType.DataStructure, StructureType.ProvisionAgreement);
        }
        else if (type == StructureType.ProvisionAgreement)
        {
            yield return One("flow", texts["kind.Dataflow"], StructureType.Dataflow);
            yield return new Choice("provider", texts["new.provider"], Sent("provider"), References.Items(Structures, StructureType.DataProviderScheme, texts), null);
        }
        else if (type == StructureType.Categorisation)
        {
            yield return new Choice("source", texts["new.categorised"], Sent("source"), [.. References.Of(Structures, StructureType.Dataflow, StructureType.DataStructure, StructureType.Codelist, StructureType.ConceptScheme).Select(a => (a.Urn, References.Text(a, texts)))], null);
            yield return new Choice("target", texts["new.category"], Sent("target"), References.Items(Structures, StructureType.CategoryScheme, texts), null);
        }
        else if (type == StructureType.StructureMap)
        {
            yield return One("source", texts["map.source"], StructureType.Dataflow, StructureType.DataStructure);
            yield return One("target", texts["map.target"], StructureType.Dataflow, StructureType.DataStructure);
        }
        else if (type == StructureType.RepresentationMap)
        {
            yield return One("source", texts["map.source.list"], StructureType.Codelist, StructureType.ValueList);
            yield return One("target", texts["map.target.list"], StructureType.Codelist, StructureType.ValueList);
        }
    }

    private Maintainable? Made(StructureType type)
    {
        string agency = Sent("agency"), id = Sent("id");
        if (!Agencies.Contains(agency))
        {
            Problems.Add(("agency", texts["new.problem.agency"]));
        }

        if (!ItemSheet.IsId(new ConceptScheme { AgencyId = "", Id = "" }, id))
        {
            Problems.Add(("id", texts["new.problem.id"]));
        }
        else if (!Structures.Versions(type, agency, id).IsEmpty)
        {
            Problems.Add(("id", texts.Format("edit.problem.twice", id)));
        }

        LocalisedText name = new(texts.Languages.Select(l => new KeyValuePair<string, string>(l, Sent("name_" + l))).Where(t => t.Value.Length > 0));
        if (name.IsEmpty)
        {
            Problems.Add(("name_" + texts.Language, texts["edit.problem.name"]));
        }

        foreach (Choice choice in Choices.Where(c => References.Parse(Sent(c.Name)) is null))
        {
            Problems.Add((choice.Name, texts.Format("new.problem.choice", choice.Label)));
        }

        SdmxVersion version = SdmxVersion.Parse("1.0.0-" + DraftVersions.Extension);
        return Problems.Count == 0 ? Empty(type, agency, id) with { Version = version, Name = name } : null;
    }

    private Maintainable Empty(StructureType type, string agency, string id)
    {
        StructureReference Chosen(string field) => References.Parse(Sent(field))!;
        RepresentationSide Side(string field) => new(Chosen(field), null);
        return type.Class switch
        {
            "Codelist" => new Codelist { AgencyId = agency, Id = id },
            "ValueList" => new ValueList { AgencyId = agency, Id = id },
            "ConceptScheme" => new ConceptScheme { AgencyId = agency, Id = id },
            "CategoryScheme" => new CategoryScheme { AgencyId = agency, Id = id },
            "Hierarchy" => new Hierarchy { AgencyId = agency, Id = id },
            "DataStructure" => new DataStructure { AgencyId = agency, Id = id },
            "Dataflow" => new Dataflow { AgencyId = agency, Id = id, Structure = Chosen("structure") },
            "DataConstraint" => new DataConstraint { AgencyId = agency, Id = id, Attachments = [Chosen("attached")] },
            "ProvisionAgreement" => new ProvisionAgreement { AgencyId = agency, Id = id, Dataflow = Chosen("flow"), DataProvider = Chosen("provider") },
            "Categorisation" => new Categorisation { AgencyId = agency, Id = id, Source = Chosen("source"), Target = Chosen("target") },
            "StructureMap" => new StructureMap { AgencyId = agency, Id = id, Source = Chosen("source"), Target = Chosen("target") },
            _ => new RepresentationMap { AgencyId = agency, Id = id, Sources = [Side("source")], Targets = [Side("target")] },
        };
    }
}
