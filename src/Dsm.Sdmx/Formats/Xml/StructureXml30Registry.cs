using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Constraints.</summary>
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
        Attribute("seriesCount", constraint.SeriesCount?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Attribute("obsCount", constraint.ObservationCount?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Annotations([.. constraint.Annotations.Where(a => a.Type != "sdmx_metrics")]);
        Attachments(carried);
        Region(constraint.Regions.FirstOrDefault() ?? new CubeRegion(true, []), constraint);
        End();
    }

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
        foreach (DataKey key in set.Keys)
        {
            Start("Key");
            foreach ((string component, string value) in key.Selections.Select(s => (s.ComponentId, s.Values[0].Value)))
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
}
