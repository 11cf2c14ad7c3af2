using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Structure sets of 1.0, each read as its maps, which remember where they came from.</summary>
internal sealed partial class JsonStructureParser
{
    private sealed record MapParts(Parts Names, Maintainable Map, IReadOnlyList<RepresentationMap> ValueMaps);

    private IEnumerable<Maintainable> StructureSet()
    {
        Parts parts = Begin();
        List<MapParts> maps = [];
        ImmutableArray<StructureReference> related = [];
        foreach (string member in cursor.Members())
        {
            Func<MapParts?>? read = member switch
            {
                "structureMaps" => OldStructureMap,
                "codelistMaps" or "hybridCodelistMaps" => () => OldListMap(hybrid: member == "hybridCodelistMaps"),
                "conceptSchemeMaps" => () => OldItemMap(StructureType.ConceptSchemeMap),
                "categorySchemeMaps" => () => OldItemMap(StructureType.CategorySchemeMap),
                "organisationSchemeMaps" => () => OldItemMap(StructureType.OrganisationSchemeMap),
                "reportingTaxonomyMaps" => () => OldItemMap(StructureType.ReportingTaxonomyMap),
                _ => null,
            };
            if (read is not null)
            {
                maps.AddRange(List(read));
            }
            else if (member == "relatedStructures")
            {
                related = References();
            }
            else
            {
                Header(parts, member);
            }
        }

        if (maps.Count == 0)
        {
            Missing(parts, "structureMaps");
        }

        return [.. maps.SelectMany(m => Contained(m, parts, related))];
    }

    private IEnumerable<Maintainable> Contained(MapParts map, Parts set, ImmutableArray<StructureReference> related)
    {
        StructureSetContainer container = new(set.Id ?? "", map.Names.Id ?? "", set.Name, set.Description)
        {
            RelatedStructures = related,
            Annotations = set.Annotations,
        };
        if (Complete(set, (agency, id) => new ItemSchemeMap { AgencyId = agency, Id = id, MapType = StructureType.ConceptSchemeMap }) is { } itself)
        {
            container = container with { Uri = itself.Uri };
        }

        string Id(string inside) => $"{set.Id}-{inside}";
        foreach (RepresentationMap values in map.ValueMaps)
        {
            if (Complete(set, (agency, _) => values with { AgencyId = agency }) is { } complete)
            {
                yield return complete with
                {
                    Id = Id($"{map.Names.Id}-{values.Id}"),
                    Name = default,
                    Description = default,
                    Uri = null,
                    Links = [],
                    Annotations = [],
                    Container = container with { ValueMapOf = values.Id },
                };
            }
        }

        if (Complete(set, (agency, _) => map.Map with { AgencyId = agency }) is not { } whole)
        {
            yield break;
        }

        whole = whole with
        {
            Id = Id(container.MapId),
            Name = map.Names.Name,
            Description = map.Names.Description,
            Uri = map.Names.Uri,
            Links = [.. map.Names.Links],
            Annotations = map.Names.Annotations,
        };
        yield return whole switch
        {
            StructureMap structure => structure with
            {
                Container = container,
                ComponentMaps = [.. structure.ComponentMaps.Select(c => c.RepresentationMap is { } urn
                    ? c with { RepresentationMap = new StructureReference(StructureType.RepresentationMap, whole.AgencyId, Id(urn.ItemId is { } item ? item : $"{map.Names.Id}-{urn.Id}"), whole.Version.ToString()) }
                    : c)],
            },
            RepresentationMap list => list with { Container = container with { IsHybrid = list.Container?.IsHybrid ?? false } },
            ItemSchemeMap items => items with { Container = container },
            _ => whole,
        };
    }

    private MapParts? OldListMap(bool hybrid)
    {
        Parts parts = Begin();
        StructureReference? source = null, target = null;
        List<RepresentationMapping> rows = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "source":
                    source = Reference();
                    break;
                case "target":
                    target = Reference();
                    break;
                case "codeMaps" or "hybridCodeMaps":
                    rows.AddRange(Pairs().Select(p => new RepresentationMapping([new MappedValue(p.Source)], [p.Target]) { Annotations = p.Annotations }));
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return new MapParts(parts, new RepresentationMap
        {
            AgencyId = "",
            Id = "",
            Sources = [new RepresentationSide(source, null)],
            Targets = [new RepresentationSide(target, null)],
            Mappings = [.. rows],
            Container = new StructureSetContainer("", "", default, default) { IsHybrid = hybrid },
        }, []);
    }

    private MapParts? OldItemMap(StructureType type)
    {
        Parts parts = Begin();
        StructureReference? source = null, target = null;
        List<ItemMap> rows = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "source":
                    source = Reference();
                    break;
                case "target":
                    target = Reference();
                    break;
                case "conceptMaps" or "categoryMaps" or "organisationMaps" or "reportingCategoryMaps":
                    rows.AddRange(Pairs().Select(p => new ItemMap(new MappedValue(p.Source), p.Target) { Annotations = p.Annotations }));
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return new MapParts(parts, new ItemSchemeMap { AgencyId = "", Id = "", MapType = type, Source = source, Target = target, Items = [.. rows] }, []);
    }

    private List<(string Source, string Target, ImmutableArray<Annotation> Annotations)> Pairs()
    {
        List<(string, string, ImmutableArray<Annotation>)> pairs = [];
        foreach (int _ in cursor.Elements())
        {
            Parts parts = Begin();
            (string source, string target) = ("", "");
            foreach (string member in cursor.Members())
            {
                switch (member)
                {
                    case "source":
                        source = ItemOf(cursor.Text()) ?? "";
                        break;
                    case "target":
                        target = ItemOf(cursor.Text()) ?? "";
                        break;
                    default:
                        Common(parts, member);
                        break;
                }
            }

            pairs.Add((source, target, parts.Annotations));
        }

        return pairs;
    }

    private MapParts? OldStructureMap()
    {
        Parts parts = Begin();
        StructureReference? source = null, target = null;
        bool extension = false;
        List<RepresentationMap> values = [];
        ImmutableArray<ComponentMap> components = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "source":
                    source = Reference();
                    break;
                case "target":
                    target = Reference();
                    break;
                case "isExtension":
                    extension = cursor.Flag() ?? false;
                    break;
                case "componentMaps":
                    components = List(() => OldComponentMap(values));
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        if (source is null || target is null)
        {
            Missing(parts, source is null ? "source" : "target");
            return null;
        }

        return new MapParts(parts, new StructureMap { AgencyId = "", Id = "", Source = source, Target = target, IsExtension = extension, ComponentMaps = components }, values);
    }

    private ComponentMap OldComponentMap(List<RepresentationMap> values)
    {
        Parts parts = Begin();
        ComponentMap map = new();
        ImmutableArray<RepresentationMapping> rows = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "source":
                    map = map with { Sources = [ItemOf(cursor.Text()) ?? ""], SourceClass = KindOf(cursor.Text()) };
                    break;
                case "target":
                    map = map with { Targets = [ItemOf(cursor.Text()) ?? ""], TargetClass = KindOf(cursor.Text()) };
                    break;
                case "representationMapping":
                    (map, rows) = OldRepresentation(map);
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        map = map with { Annotations = parts.Annotations };
        if (rows.IsEmpty)
        {
            return map;
        }

        string of = map.Sources.FirstOrDefault() ?? "";
        values.Add(new RepresentationMap
        {
            AgencyId = "",
            Id = of,
            Sources = [new RepresentationSide(null, SdmxDataType.String)],
            Targets = [new RepresentationSide(null, SdmxDataType.String)],
            Mappings = rows,
        });
        // The identity is completed when that of the set is known.
        return map with { RepresentationMap = new StructureReference(StructureType.RepresentationMap, "", of, "1.0") };
    }

    private static string? KindOf(string? urn)
        => StructureReference.TryParseUrn(urn, out StructureReference? reference) && reference.ItemClassName is { } kind ? kind == "DataAttribute" ? "Attribute" : kind : null;

    private (ComponentMap Map, ImmutableArray<RepresentationMapping> Rows) OldRepresentation(ComponentMap map)
    {
        ImmutableArray<RepresentationMapping> rows = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "codelistMap":
                    // A map of the same set: its id stands behind that of the set.
                    if (ItemOf(cursor.Text()) is { } id)
                    {
                        map = map with { RepresentationMap = new StructureReference(StructureType.RepresentationMap, "", id, "1.0", id) };
                    }

                    break;
                case "toTextFormat":
                    map = map with { ToTextFormat = Format(SdmxDataType.String) };
                    break;
                case "toValueType":
                    map = map with { ToValueType = cursor.Text() };
                    break;
                case "valueMap":
                    foreach (string part in cursor.Members())
                    {
                        if (part == "valueMappings")
                        {
                            rows = [.. Pairs().Select(p => new RepresentationMapping([new MappedValue(p.Source)], [p.Target]))];
                        }
                    }

                    break;
            }
        }

        return (map, rows);
    }
}
