using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures.Proposals;

/// <summary>Makes a proposal: of what kind, about what, in which words, and why.</summary>
[Authorize]
public sealed class NewModel(ProposalDesk desk, StructureRegistry registry, RegionOptions region, PageTexts texts) : PageModel
{
    /// <summary>What is proposed; null while that is to be chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public ProposalKind? Kind { get; set; }

    /// <summary>URN of the artefact it is about.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Of { get; set; }

    /// <summary>Id of the code or concept whose words are to change.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Item { get; set; }

    /// <summary>Id of the new code, concept or indicator.</summary>
    [BindProperty(Name = "id")]
    public string? NewId { get; set; }

    /// <summary>What a new code is to stand below.</summary>
    [BindProperty]
    public string? Parent { get; set; }

    /// <summary>Agency of an indicator.</summary>
    [BindProperty]
    public string? Agency { get; set; }

    /// <summary>URN of the data structure of an indicator.</summary>
    [BindProperty]
    public string? Structure { get; set; }

    /// <summary>True when it needs one of its own.</summary>
    [BindProperty]
    public bool Own { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The name as the form shows it.</summary>
    public LocalisedText Name { get; private set; }

    /// <summary>The definition as the form shows it.</summary>
    public LocalisedText Text { get; private set; }

    /// <summary>The artefact it is about.</summary>
    public Maintainable? Subject { get; private set; }

    /// <summary>Problems as field id and text.</summary>
    public List<(string Field, string Text)> Problems { get; } = [];

    /// <summary>True when it is to be chosen what the proposal is about.</summary>
    public bool NeedsSubject => Kind is ProposalKind.Code or ProposalKind.Definition && Subject is null;

    /// <summary>Artefacts that can be chosen, by class.</summary>
    public IReadOnlyList<IGrouping<string, Maintainable>> Subjects => [.. Latest
        .Where(a => Kind == ProposalKind.Code ? ProposalCheck.TakesItems(a) : ProposalCheck.IsSubject(a))
        .OrderBy(a => texts.Of(a.Name, a.Id), StringComparer.CurrentCulture).GroupBy(a => a.Type.Class).OrderBy(g => texts["type." + g.Key], StringComparer.CurrentCulture)];

    /// <summary>Codes and concepts that a new one may stand below.</summary>
    public IReadOnlyList<Item> Items => Subject is ItemScheme scheme && ItemEdits.Knows(scheme) ? ItemEdits.Of(scheme) : [];

    /// <summary>Data structures that can be chosen.</summary>
    public IReadOnlyList<Maintainable> DataStructures => [.. Latest.OfType<DataStructure>().OrderBy(a => texts.Of(a.Name, a.Id), StringComparer.CurrentCulture)];

    /// <summary>Agencies that can be chosen for an indicator.</summary>
    public IReadOnlyList<string> Agencies => ProposalCheck.AgenciesFor(HubRights.Participant(User), region, registry.Current.Spaces);

    private StructureSet Structures => registry.For(HubRights.Reading(User)).Structures;

    private IEnumerable<Maintainable> Latest => Structures.All.GroupBy(a => (a.Type.Class, a.AgencyId, a.Id)).Select(g => DraftVersions.Base(g)).OfType<Maintainable>();

    /// <summary>Shows the form, or the choice that comes before it.</summary>
    public IActionResult OnGet()
    {
        if (!HubRights.Participant(User).MayPropose)
        {
            return Forbid();
        }

        FindSubject();
        if (Of is { Length: > 0 } && Subject is null)
        {
            Problems.Add(("of", texts["proposal.fault." + ProposalFault.NoSuchArtefact]));
        }

        if (Kind == ProposalKind.Definition && Subject is not null)
        {
            (Name, Text) = ProposalView.Now(Subject, Item);
            if (Item is not null && Name.IsEmpty && Text.IsEmpty)
            {
                Problems.Add(("item", texts["proposal.fault." + ProposalFault.NoSuchItem]));
                Subject = null;
            }
        }

        return Page();
    }

    /// <summary>Takes the proposal and leads to it.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Participant by = HubRights.Participant(User);
        if (!by.MayPropose)
        {
            return Forbid();
        }

        FindSubject();
        if (Kind is not { } kind || NeedsSubject)
        {
            return Page();
        }

        (LocalisedText nameNow, LocalisedText textNow) = kind == ProposalKind.Definition ? ProposalView.Now(Subject, Item) : default;
        Dictionary<string, string> name = Words("name"), text = Words("text");
        (Name, Text) = (ProposalDraft.Put(nameNow, name), ProposalDraft.Put(textNow, text));
        Proposal proposal = new()
        {
            Kind = kind,
            AgencyId = Subject?.AgencyId ?? Agency ?? "",
            Class = Subject?.Type.Class ?? StructureType.Dataflow.Class,
            ArtefactId = Subject?.Id ?? Trimmed(NewId) ?? "",
            SeenVersion = Subject?.Version.ToString(),
            ItemId = kind == ProposalKind.Code ? Trimmed(NewId) ?? "" : kind == ProposalKind.Definition ? Item : null,
            ParentId = kind == ProposalKind.Code ? Trimmed(Parent) : null,
            Name = Differing(name, nameNow),
            Description = Differing(text, textNow),
            StructureUrn = kind == ProposalKind.Indicator ? Trimmed(Structure) : null,
            NeedsOwnStructure = kind == ProposalKind.Indicator && Own,
            Reason = (Reason ?? "").Trim().ReplaceLineEndings("\n"),
            ProposedBy = by.Name,
        };
        Problems.AddRange((await desk.SubmitAsync(proposal, by, ct)).Select(f => (FieldOf(f.Field, proposal), texts["proposal.fault." + f.Fault])));
        return Problems.Count > 0 ? Page() : LocalRedirect($"~/{texts.Language}/structures/proposals/{proposal.Id}");
    }

    // Names and definitions have a field a language: the one that is too long, else that of the page.
    private string FieldOf(string field, Proposal proposal) => field switch
    {
        "name" => "name_" + (proposal.Name.FirstOrDefault(n => n.Value.Length > ProposalCheck.MaxName).Key ?? texts.Language),
        "text" => "text_" + (proposal.Description.FirstOrDefault(n => n.Value.Length > ProposalCheck.MaxText).Key ?? texts.Language),
        _ => field,
    };

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static Dictionary<string, string> Differing(Dictionary<string, string> words, LocalisedText now)
        => words.Where(w => now[w.Key] != w.Value).ToDictionary(w => w.Key, w => w.Value);

    private void FindSubject()
    {
        Item = Trimmed(Item);
        Subject = Kind is ProposalKind.Code or ProposalKind.Definition && StructureReference.TryParseUrn(Of, out StructureReference? reference)
            && DraftVersions.Base(Structures.Versions(reference.Type, reference.AgencyId, reference.Id)) is { } found
            && (Kind == ProposalKind.Code ? ProposalCheck.TakesItems(found) : ProposalCheck.IsSubject(found)) ? found : null;
    }

    // Of the page's languages those that were filled in.
    private Dictionary<string, string> Words(string field) => texts.Languages
        .Select(l => (Language: l, Words: Request.Form[$"{field}_{l}"].ToString().Trim().ReplaceLineEndings("\n")))
        .Where(w => w.Words.Length > 0).ToDictionary(w => w.Language, w => w.Words);
}
