using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Constraints and maps.</summary>
internal sealed partial class StructureXml30
{
    private void DataConstraint(DataConstraint constraint)
    {
        bool content = Begin(constraint);
        if (!Is31)
        {
            Xml.WriteAttributeString("role", constraint.Role.ToString());
        }

        Names(constraint);
        if (content)
        {
            Attachments(constraint);
            if (Is31 && constraint.ReleaseCalendar is not null)
            {
                NotCarried($"ReleaseCalendar of {constraint.Reference}");
            }
            else if (constraint.ReleaseCalendar is { } calendar)
            {
                Start("ReleaseCalendar");
                Element("Periodicity", calendar.Periodicity);
                Element("Offset", calendar.Offset);
                Element("Tolerance", calendar.Tolerance);
                End();
            }

            if (constraint.ReferencePeriodStart is not null || constraint.ReferencePeriodEnd is not null)
            {
                NotCarried($"ReferencePeriod of {constraint.Reference}");
            }

            foreach (DataKeySet set in constraint.KeySets.Where(s => !s.Keys.IsEmpty))
            {
                KeySet(set);
            }

            // The schema allows two: one of what is in, one of what is out.
            foreach (CubeRegion region in constraint.Regions.Take(2))
            {
                Region(region, constraint);
            }

            if (constraint.Regions.Length > 2)
            {
                NotCarried($"{constraint.Regions.Length - 2} further cube regions of {constraint.Reference}");
            }
        }

        End();
    }

    /// <summary>True for what 3.1 writes as an availability constraint: what there is, as against what is allowed.</summary>
    private bool IsAvailability(DataConstraint constraint) => Is31 && constraint.Role == ConstraintRole.Actual;

    /// <summary>Writes what there is. It has no identity in 3.1, one attachment and one region; counts come from annotations.</summary>
    private void AvailabilityConstraint(DataConstraint constraint)
    {
        DataConstraint carried = constraint with { Attachments = [.. constraint.Attachments.Where(a => ConstraintAttachment.Element(a) is not ("" or "DataProvider")).Take(1)] };
        NotCarried($"identity of {constraint.Reference}");
        if (constraint.Attachments.Length > carried.Attachments.Length || constraint.Regions.Length > 1 || !constraint.KeySets.IsEmpty || constraint.ReferencePeriodStart is not null)
        {
            NotCarried($"part of {constraint.Reference}");
        }

        Start("AvailabilityConstraint");
        Attribute("seriesCount", Metric(constraint, "series_count"));
        Attribute("obsCount", Metric(constraint, "obs_count"));
        Annotations([.. constraint.Annotations.Where(a => a.Type != "sdmx_metrics")]);
        Attachments(carried);
        Region(constraint.Regions.FirstOrDefault() ?? new CubeRegion(true, []), constraint);
        End();
    }

    private static string? Metric(DataConstraint constraint, string id)
        => constraint.Annotations.FirstOrDefault(a => a.Type == "sdmx_metrics" && a.Id == id)?.Title is { } title
            && int.TryParse(title, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int count) ? XmlText.Of(count) : null;

    private void Attachments(DataConstraint constraint)
    {
        if (constraint.Attachments.IsEmpty)
        {
            return;
        }

        ImmutableArray<StructureReference> attached = ConstraintAttachment.Carried(constraint, out int left);
        if (left > 0)
        {
            NotCarried($"{left} further attachments of {constraint.Reference}");
        }

        if (attached.IsEmpty)
        {
            return;
        }

        Start("ConstraintAttachment");
        foreach (StructureReference reference in attached)
        {
            Reference(ConstraintAttachment.Element(reference), reference);
        }

        End();
    }

    private void KeySet(DataKeySet set)
    {
        Start("DataKeySet");
        Xml.WriteAttributeString("isIncluded", set.IsIncluded ? "true" : "false");
        foreach (ImmutableDictionary<string, string> key in set.Keys)
        {
            Start("Key");
            foreach ((string component, string value) in key.OrderBy(k => k.Key, StringComparer.Ordinal))
            {
                Start("KeyValue");
                Attribute("id", component);
                Element("Value", value);
                End();
            }

            End();
        }

        End();
    }

    private void Region(CubeRegion region, DataConstraint constraint)
    {
        Start("CubeRegion");
        Flag("include", region.IsIncluded, fallback: true);
        foreach (MemberSelection selection in region.Selections.OrderBy(s => s.IsAttribute))
        {
            bool range = selection.StartPeriod is not null || selection.EndPeriod is not null;
            if (!selection.IsAttribute && !range && selection.Values.IsEmpty)
            {
                NotCarried($"empty selection of {selection.ComponentId} in {constraint.Reference}");
                continue;
            }

            Start(selection.IsAttribute ? "Component" : "KeyValue");
            Attribute("id", selection.ComponentId);
            Flag("include", selection.IsIncluded, fallback: true);
            Flag("removePrefix", selection.RemovePrefix);
            if (range)
            {
                TimeRangeXml.Write(Xml, Namespaces.Structure, selection);
            }

            foreach (MemberValue value in range ? [] : selection.Values)
            {
                Value("Value", value);
            }

            End();
        }

        End();
    }

    private void StructureMap(StructureMap map)
    {
        bool content = Begin(map);
        Names(map);
        if (content)
        {
            Reference("Source", map.Source);
            Reference("Target", map.Target);
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
                Start("ComponentMap");
                Elements("Source", component.Sources);
                Elements("Target", component.Targets);
                Reference("RepresentationMap", component.RepresentationMap);
                End();
            }

            foreach (FixedValueMap value in map.FixedValues)
            {
                Start("FixedValueMap");
                Element(value.IsTarget ? "Target" : "Source", value.ComponentId);
                Elements("Value", value.Values);
                End();
            }
        }

        End();
    }

    private void TimeMap(TimePatternMap time, FrequencyFormatIds formats, StructureMap map)
    {
        bool epoch = time.SourcePattern is null;
        Start(epoch ? "EpochMap" : "DatePatternMap");
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
                NotCarried($"formats by frequency beside a fixed frequency in {map.Reference}");
            }
        }

        End();
    }

    private void RepresentationMap(RepresentationMap map)
    {
        bool content = Begin(map);
        Names(map);
        if (content)
        {
            Sides("Source", map.Sources);
            Sides("Target", map.Targets);
            foreach (RepresentationMapping row in map.Mappings)
            {
                Start("RepresentationMapping");
                Attribute("validFrom", row.ValidFrom);
                Attribute("validTo", row.ValidTo);
                foreach (MappedValue value in row.Sources)
                {
                    Start("SourceValue");
                    Flag("isRegEx", value.IsRegEx);
                    Attribute("startIndex", XmlText.Of(value.StartIndex));
                    Attribute("endIndex", XmlText.Of(value.EndIndex));
                    Xml.WriteString(XmlText.Clean(value.Value));
                    End();
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
