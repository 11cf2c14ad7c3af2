using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Structure maps, representation maps and item scheme maps.</summary>
internal sealed partial class StructureJson20
{
    private void StructureMap(StructureMap map)
    {
        bool content = Begin(map);
        Container(map.Container, map);
        Reference("source", map.Source);
        Reference("target", map.Target);
        if (!content)
        {
            return;
        }

        NotCarried("StructureMap.IsExtension", map.IsExtension ? "" : null, map.Reference);
        FrequencyFormatIds formats = new(map.TimeMaps);
        Array("epochMaps", map.TimeMaps.Where(t => t.SourcePattern is null), time => TimeMap(time, formats, map));
        Array("datePatternMaps", map.TimeMaps.Where(t => t.SourcePattern is not null), time => TimeMap(time, formats, map));
        Array("frequencyFormatMappings", formats.All, format =>
        {
            Json.WriteString("id", format.Id);
            Json.WriteString("frequencyId", format.Frequency);
            Json.WriteString("datePattern", format.Pattern);
        });
        Array("componentMaps", map.ComponentMaps, component =>
        {
            Annotations(component.Annotations);
            NotCarried("ComponentMap.SourceClass", component.SourceClass, map.Reference);
            NotCarried("ComponentMap.TargetClass", component.TargetClass, map.Reference);
            NotCarried("ComponentMap.ToTextFormat", component.ToTextFormat is null ? null : "", map.Reference);
            NotCarried("ComponentMap.ToValueType", component.ToValueType, map.Reference);
            Texts("source", component.Sources);
            Texts("target", component.Targets);
            Reference("representationMap", component.RepresentationMap);
        });
        Array("fixedValueMaps", map.FixedValues, value =>
        {
            Annotations(value.Annotations);
            Json.WriteString(value.IsTarget ? "target" : "source", value.ComponentId);
            Texts("values", value.Values);
        });
    }

    private void TimeMap(TimePatternMap time, FrequencyFormatIds formats, StructureMap map)
    {
        Text("id", time.Id);
        Annotations(time.Annotations);
        Links(time.Links, time.Uri);
        Array("mappedComponents", [time], one =>
        {
            Json.WriteString("source", one.Source);
            Json.WriteString("target", one.Target);
        });
        Text("resolvePeriod", time.ResolvePeriod);
        if (time.SourcePattern is null)
        {
            Json.WriteString("basePeriod", time.BasePeriod ?? "1970");
            Text("epochPeriod", time.EpochPeriod);
        }
        else
        {
            Json.WriteString("sourcePattern", time.SourcePattern);
            Json.WriteString("locale", time.Locale);
        }

        if (time.FrequencyDimension is not null)
        {
            Json.WriteString("frequencyDimension", time.FrequencyDimension);
            Texts("mappedFrequencies", formats.Of(time));
        }
        else
        {
            Json.WriteString("targetFrequencyID", time.TargetFrequencyId ?? "A");
            if (!time.FrequencyFormats.IsEmpty)
            {
                NotCarried("TimePatternMap.FrequencyFormats", map.Reference);
            }
        }
    }

    private void RepresentationMap(RepresentationMap map)
    {
        bool content = Begin(map);
        Container(map.Container, map);
        Array("source", map.Sources, Side);
        Array("target", map.Targets, Side);
        if (content)
        {
            Array("representationMappings", map.Mappings, row =>
            {
                Annotations(row.Annotations);
                Day("validFrom", row.ValidFrom);
                Day("validTo", row.ValidTo);
                Array("sourceValues", row.Sources, MappedValue);
                Texts("targetValues", row.Targets);
            });
        }
    }

    private void ItemSchemeMap(ItemSchemeMap map)
    {
        bool content = Begin(map);
        Container(map.Container, map);
        Reference("source", map.Source);
        Reference("target", map.Target);
        if (content)
        {
            Array("itemMaps", map.Items, row =>
            {
                Annotations(row.Annotations);
                Day("validFrom", row.ValidFrom);
                Day("validTo", row.ValidTo);
                Object("sourceValue", () => MappedValue(row.Source));
                Text("targetValue", row.Target);
            });
        }
    }

    /// <summary>Writes a day of validity, which the schemas want as an instant.</summary>
    private void Day(string name, string? day) => Text(name, day is null ? null : JsonMeta.Instant(day));

    private void Side(RepresentationSide side)
    {
        if (side.List is not null)
        {
            Reference("codelist", side.List);
        }
        else
        {
            Json.WriteString("dataType", (side.DataType ?? SdmxDataType.String).ToString());
        }
    }

    private void MappedValue(MappedValue value)
    {
        Json.WriteString("value", value.Value);
        Flag("isRegEx", value.IsRegEx);
        Number("startIndex", value.StartIndex);
        Number("endIndex", value.EndIndex);
    }

    private void Container(StructureSetContainer? container, Maintainable map)
    {
        if (container is not null)
        {
            NotCarried($"{map.GetType().Name}.Container", $"{map.Reference} ({container.Id})");
        }
    }
}
