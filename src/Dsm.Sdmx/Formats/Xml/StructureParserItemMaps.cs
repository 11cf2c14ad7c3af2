using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Maps between item schemes.</summary>
internal sealed partial class StructureParser
{
    private ItemSchemeMap ItemSchemeMap(Header header, StructureType type)
    {
        StructureReference? source = null, target = null;
        ImmutableArray<ItemMap>.Builder items = ImmutableArray.CreateBuilder<ItemMap>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Source":
                    source = Reference("Any");
                    break;
                case "Target":
                    target = Reference("Any");
                    break;
                case "ItemMap":
                    items.Add(ItemMap());
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        if (source is null || target is null)
        {
            Missing(header, source is null ? "Source" : "Target");
        }

        return Complete(new ItemSchemeMap
        {
            MapType = type,
            AgencyId = header.AgencyId,
            Id = header.Id,
            Source = source,
            Target = target,
            Items = items.ToImmutable(),
        }, header);
    }

    private ItemMap ItemMap()
    {
        ItemMap map = new(default, null, cursor.Attribute("validFrom"), cursor.Attribute("validTo"));
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "SourceValue":
                    map = map with { Source = MappedValue() };
                    break;
                case "TargetValue":
                    map = map with { Target = cursor.Text() };
                    break;
                default:
                    OtherPart(parts, name, "ItemMap");
                    break;
            }
        }

        if (map.Source.Value is null)
        {
            cursor.Report(IssueCodes.MissingElement, "SourceValue", "ItemMap");
            map = map with { Source = new MappedValue("") };
        }

        return map with { Annotations = parts.Annotations };
    }

    private MappedValue MappedValue()
    {
        (bool regex, int? start, int? end) = (cursor.Flag("isRegEx") ?? false, cursor.Whole("startIndex"), cursor.Whole("endIndex"));
        return new MappedValue(cursor.Text(), regex, start, end);
    }
}
