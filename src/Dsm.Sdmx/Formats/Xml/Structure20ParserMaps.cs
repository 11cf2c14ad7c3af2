using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Structure sets: maps of key families become structure maps, maps of codelists representation maps, maps of concepts and categories
/// item scheme maps; each remembers the set, as from 2.1, and has the id <c>SET-MAP</c>.
/// </summary>
internal sealed partial class Structure20Parser
{
    private void StructureSet()
    {
        if (ReadHead(StructureType.StructureMap) is not { } head)
        {
            return;
        }

        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "StructureMap":
                    StructureMap(head);
                    break;
                case "CodelistMap":
                    CodelistMap(head);
                    break;
                case "ConceptSchemeMap":
                    ItemSchemeMap(head, StructureType.ConceptSchemeMap, StructureType.ConceptScheme);
                    break;
                case "CategorySchemeMap":
                    ItemSchemeMap(head, StructureType.CategorySchemeMap, StructureType.CategoryScheme);
                    break;
                case "OrganisationSchemeMap" or "RelatedStructures":
                    cursor.Skipped(name); // organisations of several kinds have no scheme in common in later versions
                    break;
                default:
                    OtherPart(head.Parts, name, "StructureSet");
                    break;
            }
        }
    }

    /// <summary>Puts names and identity into a map of a set.</summary>
    private static T Mapped<T>(T map, Structure20Head set, StructureParser.NameParts parts)
        where T : Maintainable => map with
        {
            Version = set.Version,
            Name = parts.Name,
            Description = parts.Description,
            Annotations = parts.Annotations,
            IsFinal = set.IsFinal,
            ValidFrom = set.ValidFrom,
            ValidTo = set.ValidTo,
        };

    private static StructureSetContainer ContainerOf(Structure20Head set, string map) => new(set.Id, map, set.Parts.Name, set.Parts.Description);

    private void StructureMap(Structure20Head set)
    {
        (string id, Location location) = (ItemId("id"), cursor.Location);
        StructureReference? source = null, target = null;
        StructureParser.NameParts parts = new();
        ImmutableArray<ComponentMap>.Builder components = ImmutableArray.CreateBuilder<ComponentMap>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "KeyFamilyRef":
                    source = Reference(StructureType.DataStructure);
                    break;
                case "TargetKeyFamilyRef":
                    target = Reference(StructureType.DataStructure);
                    break;
                case "MetadataStructureRef" or "TargetMetadataStructureRef":
                    cursor.Skipped("StructureMap of metadata structures");
                    break;
                case "ComponentMap":
                    if (ComponentMapOf(set) is { } map)
                    {
                        components.Add(map);
                    }

                    break;
                default:
                    OtherPart(parts, name, "StructureMap");
                    break;
            }
        }

        if (source is not null && target is not null)
        {
            StructureMap map = new()
            {
                AgencyId = set.AgencyId,
                Id = $"{set.Id}-{id}",
                Container = ContainerOf(set, id),
                Source = Settle(source),
                Target = Settle(target),
                ComponentMaps = components.ToImmutable(),
            };
            Take(Mapped(map, set, parts), location);
        }
    }

    private ComponentMap? ComponentMapOf(Structure20Head set)
    {
        Location location = cursor.Location;
        string? source = null, target = null;
        StructureReference? values = null;
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "MapConceptRef":
                    source = cursor.Token();
                    break;
                case "MapTargetConceptRef":
                    target = cursor.Token();
                    break;
                case "RepresentationMapRef":
                    values = Reference(StructureType.RepresentationMap);
                    break;
                case "ToTextFormat" or "ToValueType":
                    NotCarried($"{name} of ComponentMap {source}");
                    break;
                default:
                    cursor.Unexpected("ComponentMap");
                    break;
            }
        }

        if (string.IsNullOrEmpty(source) || string.IsNullOrEmpty(target))
        {
            cursor.Issues.Add(IssueCodes.MissingElement, location, string.IsNullOrEmpty(source) ? "MapConceptRef" : "MapTargetConceptRef", "ComponentMap");
            return null;
        }

        return new ComponentMap { Sources = [source], Targets = [target], RepresentationMap = values is null ? null : Of(values) };

        // Maps of codelists stand in the same set, by whose id they are told apart.
        StructureReference Of(StructureReference map) => map with { Id = $"{set.Id}-{map.Id}", Version = set.Version.ToString() };
    }

    private void CodelistMap(Structure20Head set)
    {
        (string id, Location location) = (ItemId("id"), cursor.Location);
        StructureReference? source = null, target = null;
        StructureParser.NameParts parts = new();
        ImmutableArray<RepresentationMapping>.Builder mappings = ImmutableArray.CreateBuilder<RepresentationMapping>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "CodelistRef":
                    source = Reference(StructureType.Codelist, _ => cursor.Token());
                    break;
                case "TargetCodelistRef":
                    target = Reference(StructureType.Codelist, _ => cursor.Token());
                    break;
                case "HierarchicalCodelistRef" or "TargetHierarchicalCodelistRef":
                    cursor.Skipped("CodelistMap of hierarchical codelists");
                    break;
                case "CodeMap":
                    if (CodeMap() is { } mapping)
                    {
                        mappings.Add(mapping);
                    }

                    break;
                default:
                    OtherPart(parts, name, "CodelistMap");
                    break;
            }
        }

        if (source is not null && target is not null)
        {
            RepresentationMap map = new()
            {
                AgencyId = set.AgencyId,
                Id = $"{set.Id}-{id}",
                Container = ContainerOf(set, id),
                Sources = [new RepresentationSide(Settle(source), null)],
                Targets = [new RepresentationSide(Settle(target), null)],
                Mappings = mappings.ToImmutable(),
            };
            Take(Mapped(map, set, parts), location);
        }
    }

    private RepresentationMapping? CodeMap()
    {
        Location location = cursor.Location;
        string? source = null, target = null;
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "MapCodeRef":
                    source = cursor.Token();
                    break;
                case "MapTargetCodeRef":
                    target = cursor.Token();
                    break;
                default:
                    cursor.Unexpected("CodeMap");
                    break;
            }
        }

        if (string.IsNullOrEmpty(source) || string.IsNullOrEmpty(target))
        {
            cursor.Issues.Add(IssueCodes.MissingElement, location, string.IsNullOrEmpty(source) ? "MapCodeRef" : "MapTargetCodeRef", "CodeMap");
            return null;
        }

        return new RepresentationMapping([new MappedValue(source)], [target]);
    }
}
