using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Hierarchical codelists: each hierarchy becomes an artefact that remembers where it came from, as from 2.1.</summary>
internal sealed partial class Structure20Parser
{
    private readonly Dictionary<string, StructureReference> _aliases = [];

    private void HierarchicalCodelist()
    {
        if (ReadHead(StructureType.Hierarchy) is not { } head)
        {
            return;
        }

        _aliases.Clear();
        List<Hierarchy> hierarchies = [];
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "CodelistRef":
                    string? alias = null;
                    if (Reference(StructureType.Codelist, _ => alias = cursor.Token()) is { } codelist)
                    {
                        _aliases[alias ?? codelist.Id] = Settle(codelist);
                    }

                    break;
                case "Hierarchy":
                    hierarchies.Add(Hierarchy(head));
                    break;
                default:
                    Other(head, name);
                    break;
            }
        }

        // Without hierarchies (a stub) the codelist itself stands for one, so that it is not lost.
        if (hierarchies.Count == 0)
        {
            Take(head.Complete(new Hierarchy { AgencyId = head.AgencyId, Id = head.Id }), head.Location);
        }

        foreach (Hierarchy hierarchy in hierarchies)
        {
            Take(head.Complete(hierarchy) with
            {
                Id = head.Id == hierarchy.Id ? hierarchy.Id : $"{head.Id}-{hierarchy.Id}",
                Name = hierarchy.Name,
                Description = hierarchy.Description,
                Annotations = hierarchy.Annotations.IsEmpty ? head.Parts.Annotations : hierarchy.Annotations,
                Container = new HierarchicalCodelist(head.Id, hierarchy.Id, head.Parts.Name, head.Parts.Description),
            }, head.Location);
        }
    }

    private Hierarchy Hierarchy(Structure20Head head)
    {
        string id = ItemId("id");
        StructureParser.NameParts parts = new();
        List<(int Order, HierarchyLevel Level)> levels = [];
        ImmutableArray<HierarchicalCode>.Builder codes = ImmutableArray.CreateBuilder<HierarchicalCode>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "CodeRef":
                    if (CodeRef(id) is { } code)
                    {
                        codes.Add(code);
                    }

                    break;
                case "Level":
                    levels.Add(Level(levels.Count));
                    break;
                default:
                    OtherPart(parts, name, "Hierarchy");
                    break;
            }
        }

        return new Hierarchy
        {
            AgencyId = head.AgencyId,
            Id = id,
            Name = parts.Name,
            Description = parts.Description,
            Annotations = parts.Annotations,
            HasFormalLevels = levels.Count > 0,
            Levels = [.. levels.OrderBy(l => l.Order).Select(l => l.Level)],
            Codes = codes.ToImmutable(),
        };
    }

    private (int Order, HierarchyLevel Level) Level(int position)
    {
        string id = ItemId("id");
        int order = position;
        StructureParser.NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Order":
                    order = int.TryParse(cursor.Token(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : position;
                    break;
                case "CodingType" or "CodingFormat":
                    cursor.Skipped(name);
                    break;
                default:
                    OtherPart(parts, name, "Level");
                    break;
            }
        }

        if (!parts.Description.IsEmpty || !parts.Annotations.IsEmpty)
        {
            NotCarried($"{(parts.Description.IsEmpty ? "Annotations" : "Description")} of Level {id}");
        }

        return (order, new HierarchyLevel(id, parts.Name));
    }

    /// <summary>A code placed in the hierarchy, by the alias of its codelist and its id, or by its URN.</summary>
    private HierarchicalCode? CodeRef(string hierarchy)
    {
        Location location = cursor.Location;
        string? urn = null, alias = null, id = null, node = null, level = null, from = null, to = null;
        ImmutableArray<HierarchicalCode>.Builder children = ImmutableArray.CreateBuilder<HierarchicalCode>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "URN":
                    urn = cursor.Token();
                    break;
                case "CodelistAliasRef":
                    alias = cursor.Token();
                    break;
                case "CodeID":
                    id = cursor.Token();
                    break;
                case "CodeRef":
                    if (CodeRef(hierarchy) is { } child)
                    {
                        children.Add(child);
                    }

                    break;
                case "LevelRef":
                    level = cursor.Token();
                    break;
                case "NodeAliasID":
                    node = cursor.Token();
                    break;
                case "ValidFrom":
                    from = TimeText20.Instant(cursor.Token(), isEnd: false);
                    break;
                case "ValidTo":
                    to = TimeText20.Instant(cursor.Token(), isEnd: true);
                    break;
                case "Version":
                    break; // of the code; codes have none in later versions
                default:
                    cursor.Unexpected("CodeRef");
                    break;
            }
        }

        StructureReference? code = id is not null && alias is not null && _aliases.TryGetValue(alias, out StructureReference? codelist) ? codelist with { ItemId = id }
            : StructureReference.TryParseUrn(urn, out StructureReference? named) && named.ItemId is not null ? named
            : null;
        if (code is null)
        {
            cursor.Issues.Add(IssueCodes.UnresolvedReference, location, urn ?? $"{alias}.{id}", $"Hierarchy {hierarchy}");
            return null;
        }

        return new HierarchicalCode { Id = node ?? code.ItemId!, Code = code, Level = level, ValidFrom = from, ValidTo = to, Children = children.ToImmutable() };
    }
}
