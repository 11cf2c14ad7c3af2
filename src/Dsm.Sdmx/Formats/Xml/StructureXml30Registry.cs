using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Constraints.</summary>
internal sealed partial class StructureXml30
{
    private void DataConstraint(DataConstraint constraint)
    {
        bool content = BeginConstraint(constraint);
        Names(AvailabilityCounts.ToAnnotations(constraint));
        if (content)
        {
            Head(constraint);
            foreach (DataKeySet set in constraint.KeySets)
            {
                KeySet(set, constraint.Reference);
            }

            // The schema allows two: one of what is in, one of what is out.
            CubeRegion[] regions = [.. constraint.Regions.DistinctBy(r => r.IsIncluded)];
            foreach (CubeRegion region in regions)
            {
                Region(region, constraint.Reference);
            }

            if (regions.Length < constraint.Regions.Length)
            {
                NotCarried("DataConstraint.Regions", constraint.Reference);
            }
        }

        End();
    }

    private void MetadataConstraint(MetadataConstraint constraint)
    {
        bool content = BeginConstraint(constraint);
        Names(constraint);
        if (content)
        {
            Head(constraint);
            MetadataTargetRegion[] regions = [.. constraint.Regions.DistinctBy(r => r.IsIncluded)];
            foreach (MetadataTargetRegion region in regions)
            {
                TargetRegion(region, constraint.Reference);
            }

            if (regions.Length < constraint.Regions.Length)
            {
                NotCarried("MetadataConstraint.Regions", constraint.Reference);
            }
        }

        End();
    }

    private bool BeginConstraint(Constraint constraint)
    {
        bool content = Begin(constraint);
        bool fixedRole = Is31 || constraint is MetadataConstraint;
        if (fixedRole && constraint.Role != ConstraintRole.Allowed)
        {
            NotCarried("Constraint.Role", constraint.Reference);
        }

        if (!Is31)
        {
            Attribute("role", (fixedRole ? ConstraintRole.Allowed : constraint.Role).ToString());
        }

        return content;
    }

    /// <summary>Attachments and release calendar, and what 3.x has no place for.</summary>
    private void Head(Constraint constraint)
    {
        Attachments(ConstraintAttachment.Of(constraint, version3: true, sources: !Is31), constraint);
        if (Is31 && constraint.ReleaseCalendar is not null)
        {
            NotCarried("Constraint.ReleaseCalendar", constraint.Reference);
        }
        else
        {
            Calendar(constraint.ReleaseCalendar);
        }

        PeriodLosses(constraint);
        NotCarried("Constraint.MetadataKeySets", constraint.MetadataKeySets, constraint.Reference);
    }

    private void PeriodLosses(Constraint constraint)
    {
        if (constraint.ReferencePeriodStart is not null)
        {
            NotCarried("Constraint.ReferencePeriodStart", constraint.Reference);
        }

        if (constraint.ReferencePeriodEnd is not null)
        {
            NotCarried("Constraint.ReferencePeriodEnd", constraint.Reference);
        }
    }

    /// <summary>True for what 3.1 writes as an availability constraint: what there is, as against what is allowed.</summary>
    private bool IsAvailability(DataConstraint constraint) => Is31 && constraint.Role == ConstraintRole.Actual;

    /// <summary>True when an availability constraint says of what; otherwise it cannot be carried.</summary>
    private bool IsAttached(DataConstraint constraint)
    {
        bool isAttached = AttachmentOf(constraint) is not null;
        if (!isAttached)
        {
            NotCarried("DataConstraint", constraint.Reference);
        }

        return isAttached;
    }

    private static StructureReference? AttachmentOf(DataConstraint constraint)
        => constraint.Attachments.FirstOrDefault(a => ConstraintAttachment.Element(a) is "DataStructure" or "Dataflow" or "ProvisionAgreement");

    /// <summary>Writes what there is. It has no identity in 3.1, one attachment and one region.</summary>
    private void AvailabilityConstraint(DataConstraint constraint)
    {
        StructureReference attachment = AttachmentOf(constraint)!;
        AvailabilityLosses(constraint, attachment);
        Start("AvailabilityConstraint");
        Attribute("seriesCount", Count(constraint.SeriesCount, "DataConstraint.SeriesCount", constraint));
        Attribute("obsCount", Count(constraint.ObservationCount, "DataConstraint.ObservationCount", constraint));
        Annotations(constraint.Annotations);
        ConstraintAttachment one = new([attachment], [], [], [], []);
        Attachments(one, constraint);
        Region(constraint.Regions.FirstOrDefault() ?? new CubeRegion(true, []), constraint.Reference);
        End();
    }

    private void AvailabilityLosses(DataConstraint constraint, StructureReference attachment)
    {
        if (constraint.Id != Model.DataConstraint.AvailabilityId(attachment) || constraint.AgencyId != attachment.AgencyId
            || constraint.Version.ToString() != attachment.Version)
        {
            NotCarried("DataConstraint.Identity", constraint.Reference);
        }

        if (!constraint.Name.IsEmpty || !constraint.Description.IsEmpty || !constraint.Links.IsEmpty || constraint.Uri is not null
            || constraint.ValidFrom is not null || constraint.ValidTo is not null)
        {
            NotCarried("DataConstraint.Names", constraint.Reference);
        }

        PeriodLosses(constraint);
        NotCarried("DataConstraint.KeySets", constraint.KeySets, constraint.Reference);
        NotCarried("DataConstraint.Regions", constraint.Regions.IsEmpty ? [] : constraint.Regions[1..], constraint.Reference);
        NotCarried("Constraint.MetadataKeySets", constraint.MetadataKeySets, constraint.Reference);
        if (constraint.ReleaseCalendar is not null)
        {
            NotCarried("Constraint.ReleaseCalendar", constraint.Reference);
        }
    }

    private string? Count(long? count, string property, DataConstraint constraint)
    {
        // The schema says xs:int.
        if (count is > int.MaxValue)
        {
            NotCarried(property, constraint.Reference);
            return null;
        }

        return count?.ToString(CultureInfo.InvariantCulture);
    }

    private void Attachments(ConstraintAttachment attached, Constraint constraint)
    {
        AttachmentLosses(attached, constraint);
        if (attached.IsEmpty)
        {
            return;
        }

        Start("ConstraintAttachment");
        foreach (StructureReference reference in attached.Artefacts)
        {
            Reference(ConstraintAttachment.Element(reference), reference);
        }

        Sources(attached);
        End();
    }

    /// <inheritdoc/>
    protected internal override void KeySet(DataKeySet set, object owner)
    {
        if (set.Keys.IsEmpty)
        {
            NotCarried("DataConstraint.KeySets", owner);
            return;
        }

        StartRegion("DataKeySet");
        Attribute("isIncluded", set.IsIncluded ? "true" : "false");
        foreach (DataKey key in set.Keys)
        {
            Start("Key");
            Attribute("validFrom", key.ValidFrom);
            Attribute("validTo", key.ValidTo);
            Annotations(key.Annotations);
            foreach (MemberSelection selection in key.Selections.OrderBy(s => s.IsAttribute))
            {
                KeyValue(selection, owner);
            }

            End();
        }

        End();
    }

    /// <summary>Writes a value of a key: in dimensions one (from 3.1 on several) without further conditions.</summary>
    private void KeyValue(MemberSelection selection, object owner)
    {
        if (!selection.IsAttribute && !Is31)
        {
            NotCarried("MemberSelection.Values", selection.Values.IsEmpty ? [] : selection.Values[1..], owner);
            selection = selection with { Values = [.. selection.Values.Take(1)] };
        }

        Selection(selection);
    }
}
