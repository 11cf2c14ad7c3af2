using System.Collections.Immutable;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Proposals;

/// <summary>
/// What accepting a proposal does to the structures: the draft of the artefact's next version, opened when there is none, with what was
/// proposed in it.
/// </summary>
/// <param name="Draft">The draft that carries the proposal; null when it cannot be drafted.</param>
/// <param name="Tasks">What the registry is asked for; empty when it cannot be drafted.</param>
/// <param name="Fault">Why it cannot be drafted; null when it can.</param>
public sealed record ProposalDraft(Maintainable? Draft, ImmutableArray<StructureTask> Tasks, ProposalFault? Fault)
{
    /// <summary>Number of the first draft of an artefact that is new.</summary>
    public const string FirstVersion = "1.0.0-" + DraftVersions.Extension;

    /// <summary>Prepares the draft; nothing is written.</summary>
    public static ProposalDraft Of(StructureSet structures, Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(structures);
        ArgumentNullException.ThrowIfNull(proposal);
        if (proposal.Kind == ProposalKind.Indicator)
        {
            return Indicator(structures, proposal);
        }

        if (StructureType.FromClass(proposal.Class) is not { } type
            || structures.Versions(type, proposal.AgencyId, proposal.ArtefactId) is not { Length: > 0 } versions)
        {
            return Impossible(ProposalFault.NoSuchArtefact);
        }

        Maintainable? there = versions.LastOrDefault(v => DraftVersions.IsDraft(v.Version)), finished = DraftVersions.Base(versions);
        Maintainable start = there ?? finished! with { Version = DraftVersions.Next(versions, finished.Version), IsFinal = null, ValidTo = null };
        (Maintainable? draft, ProposalFault? fault) = proposal.Kind == ProposalKind.Code ? WithItem(start, finished, proposal) : WithTexts(start, proposal);
        return draft is null ? Impossible(fault!.Value) : new ProposalDraft(draft, [there is null ? StructureTask.Append(draft) : StructureTask.Replace(draft)], null);
    }

    /// <summary>A text with the languages given put in; others stay.</summary>
    public static LocalisedText Put(LocalisedText text, IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return new LocalisedText([
            .. text.Texts.Select(t => given.TryGetValue(t.Key, out string? other) ? new KeyValuePair<string, string>(t.Key, other) : t),
            .. given.Where(g => text[g.Key] is null).OrderBy(g => g.Key, StringComparer.Ordinal)]);
    }

    private static ProposalDraft Impossible(ProposalFault fault) => new(null, [], fault);

    private static (Maintainable?, ProposalFault?) WithItem(Maintainable start, Maintainable? finished, Proposal proposal)
    {
        if (start is not ItemScheme scheme || !ItemEdits.Knows(scheme))
        {
            return (null, ProposalFault.NoItems);
        }

        if (finished is ItemScheme published && ItemEdits.Of(published).Any(i => i.Id == proposal.ItemId))
        {
            return (null, ProposalFault.ItemThere);
        }

        ImmutableArray<Item> items = ItemEdits.Of(scheme);
        if (proposal.ParentId is { } parent && items.All(i => i.Id != parent))
        {
            return (null, ProposalFault.NoSuchParent);
        }

        // In the draft already, by an editor or by an attempt that broke off: then it stays as it is.
        return items.Any(i => i.Id == proposal.ItemId) ? (scheme, null) : (ItemEdits.Put(scheme, null, ItemEdits.New(scheme, proposal.ItemId!) with
        {
            ParentId = proposal.ParentId,
            Name = Put(default, proposal.Name),
            Description = Put(default, proposal.Description),
        }, LastBelow(items, proposal.ParentId)), null);
    }

    // Behind the last of its siblings and what stands below them; null for the end of the list.
    private static string? LastBelow(ImmutableArray<Item> items, string? parent)
    {
        if (parent is null)
        {
            return null;
        }

        HashSet<string> family = [parent];
        for (bool grows = true; grows;)
        {
            grows = items.Count(i => i.ParentId is { } above && family.Contains(above) && family.Add(i.Id)) > 0;
        }

        return items.Last(i => family.Contains(i.Id)).Id;
    }

    private static (Maintainable?, ProposalFault?) WithTexts(Maintainable start, Proposal proposal)
    {
        if (proposal.ItemId is not { } id)
        {
            return (start with { Name = Put(start.Name, proposal.Name), Description = Put(start.Description, proposal.Description) }, null);
        }

        if (start is not ItemScheme scheme || !ItemEdits.Knows(scheme) || ItemEdits.Of(scheme).FirstOrDefault(i => i.Id == id) is not { } item)
        {
            return (null, ProposalFault.NoSuchItem);
        }

        return (ItemEdits.Put(scheme, id, item with { Name = Put(item.Name, proposal.Name), Description = Put(item.Description, proposal.Description) }, null), null);
    }

    private static ProposalDraft Indicator(StructureSet structures, Proposal proposal)
    {
        ImmutableArray<Maintainable> versions = structures.Versions(StructureType.Dataflow, proposal.AgencyId, proposal.ArtefactId);
        if (versions.Any(v => !DraftVersions.IsDraft(v.Version)))
        {
            return Impossible(ProposalFault.ArtefactThere);
        }

        DataStructure? used = StructureReference.TryParseUrn(proposal.StructureUrn, out StructureReference? urn) ? structures.Find<DataStructure>(urn) : null;
        if (proposal.StructureUrn is not null && used is null)
        {
            return Impossible(ProposalFault.NoSuchStructure);
        }

        ImmutableArray<StructureTask>.Builder tasks = ImmutableArray.CreateBuilder<StructureTask>();
        if (used is not null && proposal.NeedsOwnStructure)
        {
            string id = "DSD_" + (proposal.ArtefactId.StartsWith("DF_", StringComparison.Ordinal) ? proposal.ArtefactId[3..] : proposal.ArtefactId);
            DataStructure own = used with
            {
                AgencyId = proposal.AgencyId, Id = id, Version = SdmxVersion.Parse(FirstVersion), IsFinal = null, ValidFrom = null, ValidTo = null, Name = Put(default, proposal.Name), Description = default,
            };
            if (structures.Versions(StructureType.DataStructure, own.AgencyId, id).LastOrDefault(v => DraftVersions.IsDraft(v.Version)) is DataStructure there)
            {
                own = there;
            }
            else if (structures.Versions(StructureType.DataStructure, own.AgencyId, id).Length > 0)
            {
                return Impossible(ProposalFault.ArtefactThere);
            }
            else
            {
                tasks.Add(StructureTask.Append(own));
            }

            used = own;
        }

        Dataflow flow = versions.LastOrDefault() as Dataflow ?? new Dataflow
        {
            AgencyId = proposal.AgencyId,
            Id = proposal.ArtefactId,
            Version = SdmxVersion.Parse(FirstVersion),
            Name = Put(default, proposal.Name),
            Description = Put(default, proposal.Description),
            Structure = used?.Reference,
        };
        if (versions.Length == 0)
        {
            tasks.Add(StructureTask.Append(flow));
        }

        return new ProposalDraft(flow, tasks.ToImmutable(), null);
    }
}
