using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Structure maps and representation maps.</summary>
internal sealed partial class StructureXml30
{
    private void StructureMap(StructureMap map)
    {
        bool content = Begin(map);
        if (map.Container is not null)
        {
            NotCarried("StructureMap.Container", map.Reference);
        }

        if (map.IsExtension)
        {
            NotCarried("StructureMap.IsExtension", map.Reference);
        }

        Names(map);
        Reference("Source", map.Source);
        Reference("Target", map.Target);
        if (content)
        {
            FrequencyFormatIds formats = new(map.TimeMaps);
            foreach (TimePatternMap time in map.TimeMaps.OrderBy(t => t.SourcePattern is not null))
            {
                TimeMap(time, formats, map);
            }

            foreach ((string id, string frequency, string pattern) in formats.All)
            {
                Start("FrequencyFormatMapping");
                Attribute("id", id);
                Element("FrequencyId", frequency);
                Element("DatePattern", pattern);
                End();
            }

            foreach (ComponentMap component in map.ComponentMaps)
            {
                ComponentLosses(component, map);
                Start("ComponentMap");
                Annotations(component.Annotations);
                Elements("Source", component.Sources);
                Elements("Target", component.Targets);
                Reference("RepresentationMap", component.RepresentationMap);
                End();
            }

            foreach (FixedValueMap value in map.FixedValues)
            {
                Start("FixedValueMap");
                Annotations(value.Annotations);
                Element(value.IsTarget ? "Target" : "Source", value.ComponentId);
                Elements("Value", value.Values);
                End();
            }
        }

        End();
    }

    private void ComponentLosses(ComponentMap component, StructureMap map)
    {
        foreach (string property in new[]
        {
            component.SourceClass is null ? null : "ComponentMap.SourceClass",
            component.TargetClass is null ? null : "ComponentMap.TargetClass",
            component.ToTextFormat is null ? null : "ComponentMap.ToTextFormat",
            component.ToValueType is null ? null : "ComponentMap.ToValueType",
        }.OfType<string>())
        {
            NotCarried(property, map.Reference);
        }
    }

    /// <summary>Writes a map between item schemes.</summary>
    private void ItemSchemeMap(ItemSchemeMap map)
    {
        bool content = Begin(map);
        if (map.Container is not null)
        {
            NotCarried("ItemSchemeMap.Container", map.Reference);
        }

        Names(map);
        Reference("Source", map.Source);
        Reference("Target", map.Target);
        foreach (ItemMap item in content ? map.Items : [])
        {
            Start("ItemMap");
            Attribute("validFrom", item.ValidFrom);
            Attribute("validTo", item.ValidTo);
            Annotations(item.Annotations);
            SourceValue(item.Source);
            Element("TargetValue", item.Target);
            End();
        }

        End();
    }

    private void SourceValue(MappedValue value)
    {
        Start("SourceValue");
        Flag("isRegEx", value.IsRegEx);
        Attribute("startIndex", XmlText.Of(value.StartIndex));
        Attribute("endIndex", XmlText.Of(value.EndIndex));
        Xml.WriteString(XmlText.Clean(value.Value));
        End();
    }

    private void TimeMap(TimePatternMap time, FrequencyFormatIds formats, StructureMap map)
    {
        bool epoch = time.SourcePattern is null;
        Start(epoch ? "EpochMap" : "DatePatternMap");
        Attribute("id", time.Id);
        Attribute("uri", time.Uri);
        Attribute("resolvePeriod", time.ResolvePeriod);
        if (epoch)
        {
            Attribute("basePeriod", time.BasePeriod ?? "1970");
            Attribute("epochPeriod", time.EpochPeriod);
        }
        else
        {
            Attribute("sourcePattern", time.SourcePattern);
            Attribute("locale", time.Locale);
        }

        Annotations(time.Annotations);
        Links(time.Links, "TimePatternMap", map.Reference);
        Element("Source", time.Source);
        Element("Target", time.Target);
        if (time.FrequencyDimension is not null)
        {
            Element("FrequencyDimension", time.FrequencyDimension);
            Elements("MappedFrequencies", formats.Of(time));
        }
        else
        {
            Element("TargetFrequencyID", time.TargetFrequencyId ?? "A");
            if (!time.FrequencyFormats.IsEmpty)
            {
                NotCarried("TimePatternMap.FrequencyFormats", map.Reference);
            }
        }

        End();
    }

    private void RepresentationMap(RepresentationMap map)
    {
        bool content = Begin(map);
        if (map.Container is not null)
        {
            NotCarried("RepresentationMap.Container", map.Reference);
        }

        Names(map);
        Sides("Source", map.Sources);
        Sides("Target", map.Targets);
        if (content)
        {
            foreach (RepresentationMapping row in map.Mappings)
            {
                Start("RepresentationMapping");
                Attribute("validFrom", row.ValidFrom);
                Attribute("validTo", row.ValidTo);
                Annotations(row.Annotations);
                foreach (MappedValue value in row.Sources)
                {
                    SourceValue(value);
                }

                Elements("TargetValue", row.Targets);
                End();
            }
        }

        End();
    }

    private void Sides(string side, IEnumerable<RepresentationSide> sides)
    {
        foreach (RepresentationSide one in sides)
        {
            if (one.List is not null)
            {
                Reference(side + "Codelist", one.List);
            }
            else
            {
                Element(side + "DataType", (one.DataType ?? SdmxDataType.String).ToString());
            }
        }
    }

    private void Elements(string name, IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            Element(name, text);
        }
    }
}
