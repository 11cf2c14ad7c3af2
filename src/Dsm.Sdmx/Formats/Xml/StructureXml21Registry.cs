using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Constraints, which 2.1 writes with names of its common namespace.</summary>
internal sealed partial class StructureXml21
{
    private static readonly string CommonUri = SdmxNamespaces.V21.Common;

    private void ContentConstraint(DataConstraint constraint)
    {
        bool content = Begin("ContentConstraint", constraint);
        Attribute("type", constraint.Role.ToString());
        Names(constraint);
        if (content)
        {
            Attachments(constraint);
            foreach (DataKeySet set in constraint.KeySets.Where(s => !s.Keys.IsEmpty))
            {
                KeySet(set, constraint);
            }

            foreach (CubeRegion region in constraint.Regions)
            {
                Region(region, constraint);
            }

            if (constraint.ReleaseCalendar is { } calendar)
            {
                Start("ReleaseCalendar");
                Element("Periodicity", calendar.Periodicity);
                Element("Offset", calendar.Offset);
                Element("Tolerance", calendar.Tolerance);
                End();
            }

            if (constraint.ReferencePeriodStart is { } start && constraint.ReferencePeriodEnd is { } end)
            {
                Start("ReferencePeriod");
                Attribute("startTime", start);
                Attribute("endTime", end);
                End();
            }
            else if (constraint.ReferencePeriodStart is not null || constraint.ReferencePeriodEnd is not null)
            {
                NotCarried($"open ReferencePeriod of {constraint.Reference}");
            }
        }

        End();
    }

    private void Attachments(DataConstraint constraint)
    {
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

    private void KeySet(DataKeySet set, DataConstraint constraint)
    {
        if (set.Keys.Any(k => k.Selections.IsEmpty))
        {
            NotCarried($"key without values in {constraint.Reference}");
        }

        DataKey[] keys = [.. set.Keys.Where(k => !k.Selections.IsEmpty)];
        if (keys.Length == 0)
        {
            return;
        }

        Start("DataKeySet");
        Attribute("isIncluded", set.IsIncluded ? "true" : "false");
        foreach (DataKey key in keys)
        {
            Start("Key");
            foreach ((string component, string value) in key.Selections.Select(s => (s.ComponentId, s.Values[0].Value)))
            {
                StartCommon("KeyValue");
                Attribute("id", component);
                Xml.WriteElementString("Value", CommonUri, XmlText.Clean(value));
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

            if (selection.RemovePrefix || selection.Values.Any(v => v.Cascade == CascadeValues.ExcludeRoot))
            {
                NotCarried($"removePrefix or excluderoot of {selection.ComponentId} in {constraint.Reference}");
            }

            StartCommon(selection.IsAttribute ? "Attribute" : "KeyValue");
            Attribute("id", selection.ComponentId);
            Flag("include", selection.IsIncluded, fallback: true);
            if (range)
            {
                TimeRangeXml.Write(Xml, CommonUri, selection);
            }

            foreach (MemberValue value in range ? [] : selection.Values)
            {
                StartCommon("Value");
                Flag("cascadeValues", value.Cascade != CascadeValues.None);
                Xml.WriteString(XmlText.Clean(value.Value));
                End();
            }

            End();
        }

        End();
    }

    private void StartCommon(string name) => Xml.WriteStartElement(name, CommonUri);
}
