using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Constraints, which 2.1 writes with names of its common namespace.</summary>
internal sealed partial class StructureXml21
{
    private static readonly string CommonUri = SdmxNamespaces.V21.Common;

    /// <summary>True when a reader of 2.1 tells a constraint from one on data: by its regions, keys or attachments.</summary>
    private static bool IsOfMetadata(MetadataConstraint constraint)
        => !constraint.MetadataKeySets.IsEmpty || !constraint.MetadataSets.IsEmpty || constraint.Regions.Any(r => r.Report is not null && r.MetadataTarget is not null)
            || constraint.Attachments.Any(a => a.Type == StructureType.MetadataStructure || a.Type == StructureType.Metadataflow);

    private void Constraint(Constraint constraint)
    {
        bool attachment = constraint.Role == ConstraintRole.Attachment;
        bool content = Begin(attachment ? "AttachmentConstraint" : "ContentConstraint", constraint);
        if (!attachment)
        {
            Attribute("type", constraint.Role.ToString());
        }

        Names(constraint is DataConstraint data ? AvailabilityCounts.ToAnnotations(data) : constraint);
        if (content)
        {
            Attachments(constraint);
            Content(constraint, attachment);
        }

        End();
    }

    private void Content(Constraint constraint, bool attachment)
    {
        DataConstraint? data = constraint as DataConstraint;
        foreach (DataKeySet set in data?.KeySets ?? [])
        {
            KeySet("DataKeySet", set, constraint);
        }

        foreach (DataKeySet set in constraint.MetadataKeySets)
        {
            KeySet("MetadataKeySet", set, constraint);
        }

        if (attachment)
        {
            NotCarried("DataConstraint.Regions", data?.Regions ?? [], constraint.Reference);
            return;
        }

        foreach (CubeRegion region in data?.Regions ?? [])
        {
            Region(region, constraint);
        }

        foreach (MetadataTargetRegion region in (constraint as MetadataConstraint)?.Regions ?? [])
        {
            TargetRegion(region, constraint);
        }

        Calendar(constraint.ReleaseCalendar);
        Period(constraint);
    }

    private void Period(Constraint constraint)
    {
        if (constraint.ReferencePeriodStart is { } start && constraint.ReferencePeriodEnd is { } end)
        {
            Start("ReferencePeriod");
            Attribute("startTime", start);
            Attribute("endTime", end);
            End();
        }
        else if (constraint.ReferencePeriodStart is not null || constraint.ReferencePeriodEnd is not null)
        {
            NotCarried(constraint.ReferencePeriodStart is null ? "Constraint.ReferencePeriodEnd" : "Constraint.ReferencePeriodStart", constraint.Reference);
        }
    }

    private void Attachments(Constraint constraint)
    {
        ConstraintAttachment attached = ConstraintAttachment.Of(constraint, version3: false);
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

        foreach (SetReference set in attached.DataSets)
        {
            Set("DataSet", set, structure: true);
        }

        foreach (SetReference set in attached.MetadataSets)
        {
            Set("MetadataSet", set, structure: true);
        }

        Sources(attached);
        End();
    }

    /// <summary>Writes a reference to a data or metadata set; its element is of the structure or of the common namespace, its content of the latter.</summary>
    private void Set(string element, SetReference set, bool structure)
    {
        Xml.WriteStartElement(element, structure ? Namespaces.Structure : CommonUri);
        StartCommon("DataProvider");
        Ref(set.Provider);
        End();
        Xml.WriteElementString("ID", CommonUri, XmlText.Clean(set.Id));
        End();
    }

    private void KeySet(string element, DataKeySet set, Constraint constraint)
    {
        bool metadata = element == "MetadataKeySet";
        DataKey[] keys = [.. set.Keys.Where(k => k.Selections.Any(s => !s.IsAttribute))];
        if (keys.Length == 0)
        {
            NotCarried(metadata ? "Constraint.MetadataKeySets" : "DataConstraint.KeySets", constraint.Reference);
            return;
        }

        if (keys.Length < set.Keys.Length)
        {
            NotCarried("DataKeySet.Keys", constraint.Reference);
        }

        Start(element);
        Attribute("isIncluded", set.IsIncluded ? "true" : "false");
        foreach (DataKey key in keys)
        {
            Start("Key");
            Key(key, constraint, metadata);
            End();
        }

        End();
    }

    private void Key(DataKey key, Constraint constraint, bool metadata)
    {
        if (metadata)
        {
            Attribute("report", key.Report ?? "");
            Attribute("metadataTarget", key.MetadataTarget ?? "");
        }

        ValidityLosses("DataKey", key.ValidFrom, key.ValidTo, constraint);
        NotCarried("DataKey.Annotations", key.Annotations, constraint.Reference);
        foreach (MemberSelection selection in key.Selections)
        {
            if (selection.IsAttribute)
            {
                NotCarried("DataKey.Selections", constraint.Reference);
                continue;
            }

            Losses(selection, constraint);
            NotCarried("MemberSelection.Values", selection.Values.IsEmpty ? [] : selection.Values[1..], constraint.Reference);
            StartCommon("KeyValue");
            Attribute("id", selection.ComponentId);
            SelectionContent(selection with { Values = [.. selection.Values.Take(1)] }, constraint);
            End();
        }
    }

    private void Region(CubeRegion region, Constraint constraint)
    {
        NotCarried("CubeRegion.Annotations", region.Annotations, constraint.Reference);
        Start("CubeRegion");
        Flag("include", region.IsIncluded, fallback: true);
        Selections(region.Selections, constraint);
        End();
    }

    private void TargetRegion(MetadataTargetRegion region, Constraint constraint)
    {
        if (region.Report is null || region.MetadataTarget is null)
        {
            NotCarried("MetadataConstraint.Regions", constraint.Reference);
            return;
        }

        ValidityLosses("MetadataTargetRegion", region.ValidFrom, region.ValidTo, constraint);
        Start("MetadataTargetRegion");
        Flag("include", region.IsIncluded, fallback: true);
        Attribute("report", region.Report);
        Attribute("metadataTarget", region.MetadataTarget);
        Selections(region.Selections, constraint);
        End();
    }

    private void Selections(ImmutableArray<MemberSelection> selections, Constraint constraint)
    {
        foreach (MemberSelection selection in selections.OrderBy(s => s.IsAttribute))
        {
            bool range = selection.StartPeriod is not null || selection.EndPeriod is not null;
            if (!selection.IsAttribute && !range && selection is { Values.IsEmpty: true, Objects.IsEmpty: true, DataSets.IsEmpty: true, DataKeys.IsEmpty: true })
            {
                NotCarried("CubeRegion.Selections", constraint.Reference);
                continue;
            }

            Losses(selection, constraint);
            StartCommon(selection.IsAttribute ? "Attribute" : "KeyValue");
            Attribute("id", selection.ComponentId);
            Flag("include", selection.IsIncluded, fallback: true);
            SelectionContent(selection, constraint);
            End();
        }
    }

    private void SelectionContent(MemberSelection selection, Constraint constraint)
    {
        if (selection.StartPeriod is not null || selection.EndPeriod is not null)
        {
            TimeRangeXml.Write(Xml, CommonUri, selection);
            return;
        }

        foreach (MemberValue value in selection.Values)
        {
            StartCommon("Value");
            Flag("cascadeValues", value.Cascade != CascadeValues.None);
            Xml.WriteString(XmlText.Clean(value.Value));
            End();
        }

        foreach (SetReference set in selection.DataSets)
        {
            Set("DataSet", set, structure: false);
        }

        foreach (DataKey key in selection.DataKeys)
        {
            StartCommon("DataKey");
            Key(key, constraint, metadata: false);
            End();
        }

        foreach (StructureReference reference in selection.Objects)
        {
            StartCommon("Object");
            Ref(reference);
            End();
        }
    }

    private void Losses(MemberSelection selection, Constraint constraint)
    {
        ValidityLosses("MemberSelection", selection.ValidFrom, selection.ValidTo, constraint);
        if (selection.RemovePrefix)
        {
            NotCarried("MemberSelection.RemovePrefix", constraint.Reference);
        }

        if (selection.RangeValidFrom is not null)
        {
            NotCarried("MemberSelection.RangeValidFrom", constraint.Reference);
        }

        if (selection.RangeValidTo is not null)
        {
            NotCarried("MemberSelection.RangeValidTo", constraint.Reference);
        }

        foreach (MemberValue value in selection.Values)
        {
            ValidityLosses("MemberValue", value.ValidFrom, value.ValidTo, constraint);
            if (value.Language is not null)
            {
                NotCarried("MemberValue.Language", constraint.Reference);
            }

            if (value.Cascade == CascadeValues.ExcludeRoot)
            {
                NotCarried("MemberValue.Cascade", constraint.Reference);
            }
        }
    }

    private void ValidityLosses(string type, string? from, string? to, Constraint constraint)
    {
        if (from is not null)
        {
            NotCarried($"{type}.ValidFrom", constraint.Reference);
        }

        if (to is not null)
        {
            NotCarried($"{type}.ValidTo", constraint.Reference);
        }
    }

    private void StartCommon(string name) => Xml.WriteStartElement(name, CommonUri);
}
