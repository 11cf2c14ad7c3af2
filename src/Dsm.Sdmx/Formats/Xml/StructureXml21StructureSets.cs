using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Structure sets: the maps that remember the set they were read from.</summary>
internal sealed partial class StructureXml21
{
    private void StructureSet(IEnumerable<Maintainable> maps)
    {
        Maintainable first = maps.First();
        StructureSetContainer container = ContainerOf(first)!;
        bool content = Begin("StructureSet", first with { Uri = container.Uri }, container.Id);
        Annotations(container.Annotations);
        Names(container.Id, container.Name, container.Description);
        foreach (StructureReference related in container.RelatedStructures)
        {
            Reference("RelatedStructure", related);
        }

        RepresentationMap[] lists = [.. maps.OfType<RepresentationMap>()];
        foreach (Maintainable map in content ? maps : [])
        {
            Map(map, lists);
        }

        End();
    }

    private void Map(Maintainable map, RepresentationMap[] lists)
    {
        switch (map)
        {
            case RepresentationMap { Container: { MapId: not "", ValueMapOf: null } } list:
                CodelistMap(list);
                break;
            case ItemSchemeMap items:
                ItemSchemeMap(items);
                break;
            case StructureMap structure:
                StructureMap(structure, lists);
                break;
        }
    }

    private void BeginMap(string element, Maintainable map)
    {
        Start(element);
        Attribute("id", ContainerOf(map)!.MapId);
        Attribute("uri", map.Uri);
        if (map is StructureMap structure)
        {
            Flag("isExtension", structure.IsExtension);
        }

        Names(map);
    }

    private void CodelistMap(RepresentationMap map)
    {
        bool hybrid = map.Container!.IsHybrid;
        if (map.Sources is not [{ List: { } source }] || map.Targets is not [{ List: { } target }]
            || !map.Mappings.Any(m => m is { Sources: [MappedValue one], Targets: [string code] } && IsPair(one, code)))
        {
            NotCarried("RepresentationMap", map.Reference);
            return;
        }

        BeginMap(hybrid ? "HybridCodelistMap" : "CodelistMap", map);
        Reference("Source", source);
        Reference("Target", target);
        foreach (RepresentationMapping row in map.Mappings)
        {
            if (row.Sources is not [MappedValue value] || row.Targets is not [string code] || !IsPair(value, code))
            {
                NotCarried("RepresentationMap.Mappings", map.Reference);
                continue;
            }

            RowLosses(row.ValidFrom, row.ValidTo, "RepresentationMapping", value, map);
            Association(hybrid ? "HybridCodeMap" : "CodeMap", row.Annotations, value.Value, code);
        }

        End();
    }

    private void ItemSchemeMap(ItemSchemeMap map)
    {
        if (map.Source is null || map.Target is null || !map.Items.Any(i => IsPair(i.Source, i.Target)))
        {
            NotCarried(map.Type.Class, map.Reference);
            return;
        }

        BeginMap(map.Type.Class, map);
        Reference("Source", map.Source);
        Reference("Target", map.Target);
        string element = map.Type == StructureType.OrganisationSchemeMap ? "OrganisationMap"
            : map.Type == StructureType.CategorySchemeMap ? "CategoryMap"
            : map.Type == StructureType.ConceptSchemeMap ? "ConceptMap" : "ReportingCategoryMap";
        foreach (ItemMap item in map.Items)
        {
            if (item.Target is null || !IsPair(item.Source, item.Target))
            {
                NotCarried("ItemSchemeMap.Items", map.Reference);
                continue;
            }

            RowLosses(item.ValidFrom, item.ValidTo, "ItemMap", item.Source, map);
            Association(element, item.Annotations, item.Source.Value, item.Target);
        }

        End();
    }

    /// <summary>True for what 2.1 maps: the id of an item to the id of an item.</summary>
    private static bool IsPair(MappedValue source, string? target)
        => target is not null && !source.IsRegEx && Ids.IsMatch(source.Value, allowDots: true) && Ids.IsMatch(target, allowDots: true);

    private void RowLosses(string? from, string? to, string type, MappedValue value, Maintainable map)
    {
        foreach (string property in new[]
        {
            from is null ? null : $"{type}.ValidFrom",
            to is null ? null : $"{type}.ValidTo",
            value.StartIndex is null ? null : "MappedValue.StartIndex",
            value.EndIndex is null ? null : "MappedValue.EndIndex",
        }.OfType<string>())
        {
            NotCarried(property, map.Reference);
        }
    }

    private void Association(string element, ImmutableArray<Annotation> annotations, string source, string target)
    {
        Start(element);
        Annotations(annotations);
        Local("Source", source);
        Local("Target", target);
        End();
    }

    private void StructureMap(StructureMap map, RepresentationMap[] lists)
    {
        NotCarried("StructureMap.FixedValues", map.FixedValues, map.Reference);
        NotCarried("StructureMap.TimeMaps", map.TimeMaps, map.Reference);
        ComponentMap[] components = [.. map.ComponentMaps.Where(c => c.Sources.Length == 1 && c.Targets.Length == 1)];
        if (components.Length < map.ComponentMaps.Length)
        {
            NotCarried("StructureMap.ComponentMaps", map.Reference);
        }

        if (components.Length == 0)
        {
            NotCarried("StructureMap", map.Reference);
            return;
        }

        BeginMap("StructureMap", map);
        Reference("Source", map.Source);
        Reference("Target", map.Target);
        foreach (ComponentMap component in components)
        {
            Start("ComponentMap");
            Annotations(component.Annotations);
            ComponentReference("Source", component.Sources[0], component.SourceClass, map.Source);
            ComponentReference("Target", component.Targets[0], component.TargetClass, map.Target);
            RepresentationMapping(component, map, lists);
            End();
        }

        End();
    }

    private void ComponentReference(string element, string id, string? kind, StructureReference structure)
    {
        // What the schema demands and 3.0 does not say: which kind of component it is, and the list it stands in.
        kind ??= id switch { "TIME_PERIOD" => "TimeDimension", "OBS_VALUE" => "PrimaryMeasure", _ => "Dimension" };
        string container = kind switch
        {
            "Attribute" or "ReportingYearStartDay" => "AttributeDescriptor",
            "PrimaryMeasure" => "MeasureDescriptor",
            _ => "DimensionDescriptor",
        };
        Local(element, id, kind, structure.Type.Package, container);
    }

    private void RepresentationMapping(ComponentMap component, StructureMap map, RepresentationMap[] lists)
    {
        RepresentationMap? list = component.RepresentationMap is { } reference ? lists.FirstOrDefault(l => l.Reference == reference) : null;
        if (component.RepresentationMap is not null && list is null)
        {
            NotCarried("ComponentMap.RepresentationMap", map.Reference);
        }

        bool toText = component.ToTextFormat is not null;
        if (list is null && !toText)
        {
            return;
        }

        Start("RepresentationMapping");
        if (list is { Container.ValueMapOf: not null })
        {
            Start("ValueMap");
            foreach (RepresentationMapping row in list.Mappings)
            {
                Start("ValueMapping");
                Attribute("source", row.Sources[0].Value);
                Attribute("target", row.Targets[0]);
                End();
            }

            End();
        }
        else if (list is not null)
        {
            Local("CodelistMap", list.Container!.MapId);
        }
        else
        {
            TextFormat format = Typed(component.ToTextFormat!, map.Reference);
            TextFormat("ToTextFormat", format, format.DataType.ToString(), multilingual: true);
            Element("ToValueType", component.ToValueType ?? "Value");
        }

        End();
    }
}
