using System.Collections.Immutable;
using System.Text.Json;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Structure maps, representation maps and item scheme maps.</summary>
internal sealed partial class JsonStructureParser
{
    private StructureMap? StructureMap()
    {
        Parts parts = Begin();
        StructureReference? source = null, target = null;
        List<(TimePatternMap Map, ImmutableArray<string> Formats)> times = [];
        Dictionary<string, (string Frequency, string Pattern)> formats = new(StringComparer.Ordinal);
        StructureMap map = new() { AgencyId = "", Id = "", Source = null!, Target = null! };
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
                case "epochMaps" or "datePatternMaps":
                    foreach (int _ in cursor.Elements())
                    {
                        times.AddRange(TimeMaps());
                    }

                    break;
                case "frequencyFormatMappings":
                    foreach (int _ in cursor.Elements())
                    {
                        FrequencyFormat(formats);
                    }

                    break;
                case "componentMaps":
                    map = map with { ComponentMaps = List(ComponentMap) };
                    break;
                case "fixedValueMaps":
                    map = map with { FixedValues = List(FixedValue) };
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        if (source is null || target is null)
        {
            Missing(parts, source is null ? "source" : "target");
            return null;
        }

        return Complete(parts, (agency, id) => map with
        {
            AgencyId = agency,
            Id = id,
            Source = source,
            Target = target,
            TimeMaps = [.. times.Select(t => t.Map with { FrequencyFormats = Formats(t.Formats, formats, parts) })],
        });
    }

    private ComponentMap ComponentMap()
    {
        Parts parts = Begin();
        ComponentMap map = new();
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "source":
                    map = map with { Sources = Texts() };
                    break;
                case "target":
                    map = map with { Targets = Texts() };
                    break;
                case "representationMap":
                    map = map with { RepresentationMap = Reference() };
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return map with { Annotations = parts.Annotations };
    }

    private FixedValueMap FixedValue()
    {
        Parts parts = Begin();
        FixedValueMap map = new("", []);
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "source" or "target":
                    map = map with { ComponentId = cursor.Text() ?? "", IsTarget = member == "target" };
                    break;
                case "values":
                    map = map with { Values = Texts() };
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return map with { Annotations = parts.Annotations };
    }

    private RepresentationMap? RepresentationMap()
    {
        Parts parts = Begin();
        RepresentationMap map = new() { AgencyId = "", Id = "" };
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "source":
                    map = map with { Sources = List(Side) };
                    break;
                case "target":
                    map = map with { Targets = List(Side) };
                    break;
                case "representationMappings":
                    map = map with { Mappings = List(Mapping) };
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        return Complete(parts, (agency, id) => map with { AgencyId = agency, Id = id });
    }

    private RepresentationSide? Side()
    {
        RepresentationSide? side = null;
        foreach (string member in cursor.Members())
        {
            if (member == "codelist")
            {
                side = new RepresentationSide(Reference(), null);
            }
            else if (member == "dataType")
            {
                side = new RepresentationSide(null, DataType(SdmxDataType.String));
            }
        }

        return side;
    }

    private RepresentationMapping Mapping()
    {
        Parts parts = Begin();
        ImmutableArray<MappedValue> sources = [];
        ImmutableArray<string> targets = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "sourceValues":
                    ImmutableArray<MappedValue>.Builder values = ImmutableArray.CreateBuilder<MappedValue>();
                    foreach (int _ in cursor.Elements())
                    {
                        values.Add(MappedValue());
                    }

                    sources = values.ToImmutable();
                    break;
                case "targetValues":
                    targets = Texts();
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        return new RepresentationMapping(sources, targets, Day(parts.ValidFrom), Day(parts.ValidTo)) { Annotations = parts.Annotations };
    }

    /// <summary>Reads a source value; the samples have it as a plain text too.</summary>
    private MappedValue MappedValue()
    {
        if (cursor.Token != JsonTokenType.StartObject)
        {
            return new MappedValue(cursor.Text() ?? "");
        }

        MappedValue value = new("");
        foreach (string member in cursor.Members())
        {
            value = member switch
            {
                "value" => value with { Value = cursor.Text() ?? "" },
                "isRegEx" => value with { IsRegEx = cursor.Flag() ?? false },
                "startIndex" => value with { StartIndex = cursor.Whole() },
                "endIndex" => value with { EndIndex = cursor.Whole() },
                _ => value,
            };
        }

        return value;
    }

    // Rows are valid by days, which the schemas of SDMX-JSON want as instants.
    private static string? Day(string? instant) => instant?.EndsWith("T00:00:00Z", StringComparison.Ordinal) == true ? instant[..^10] : instant;

    private ItemSchemeMap? ItemSchemeMap(StructureType type)
    {
        Parts parts = Begin();
        StructureReference? source = null, target = null;
        ImmutableArray<ItemMap> items = [];
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
                case "itemMaps":
                    items = List(ItemMap);
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        if (source is null || target is null)
        {
            Missing(parts, source is null ? "source" : "target");
        }

        return Complete(parts, (agency, id) => new ItemSchemeMap { AgencyId = agency, Id = id, MapType = type, Source = source, Target = target, Items = items });
    }

    private ItemMap ItemMap()
    {
        Parts parts = Begin();
        MappedValue source = new("");
        string? target = null;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "sourceValue":
                    source = MappedValue();
                    break;
                case "targetValue":
                    target = cursor.Text();
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        return new ItemMap(source, target, Day(parts.ValidFrom), Day(parts.ValidTo)) { Annotations = parts.Annotations };
    }
}
