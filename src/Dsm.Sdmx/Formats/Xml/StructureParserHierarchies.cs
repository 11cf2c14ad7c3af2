using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Hierarchies of codes.</summary>
internal sealed partial class StructureParser
{
    /// <summary>Codelists of the 2.1 hierarchical codelist being read, by alias.</summary>
    private readonly Dictionary<string, StructureReference> _aliases = [];

    private Hierarchy Hierarchy(Header header)
    {
        bool leveled = cursor.Flag("hasFormalLevels") ?? cursor.Flag("leveled") ?? false;
        (ImmutableArray<HierarchyLevel> levels, ImmutableArray<HierarchicalCode> codes) = HierarchyContent(header.Parts, "Hierarchy");
        return Complete(new Hierarchy { AgencyId = header.AgencyId, Id = header.Id, HasFormalLevels = leveled, Levels = levels, Codes = codes }, header);
    }

    private (ImmutableArray<HierarchyLevel> Levels, ImmutableArray<HierarchicalCode> Codes) HierarchyContent(NameParts parts, string element)
    {
        ImmutableArray<HierarchyLevel>.Builder levels = ImmutableArray.CreateBuilder<HierarchyLevel>();
        ImmutableArray<HierarchicalCode>.Builder codes = ImmutableArray.CreateBuilder<HierarchicalCode>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Level":
                    Level(levels);
                    break;
                case "HierarchicalCode":
                    if (HierarchicalCode() is { } code)
                    {
                        codes.Add(code);
                    }

                    break;
                default:
                    OtherPart(parts, name, element);
                    break;
            }
        }

        return (levels.ToImmutable(), codes.ToImmutable());
    }

    // Levels are nested, each in the one above it.
    private void Level(ImmutableArray<HierarchyLevel>.Builder levels)
    {
        (string id, string? uri, TextFormat? format) = (ItemId(), cursor.Attribute("uri"), null);
        int at = levels.Count;
        levels.Add(new HierarchyLevel(id, default));
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Level":
                    Level(levels);
                    break;
                case "CodingFormat":
                    format = ReadTextFormat(multilingualByDefault: false, SdmxDataType.String);
                    break;
                default:
                    OtherPart(parts, name, "Level");
                    break;
            }
        }

        levels[at] = new HierarchyLevel(id, parts.Name)
        {
            Description = parts.Description,
            Annotations = parts.Annotations,
            Links = parts.Links,
            Uri = uri,
            CodingFormat = format,
        };
    }

    private HierarchicalCode? HierarchicalCode()
    {
        string id = ItemId();
        HierarchicalCode place = new()
        {
            Id = id,
            Code = NoConcept,
            ValidFrom = cursor.Attribute("validFrom"),
            ValidTo = cursor.Attribute("validTo"),
            Uri = cursor.Attribute("uri"),
            Version = cursor.Attribute("version"),
        };
        (string? level, string? alias) = (null, null);
        StructureReference? code = null;
        NameParts parts = new();
        ImmutableArray<HierarchicalCode>.Builder children = ImmutableArray.CreateBuilder<HierarchicalCode>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Code":
                    code = Reference("Code");
                    break;
                case "CodelistAliasRef":
                    alias = cursor.Token();
                    break;
                case "CodeID":
                    code = ByAlias(alias, LocalReference());
                    break;
                case "HierarchicalCode":
                    if (HierarchicalCode() is { } child)
                    {
                        children.Add(child);
                    }

                    break;
                case "Level":
                    level = LocalReference();
                    break;
                default:
                    OtherPart(parts, name, "HierarchicalCode");
                    break;
            }
        }

        if (code is null)
        {
            cursor.Report(IssueCodes.MissingElement, "Code", $"HierarchicalCode {id}");
            return null;
        }

        return place with { Code = code, Level = level, Children = children.ToImmutable(), Annotations = parts.Annotations, Links = parts.Links };
    }

    private StructureReference? ByAlias(string? alias, string id)
    {
        if (alias is not null && _aliases.TryGetValue(alias, out StructureReference? codelist))
        {
            return codelist with { ItemId = id };
        }

        cursor.Report(IssueCodes.UnresolvedReference, alias, "CodelistAliasRef");
        return null;
    }

    /// <summary>Reads a 2.1 hierarchical codelist as its hierarchies, each of which remembers where it came from.</summary>
    private IEnumerable<Maintainable?> HierarchicalCodelist(Header header)
    {
        _aliases.Clear();
        List<Hierarchy> hierarchies = [];
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "IncludedCodelist":
                    string? alias = cursor.Attribute("alias");
                    if (Reference("Codelist") is { } codelist)
                    {
                        _aliases[alias ?? codelist.Id] = codelist;
                    }

                    break;
                case "Hierarchy":
                    NameParts parts = new();
                    (string id, string? uri) = (ItemId(), cursor.Attribute("uri"));
                    bool leveled = cursor.Flag("leveled") ?? false;
                    (ImmutableArray<HierarchyLevel> levels, ImmutableArray<HierarchicalCode> codes) = HierarchyContent(parts, "Hierarchy");
                    hierarchies.Add(new Hierarchy
                    {
                        AgencyId = header.AgencyId,
                        Id = id,
                        Uri = uri,
                        Name = parts.Name,
                        Description = parts.Description,
                        Annotations = parts.Annotations,
                        HasFormalLevels = leveled,
                        Levels = levels,
                        Codes = codes,
                    });
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        // Without hierarchies (a stub) the codelist itself stands for one, so that it is not lost.
        return hierarchies.Count == 0
            ? [Complete(new Hierarchy { AgencyId = header.AgencyId, Id = header.Id }, header)]
            : [.. hierarchies.Select(h => Contained(h, header))];
    }

    /// <summary>Id of a hierarchy by the 2.1 hierarchical codelist it stands in.</summary>
    private static string HierarchyId(string codelist, string hierarchy) => codelist == hierarchy ? hierarchy : $"{codelist}-{hierarchy}";

    private Hierarchy Contained(Hierarchy hierarchy, Header header)
    {
        HierarchicalCodelist container = new(header.Id, hierarchy.Id, header.Parts.Name, header.Parts.Description)
        {
            Uri = header.Uri,
            Annotations = header.Parts.Annotations,
        };
        bool same = header.Id == hierarchy.Id && header.Parts.Name == hierarchy.Name && header.Parts.Description == hierarchy.Description
            && header.Parts.Annotations.IsEmpty && header.Uri == hierarchy.Uri;
        return Complete(hierarchy, header) with
        {
            Id = HierarchyId(header.Id, hierarchy.Id),
            Name = hierarchy.Name,
            Description = hierarchy.Description,
            Annotations = hierarchy.Annotations,
            Uri = hierarchy.Uri,
            Container = same ? null : container,
        };
    }
}
