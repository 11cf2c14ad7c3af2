using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Structure sets of SDMX 2.1: each of their maps becomes an artefact of its own, as 3.0 has them, which remembers where it came from.
/// </summary>
internal sealed partial class StructureParser
{
    private IEnumerable<Maintainable?> StructureSet(Header header)
    {
        List<StructureReference> related = [];
        List<Maintainable> maps = [];
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "RelatedStructure":
                    if (Reference("DataStructure") is { } structure)
                    {
                        related.Add(structure);
                    }

                    break;
                case "StructureMap":
                    maps.AddRange(SetStructureMap(header));
                    break;
                case "CodelistMap" or "HybridCodelistMap":
                    maps.Add(SetCodelistMap(header, name == "HybridCodelistMap"));
                    break;
                case "OrganisationSchemeMap" or "CategorySchemeMap" or "ConceptSchemeMap" or "ReportingTaxonomyMap":
                    maps.Add(SetItemSchemeMap(header, Types[name]));
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        // A set without maps (a stub) must not be lost: a map without content stands for it.
        return maps.Count == 0
            ? [Complete(new RepresentationMap { AgencyId = header.AgencyId, Id = header.Id, Container = Container(header, "", related) }, header)]
            : maps.Select(m => InSet(m, header, related));
    }

    /// <summary>Id of a map by the structure set it stands in.</summary>
    private static string MapId(string set, string map) => set == map ? set : $"{set}-{map}";

    private static StructureSetContainer Container(Header header, string mapId, IEnumerable<StructureReference> related)
        => new(header.Id, mapId, header.Parts.Name, header.Parts.Description)
        {
            Uri = header.Uri,
            RelatedStructures = [.. related],
            Annotations = header.Parts.Annotations,
        };

    /// <summary>Gives a map what it has from its set; its own id, name and annotations stay.</summary>
    private static Maintainable InSet(Maintainable map, Header header, List<StructureReference> related)
    {
        Maintainable complete = Complete(map, header) with { Name = map.Name, Description = map.Description, Annotations = map.Annotations, Uri = map.Uri };
        StructureSetContainer Said(StructureSetContainer own) => Container(header, own.MapId, related) with { IsHybrid = own.IsHybrid, ValueMapOf = own.ValueMapOf };
        return complete switch
        {
            StructureMap m => m with { Container = Said(m.Container!) },
            RepresentationMap m => m with { Container = Said(m.Container!) },
            ItemSchemeMap m => m with { Container = Said(m.Container!) },
            _ => complete,
        };
    }

    /// <summary>Id and names of a map inside a set; the rest of the container is put in when the set is complete.</summary>
    private (StructureSetContainer Container, string Id, string? Uri) MapHead(Header header)
    {
        string id = ItemId();
        return (new StructureSetContainer(header.Id, id, default, default), MapId(header.Id, id), cursor.Attribute("uri"));
    }

    private static T NamedMap<T>(T map, NameParts parts, string? uri)
        where T : Maintainable => map with { Name = parts.Name, Description = parts.Description, Annotations = parts.Annotations, Uri = uri };

    private RepresentationMap SetCodelistMap(Header header, bool hybrid)
    {
        (StructureSetContainer container, string id, string? uri) = MapHead(header);
        RepresentationMap map = new() { AgencyId = header.AgencyId, Id = id, Container = container with { IsHybrid = hybrid } };
        List<RepresentationMapping> rows = [];
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Source" when Reference("Codelist") is { } list:
                    map = map with { Sources = [new RepresentationSide(list, null)] };
                    break;
                case "Target" when Reference("Codelist") is { } list:
                    map = map with { Targets = [new RepresentationSide(list, null)] };
                    break;
                case "Source" or "Target":
                    break;
                case "CodeMap" or "HybridCodeMap":
                    (string source, string target, NameParts about) = Association(name);
                    rows.Add(new RepresentationMapping([new MappedValue(source)], [target]) { Annotations = about.Annotations });
                    break;
                default:
                    OtherPart(parts, name, "CodelistMap");
                    break;
            }
        }

        return NamedMap(map with { Mappings = [.. rows] }, parts, uri);
    }

    private ItemSchemeMap SetItemSchemeMap(Header header, StructureType type)
    {
        (StructureSetContainer container, string id, string? uri) = MapHead(header);
        ItemSchemeMap map = new() { MapType = type, AgencyId = header.AgencyId, Id = id, Container = container };
        List<ItemMap> items = [];
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Source":
                    map = map with { Source = Reference("Any") };
                    break;
                case "Target":
                    map = map with { Target = Reference("Any") };
                    break;
                case "OrganisationMap" or "CategoryMap" or "ConceptMap" or "ReportingCategoryMap":
                    (string source, string target, NameParts about) = Association(name);
                    items.Add(new ItemMap(new MappedValue(source), target) { Annotations = about.Annotations });
                    break;
                default:
                    OtherPart(parts, name, type.Class);
                    break;
            }
        }

        return NamedMap(map with { Items = [.. items] }, parts, uri);
    }

    private (string Source, string Target, NameParts About) Association(string element)
    {
        (string source, string target, NameParts about) = ("", "", new NameParts());
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Source":
                    source = LocalReference();
                    break;
                case "Target":
                    target = LocalReference();
                    break;
                default:
                    OtherPart(about, name, element);
                    break;
            }
        }

        return (source, target, about);
    }

    /// <summary>Reads a structure map of 2.1, and the lists of values inside it, which 3.0 has as representation maps.</summary>
    private IEnumerable<Maintainable> SetStructureMap(Header header)
    {
        bool extension = cursor.Flag("isExtension") ?? false;
        (StructureSetContainer container, string id, string? uri) = MapHead(header);
        StructureReference? source = null, target = null;
        List<ComponentMap> components = [];
        List<Maintainable> valueMaps = [];
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Source":
                    source = Reference("DataStructure");
                    break;
                case "Target":
                    target = Reference("DataStructure");
                    break;
                case "ComponentMap":
                    components.Add(SetComponentMap(header, container, valueMaps));
                    break;
                default:
                    OtherPart(parts, name, "StructureMap");
                    break;
            }
        }

        if (source is null || target is null)
        {
            Missing(header, source is null ? "Source" : "Target");
            return valueMaps;
        }

        StructureMap map = new()
        {
            AgencyId = header.AgencyId,
            Id = id,
            Container = container,
            IsExtension = extension,
            Source = source,
            Target = target,
            ComponentMaps = [.. components],
        };
        return [NamedMap(map, parts, uri), .. valueMaps];
    }

    private ComponentMap SetComponentMap(Header header, StructureSetContainer container, List<Maintainable> valueMaps)
    {
        (string source, string target) = ("", "");
        ComponentMap map = new();
        NameParts about = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Source":
                    (source, string? sourceClass) = ComponentReference();
                    map = map with { SourceClass = sourceClass };
                    break;
                case "Target":
                    (target, string? targetClass) = ComponentReference();
                    map = map with { TargetClass = targetClass };
                    break;
                case "RepresentationMapping":
                    map = RepresentationMapping(map, header, container, source, valueMaps);
                    break;
                default:
                    OtherPart(about, name, "ComponentMap");
                    break;
            }
        }

        return map with { Sources = [source], Targets = [target], Annotations = about.Annotations };
    }

    /// <summary>Reads a reference to a component, without the list it stands in (its id is unique in the structure), and its kind.</summary>
    private (string Id, string? Class) ComponentReference()
    {
        (string id, string? kind) = ("", null);
        foreach (string _ in cursor.Children())
        {
            (id, kind) = (cursor.Attribute("id") ?? "", cursor.Attribute("class"));
        }

        return (id, kind);
    }

    private ComponentMap RepresentationMapping(ComponentMap map, Header header, StructureSetContainer container, string source, List<Maintainable> valueMaps)
    {
        StructureReference To(string id) => new(StructureType.RepresentationMap, header.AgencyId, id, header.Version.ToString());
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "CodelistMap":
                    map = map with { RepresentationMap = To(MapId(header.Id, LocalReference())) };
                    break;
                case "ToTextFormat":
                    map = map with { ToTextFormat = ReadTextFormat(multilingualByDefault: true, SdmxDataType.String) };
                    break;
                case "ToValueType":
                    map = map with { ToValueType = cursor.Token() };
                    break;
                case "ValueMap":
                    string id = $"{MapId(header.Id, container.MapId)}-{source}";
                    valueMaps.Add(ValueMap(header, container with { ValueMapOf = source }, id));
                    map = map with { RepresentationMap = To(id) };
                    break;
                default:
                    cursor.Unexpected("RepresentationMapping");
                    break;
            }
        }

        return map;
    }

    private RepresentationMap ValueMap(Header header, StructureSetContainer container, string id)
    {
        ImmutableArray<RepresentationMapping>.Builder rows = ImmutableArray.CreateBuilder<RepresentationMapping>();
        foreach (string _ in cursor.Children())
        {
            rows.Add(new RepresentationMapping([new MappedValue(cursor.RawAttribute("source") ?? "")], [cursor.RawAttribute("target") ?? ""]));
        }

        RepresentationSide text = new(null, SdmxDataType.String);
        return new RepresentationMap { AgencyId = header.AgencyId, Id = id, Container = container, Sources = [text], Targets = [text], Mappings = rows.ToImmutable() };
    }
}
