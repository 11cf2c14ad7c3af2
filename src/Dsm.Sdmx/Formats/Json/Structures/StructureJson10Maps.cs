using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Structure sets.</summary>
internal sealed partial class StructureJson10
{
    private static bool IsMap(Maintainable artefact) => artefact is Model.StructureMap or RepresentationMap or ItemSchemeMap;

    private static StructureSetContainer? ContainerOf(Maintainable map) => map switch
    {
        Model.StructureMap structure => structure.Container,
        RepresentationMap representation => representation.Container,
        ItemSchemeMap items => items.Container,
        _ => null,
    };

    private static (string Agency, string Id, SdmxVersion Version) SetOf(Maintainable map) => (map.AgencyId, ContainerOf(map)?.Id ?? map.Id, map.Version);

    private void StructureSet(IEnumerable<Maintainable> maps)
    {
        Maintainable first = maps.First();
        StructureSetContainer? container = ContainerOf(first);
        Maintainable set = container is null ? first : first with
        {
            Id = container.Id,
            Name = container.Name,
            Description = container.Description,
            Uri = container.Uri,
            Annotations = container.Annotations,
        };
        if (!Begin(set))
        {
            return;
        }

        foreach (Maintainable map in maps.Where(m => !HasRows(m)))
        {
            NotCarried(map.Type.Class, map.Reference);
        }

        References("relatedStructures", maps.SelectMany(m => ContainerOf(m)?.RelatedStructures ?? []).Distinct());
        Array("structureMaps", maps.OfType<Model.StructureMap>().Where(HasRows), map => StructureMap(map, set, maps));
        RepresentationMap[] lists = [.. maps.OfType<RepresentationMap>().Where(m => m.Container?.ValueMapOf is null && m is { Sources: [{ List: not null }], Targets: [{ List: not null }] } && m.Mappings.Any(IsPlain))];
        Array("codelistMaps", lists.Where(m => m.Container?.IsHybrid != true), map => ListMap(map, "codeMaps"));
        Array("hybridCodelistMaps", lists.Where(m => m.Container?.IsHybrid == true), map => ListMap(map, "hybridCodeMaps"));
        foreach ((StructureType type, string member, string items) in new[]
        {
            (StructureType.ConceptSchemeMap, "conceptSchemeMaps", "conceptMaps"),
            (StructureType.CategorySchemeMap, "categorySchemeMaps", "categoryMaps"),
            (StructureType.OrganisationSchemeMap, "organisationSchemeMaps", "organisationMaps"),
            (StructureType.ReportingTaxonomyMap, "reportingTaxonomyMaps", "reportingCategoryMaps"),
        })
        {
            Array(member, maps.OfType<ItemSchemeMap>().Where(m => m.Type == type && m is { Source: not null, Target: not null } && m.Items.Any(IsPlain)), map => ItemMap(map, items));
        }
    }

    // The schema wants a row in each map.
    private static bool HasRows(Maintainable map) => map switch
    {
        Model.StructureMap structure => structure.ComponentMaps.Any(c => c is { Sources.Length: 1, Targets.Length: 1 }),
        RepresentationMap values => values.Mappings.Any(IsPlain),
        ItemSchemeMap items => items is { Source: not null, Target: not null } && items.Items.Any(IsPlain),
        _ => true,
    };

    private void BeginMap(Maintainable map)
    {
        string id = ContainerOf(map)?.MapId ?? map.Id;
        Json.WriteString("id", id);
        Names(id, map.Name, map.Description);
        if (ContainerOf(map) is not null)
        {
            Annotations(map.Annotations);
            Links(map.Links, map.Uri);
        }
    }

    private void ListMap(RepresentationMap map, string member)
    {
        BeginMap(map);
        (StructureReference source, StructureReference target) = (map.Sources[0].List!, map.Targets[0].List!);
        Reference("source", source);
        Reference("target", target);
        foreach (RepresentationMapping row in map.Mappings)
        {
            NotCarried("RepresentationMap.Mappings", IsPlain(row) ? null : "", map.Reference);
            NotCarried("RepresentationMapping.ValidFrom", row.ValidFrom, map.Reference);
            NotCarried("RepresentationMapping.ValidTo", row.ValidTo, map.Reference);
        }

        Array(member, map.Mappings.Where(IsPlain), row =>
        {
            Annotations(row.Annotations);
            Reference("source", source with { ItemId = row.Sources[0].Value });
            Reference("target", target with { ItemId = row.Targets[0] });
        });
    }

    private static bool IsPlain(RepresentationMapping row) => row is { Sources: [{ IsRegEx: false, StartIndex: null, EndIndex: null }], Targets.Length: 1 };

    private static bool IsPlain(ItemMap row) => row is { Source: { IsRegEx: false, StartIndex: null, EndIndex: null }, Target: not null };

    private void ItemMap(ItemSchemeMap map, string member)
    {
        BeginMap(map);
        Reference("source", map.Source);
        Reference("target", map.Target);
        foreach (ItemMap row in map.Items)
        {
            NotCarried("ItemSchemeMap.Items", IsPlain(row) ? null : "", map.Reference);
            NotCarried("ItemMap.ValidFrom", row.ValidFrom, map.Reference);
            NotCarried("ItemMap.ValidTo", row.ValidTo, map.Reference);
        }

        Array(member, map.Items.Where(IsPlain), row =>
        {
            Annotations(row.Annotations);
            Reference("source", map.Source! with { ItemId = row.Source.Value });
            Reference("target", map.Target! with { ItemId = row.Target });
        });
    }

    private void StructureMap(Model.StructureMap map, Maintainable set, IEnumerable<Maintainable> maps)
    {
        BeginMap(map);
        Flag("isExtension", map.IsExtension);
        Reference("source", map.Source);
        Reference("target", map.Target);
        NotCarried("StructureMap.FixedValues", map.FixedValues, map.Reference);
        NotCarried("StructureMap.TimeMaps", map.TimeMaps, map.Reference);
        if (map.ComponentMaps.Any(c => c.Sources.Length != 1 || c.Targets.Length != 1))
        {
            NotCarried("StructureMap.ComponentMaps", map.Reference);
        }

        Array("componentMaps", map.ComponentMaps.Where(c => c.Sources.Length == 1 && c.Targets.Length == 1), component =>
        {
            Annotations(component.Annotations);
            Json.WriteString("source", ComponentUrn(map.Source, component.Sources[0], component.SourceClass));
            Json.WriteString("target", ComponentUrn(map.Target, component.Targets[0], component.TargetClass));
            RepresentationMap? values = maps.OfType<RepresentationMap>().FirstOrDefault(m => m.Reference == component.RepresentationMap);
            NotCarried("ComponentMap.RepresentationMap", values is null ? component.RepresentationMap?.Urn : null, map.Reference);
            if (values is null && component.ToValueType is null && component.ToTextFormat is null)
            {
                return;
            }

            Object("representationMapping", () =>
            {
                if (component.ToTextFormat is { } format)
                {
                    Format("toTextFormat", format, coded: false);
                }

                Text("toValueType", component.ToValueType);
                if (values?.Container?.ValueMapOf is not null)
                {
                    Object("valueMap", () => Array("valueMappings", values.Mappings.Where(m => m.Targets.Length == 1), row =>
                    {
                        Json.WriteString("source", row.Sources[0].Value);
                        Json.WriteString("target", row.Targets[0]);
                    }));
                }
                else if (values is not null)
                {
                    Json.WriteString("codelistMap", Inside(set, "CodelistMap", values.Container?.MapId ?? values.Id));
                }
            });
        });
    }

    // URNs call an attribute DataAttribute; what a component is that does not say it is a dimension.
    private string ComponentUrn(StructureReference structure, string component, string? kind)
        => Urn(structure with { ItemId = component, ItemClassName = kind switch { null => "Dimension", "Attribute" => "DataAttribute", _ => kind } });
}
