using System.Security.Claims;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures.Proposals;

/// <summary>Proposals as pages show them: their titles, offices and states in words, in the page's language.</summary>
public sealed class ProposalView(StructureRegistry registry, RegionView region, PageTexts texts)
{
    /// <summary>Address of a proposal.</summary>
    public string Address(Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return $"/{texts.Language}/structures/proposals/{proposal.Id}";
    }

    /// <summary>What is proposed, in a line.</summary>
    public string Title(Proposal proposal, ClaimsPrincipal reader)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        string artefact = Subject(proposal, reader) is { } found ? texts.Of(found.Name, found.Id) : proposal.ArtefactId;
        return proposal.Kind switch
        {
            ProposalKind.Code => texts.Format("proposal.title.code", texts.Of(proposal.Name, proposal.ItemId!), artefact),
            ProposalKind.Indicator => texts.Format("proposal.title.indicator", texts.Of(proposal.Name, proposal.ArtefactId)),
            _ => texts.Format("proposal.title.definition", proposal.ItemId is { } item ? ItemName(proposal, item, reader) : artefact),
        };
    }

    /// <summary>The office that speaks: the state's, or the region's.</summary>
    public string Office(string? state) => state is null ? region.Name : region.StateName(state);

    /// <summary>Style of a state: a shape and a colour.</summary>
    public static string Style(ProposalStatus status) => status switch
    {
        ProposalStatus.Accepted or ProposalStatus.Published => "good",
        ProposalStatus.Rejected => "bad",
        ProposalStatus.Withdrawn => "idle",
        ProposalStatus.Discussed => "busy",
        _ => "",
    };

    /// <summary>The finished version of the artefact that a proposal is about, as the reader may see it; null for an indicator and for what is not there.</summary>
    public Maintainable? Subject(Proposal proposal, ClaimsPrincipal reader)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return StructureType.FromClass(proposal.Class) is { } type
            ? DraftVersions.Base(registry.For(HubRights.Reading(reader)).Structures.Versions(type, proposal.AgencyId, proposal.ArtefactId)) : null;
    }

    /// <summary>The artefact of a URN as the reader may see it.</summary>
    public Maintainable? Find(string? urn, ClaimsPrincipal reader)
        => StructureReference.TryParseUrn(urn, out StructureReference? reference) ? registry.For(HubRights.Reading(reader)).Structures.Find(reference) : null;

    /// <summary>The texts now: of the item, or of the artefact itself.</summary>
    public static (LocalisedText Name, LocalisedText Text) Now(Maintainable? subject, string? item)
        => subject is null ? default
            : item is null ? (subject.Name, subject.Description)
            : subject is ItemScheme scheme && ItemEdits.Knows(scheme) && ItemEdits.Of(scheme).FirstOrDefault(i => i.Id == item) is { } found ? (found.Name, found.Description) : default;

    private string ItemName(Proposal proposal, string item, ClaimsPrincipal reader)
        => Now(Subject(proposal, reader), item).Name is { IsEmpty: false } name ? $"{texts.Of(name)} ({item})" : item;
}
