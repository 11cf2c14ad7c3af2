using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Hierarchies and their associations.</summary>
internal sealed partial class JsonStructureParser
{
    private readonly Dictionary<string, StructureReference> _aliases = new(StringComparer.Ordinal);

    private Hierarchy? Hierarchy()
    {
        Parts parts = Begin();
        Hierarchy hierarchy = new() { AgencyId = "", Id = "" };
        foreach (string member in cursor.Members())
        {
            hierarchy = HierarchyMember(hierarchy, parts, member);
        }

        return Complete(parts, (agency, id) => hierarchy with { AgencyId = agency, Id = id });
    }

    private Hierarchy HierarchyMember(Hierarchy hierarchy, Parts parts, string member)
    {
        switch (member)
        {
            case "hasFormalLevels" or "leveled":
                return hierarchy with { HasFormalLevels = cursor.Flag() ?? false };
            case "level":
                List<HierarchyLevel> levels = [];
                Level(levels);
                return hierarchy with { Levels = [.. levels] };
            case "hierarchicalCodes":
                return hierarchy with { Codes = List(HierarchicalCode) };
            default:
                Header(parts, member);
                return hierarchy;
        }
    }

    private void Level(List<HierarchyLevel> levels)
    {
        Parts parts = Begin();
        TextFormat? format = null;
        int at = levels.Count;
        levels.Add(null!);
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "level":
                    Level(levels);
                    break;
                case "codingFormat":
                    format = Format(SdmxDataType.String);
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        levels[at] = new HierarchyLevel(parts.Id ?? "", parts.Name)
        {
            Description = parts.Description,
            CodingFormat = format,
            Uri = parts.Uri,
            Annotations = parts.Annotations,
            Links = [.. parts.Links],
        };
    }

    private HierarchicalCode? HierarchicalCode()
    {
        Parts parts = Begin();
        StructureReference? code = null;
        string? level = null, alias = null, codeId = null, version = null;
        ImmutableArray<HierarchicalCode> children = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "code":
                    code = Reference();
                    break;
                case "codelistAliasRef":
                    alias = cursor.Text();
                    break;
                case "codeID":
                    codeId = cursor.Text();
                    break;
                case "level":
                    level = cursor.Text() is { } text && StructureReference.TryParseUrn(text, out StructureReference? urn)
                        ? urn.ItemId?[(urn.ItemId.LastIndexOf('.') + 1)..] : cursor.Text();
                    break;
                case "version":
                    version = cursor.Text();
                    break;
                case "hierarchicalCodes":
                    children = List(HierarchicalCode);
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        if (code is null && codeId is not null && alias is not null && _aliases.TryGetValue(alias, out StructureReference? codelist))
        {
            code = codelist with { ItemId = codeId };
        }

        if (code is null)
        {
            cursor.Issues.Add(IssueCodes.MissingElement, parts.Location, "code", $"HierarchicalCode {parts.Id}");
            return null;
        }

        return new HierarchicalCode
        {
            Id = parts.Id ?? code.ItemId ?? "",
            Code = code,
            Level = level,
            ValidFrom = parts.ValidFrom,
            ValidTo = parts.ValidTo,
            Version = version,
            Children = children,
            Uri = parts.Uri,
            Annotations = parts.Annotations,
            Links = [.. parts.Links],
        };
    }

    /// <summary>Reads a hierarchical codelist of 1.0 as its hierarchies, each of which remembers where it came from.</summary>
    private IEnumerable<Maintainable> HierarchicalCodelist()
    {
        Parts parts = Begin();
        _aliases.Clear();
        List<(Parts Parts, Hierarchy Hierarchy)> hierarchies = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "includedCodelists":
                    foreach (string alias in cursor.Members())
                    {
                        if (Reference() is { } codelist)
                        {
                            _aliases[alias] = codelist;
                        }
                    }

                    break;
                case "hierarchies":
                    foreach (int _ in cursor.Elements())
                    {
                        Parts own = Begin();
                        Hierarchy hierarchy = new() { AgencyId = "", Id = "" };
                        foreach (string part in cursor.Members())
                        {
                            hierarchy = HierarchyMember(hierarchy, own, part);
                        }

                        hierarchies.Add((own, hierarchy));
                    }

                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        // Without hierarchies (a stub) the codelist itself stands for one, so that it is not lost.
        return hierarchies.Count == 0
            ? One(Complete(parts, (agency, id) => new Hierarchy { AgencyId = agency, Id = id }))
            : [.. hierarchies.SelectMany(h => One(Contained(h.Hierarchy, h.Parts, parts)))];
    }

    private Hierarchy? Contained(Hierarchy hierarchy, Parts own, Parts parts)
    {
        string id = own.Id ?? parts.Id ?? "";
        bool same = parts.Id == id && parts.Name == own.Name && parts.Description == own.Description;
        if (Complete(parts, (agency, codelist) => hierarchy with { AgencyId = agency, Id = codelist }) is not { } complete)
        {
            return null;
        }

        return complete with
        {
            Id = parts.Id == id ? id : $"{parts.Id}-{id}",
            Name = own.Name,
            Description = own.Description,
            Uri = same ? own.Uri ?? complete.Uri : own.Uri,
            Links = [.. own.Links],
            Annotations = same && own.Annotations.IsEmpty ? complete.Annotations : own.Annotations,
            Container = same ? null : new HierarchicalCodelist(parts.Id!, id, parts.Name, parts.Description) { Uri = complete.Uri, Annotations = parts.Annotations },
        };
    }

    private HierarchyAssociation? HierarchyAssociation()
    {
        Parts parts = Begin();
        StructureReference? hierarchy = null, linked = null, context = null;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "linkedHierarchy":
                    hierarchy = Reference();
                    break;
                case "linkedObject":
                    linked = Reference();
                    break;
                case "contextObject":
                    context = Reference();
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        if (hierarchy is null || linked is null)
        {
            Missing(parts, hierarchy is null ? "linkedHierarchy" : "linkedObject");
        }

        return Complete(parts, (agency, id) => new HierarchyAssociation
        {
            AgencyId = agency,
            Id = id,
            LinkedHierarchy = hierarchy,
            LinkedObject = linked,
            ContextObject = context,
        });
    }
}
