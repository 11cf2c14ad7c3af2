using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Proposals;

/// <summary>Finds what is wrong with a proposal before it is made: each fault with the field it is in.</summary>
public static partial class ProposalCheck
{
    /// <summary>Most characters of a name.</summary>
    public const int MaxName = 500;

    /// <summary>Most characters of a definition, a reason or an entry of the discussion.</summary>
    public const int MaxText = 4000;

    /// <summary>True for artefacts that may be the subject of a proposal: those with a meaning and with versions.</summary>
    public static bool IsSubject(Maintainable artefact)
        => artefact is Codelist or ConceptScheme or CategoryScheme or ValueList or Hierarchy or Dataflow or DataStructure or Metadataflow or MetadataStructure;

    /// <summary>True for schemes that may get codes or concepts by a proposal.</summary>
    public static bool TakesItems(Maintainable artefact) => artefact is Codelist or ConceptScheme or CategoryScheme or ValueList;

    /// <summary>The agencies for which somebody may propose an indicator: the region's, and those of his state's space.</summary>
    public static ImmutableArray<string> AgenciesFor(Participant participant, RegionOptions region, AgencySpaces spaces)
    {
        ArgumentNullException.ThrowIfNull(participant);
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(spaces);
        return [.. new[] { region.Agency }.Where(a => a.Length > 0), .. participant.State is { } state ? spaces.AgenciesOf(state) : []];
    }

    /// <summary>The faults of a proposal; fields are named <c>id</c>, <c>parent</c>, <c>name</c>, <c>text</c>, <c>structure</c>, <c>agency</c>, <c>reason</c>, <c>of</c>.</summary>
    public static ImmutableArray<(string Field, ProposalFault Fault)> Faults(StructureSet seen, Proposal proposal, ImmutableArray<string> agencies)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(proposal);
        List<(string, ProposalFault)> faults = [.. proposal.Kind switch
        {
            ProposalKind.Code => OfCode(seen, proposal),
            ProposalKind.Indicator => OfIndicator(seen, proposal, agencies),
            _ => OfDefinition(seen, proposal),
        }];
        if (proposal.Name.Values.Any(n => n.Length > MaxName))
        {
            faults.Add(("name", ProposalFault.TooLong));
        }

        if (proposal.Description.Values.Any(n => n.Length > MaxText))
        {
            faults.Add(("text", ProposalFault.TooLong));
        }

        if (string.IsNullOrWhiteSpace(proposal.Reason) || proposal.Reason.Length > MaxText)
        {
            faults.Add(("reason", string.IsNullOrWhiteSpace(proposal.Reason) ? ProposalFault.NoReason : ProposalFault.TooLong));
        }

        return [.. faults];
    }

    private static IEnumerable<(string, ProposalFault)> OfCode(StructureSet seen, Proposal proposal)
    {
        if (Subject(seen, proposal) is not ItemScheme scheme || !TakesItems(scheme))
        {
            return [("of", ProposalFault.NoSuchArtefact)];
        }

        List<(string, ProposalFault)> faults = [];
        if (!(scheme is ConceptScheme ? Name() : CodeId()).IsMatch(proposal.ItemId ?? ""))
        {
            faults.Add(("id", ProposalFault.InvalidId));
        }
        else if (ProposalDraft.Of(seen, proposal).Fault is { } fault and not ProposalFault.NoSuchParent)
        {
            faults.Add(("id", fault));
        }

        // Whatever is wrong with the id: everything that is wrong is told at once.
        Maintainable current = seen.Versions(scheme.Type, scheme.AgencyId, scheme.Id).LastOrDefault(v => DraftVersions.IsDraft(v.Version)) ?? scheme;
        if (proposal.ParentId is { } parent && ItemEdits.Knows(scheme) && ItemEdits.Of((ItemScheme)current).All(i => i.Id != parent))
        {
            faults.Add(("parent", ProposalFault.NoSuchParent));
        }

        return proposal.Name.Count == 0 ? [.. faults, ("name", ProposalFault.NoName)] : faults;
    }

    private static IEnumerable<(string, ProposalFault)> OfIndicator(StructureSet seen, Proposal proposal, ImmutableArray<string> agencies)
    {
        List<(string, ProposalFault)> faults = [];
        if (!agencies.Contains(proposal.AgencyId))
        {
            faults.Add(("agency", ProposalFault.NoSuchAgency));
        }

        if (!Name().IsMatch(proposal.ArtefactId))
        {
            faults.Add(("id", ProposalFault.InvalidId));
        }
        else if (ProposalDraft.Of(seen, proposal).Fault is { } fault)
        {
            faults.Add((fault == ProposalFault.NoSuchStructure ? "structure" : "id", fault));
        }

        return proposal.Name.Count == 0 ? [.. faults, ("name", ProposalFault.NoName)] : faults;
    }

    private static IEnumerable<(string, ProposalFault)> OfDefinition(StructureSet seen, Proposal proposal)
    {
        if (Subject(seen, proposal) is not { } artefact || !IsSubject(artefact))
        {
            return [("of", ProposalFault.NoSuchArtefact)];
        }

        Item? item = proposal.ItemId is { } id && artefact is ItemScheme scheme && TakesItems(scheme) ? ItemEdits.Of(scheme).FirstOrDefault(i => i.Id == id) : null;
        if (proposal.ItemId is not null && item is null)
        {
            return [("of", ProposalFault.NoSuchItem)];
        }

        (LocalisedText name, LocalisedText text) = item is null ? (artefact.Name, artefact.Description) : (item.Name, item.Description);
        return ProposalDraft.Put(name, proposal.Name) == name && ProposalDraft.Put(text, proposal.Description) == text ? [("text", ProposalFault.NothingNew)] : [];
    }

    private static Maintainable? Subject(StructureSet seen, Proposal proposal)
        => StructureType.FromClass(proposal.Class) is { } type ? DraftVersions.Base(seen.Versions(type, proposal.AgencyId, proposal.ArtefactId)) : null;

    [GeneratedRegex(@"^[A-Za-z0-9_@$\-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodeId();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_\-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
