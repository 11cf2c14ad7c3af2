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
            KeySet("DataKeySet", set, constraint.Reference);
        }

        foreach (DataKeySet set in constraint.MetadataKeySets)
        {
            KeySet("MetadataKeySet", set, constraint.Reference);
        }

        if (attachment)
        {
            NotCarried("DataConstraint.Regions", data?.Regions ?? [], constraint.Reference);
            return;
        }

        foreach (CubeRegion region in data?.Regions ?? [])
        {
            Region(region, constraint.Reference);
        }

        foreach (MetadataTargetRegion region in (constraint as MetadataConstraint)?.Regions ?? [])
        {
            TargetRegion(region, constraint.Reference);
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
        SetContent(set);
        End();
    }

    /// <summary>Writes what stands inside a reference to a data or metadata set.</summary>
    internal void SetContent(SetReference set)
    {
        StartCommon("DataProvider");
        Ref(set.Provider);
        End();
        Xml.WriteElementString("ID", CommonUri, XmlText.Clean(set.Id));
    }

    /// <inheritdoc/>
    protected internal override void KeySet(DataKeySet set, object owner) => KeySet("DataKeySet", set, owner);

    /// <summary>Writes a set of keys of reports.</summary>
    internal void MetadataKeySet(DataKeySet set, object owner) => KeySet("MetadataKeySet", set, owner);

    private void KeySet(string element, DataKeySet set, object owner)
    {
        bool metadata = element == "MetadataKeySet";
        DataKey[] keys = [.. set.Keys.Where(k => k.Selections.Any(s => !s.IsAttribute))];
        if (keys.Length == 0)
        {
            NotCarried(metadata ? "Constraint.MetadataKeySets" : "DataConstraint.KeySets", owner);
            return;
        }

        if (keys.Length < set.Keys.Length)
        {
            NotCarried("DataKeySet.Keys", owner);
        }

        StartRegion(element);
        Attribute("isIncluded", set.IsIncluded ? "true" : "false");
        foreach (DataKey key in keys)
        {
            Start("Key");
            Key(key, owner, metadata);
            End();
        }

        End();
    }

    /// <summary>Writes the content of a key.</summary>
    internal void Key(DataKey key, object owner, bool metadata)
    {
        if (metadata)
        {
            Attribute("report", key.Report ?? "");
            Attribute("metadataTarget", key.MetadataTarget ?? "");
        }

        ValidityLosses("DataKey", key.ValidFrom, key.ValidTo, owner);
        NotCarried("DataKey.Annotations", key.Annotations, owner);
        foreach (MemberSelection selection in key.Selections)
        {
            if (selection.IsAttribute)
            {
                NotCarried("DataKey.Selections", owner);
                continue;
            }

            Losses(selection, owner);
            NotCarried("MemberSelection.Values", selection.Values.IsEmpty ? [] : selection.Values[1..], owner);
            StartCommon("KeyValue");
            Attribute("id", selection.ComponentId);
            SelectionContent(selection with { Values = [.. selection.Values.Take(1)] }, owner);
            End();
        }
    }

    /// <inheritdoc/>
    protected internal override void Region(CubeRegion region, object owner)
    {
        NotCarried("CubeRegion.Annotations", region.Annotations, owner);
        StartRegion("CubeRegion");
        Flag("include", region.IsIncluded, fallback: true);
        Selections(region.Selections, owner);
        End();
    }

    /// <inheritdoc/>
    protected internal override void TargetRegion(MetadataTargetRegion region, object owner)
    {
        if (region.Report is null || region.MetadataTarget is null)
        {
            NotCarried("MetadataConstraint.Regions", owner);
            return;
        }

        ValidityLosses("MetadataTargetRegion", region.ValidFrom, region.ValidTo, owner);
        StartRegion("MetadataTargetRegion");
        Flag("include", region.IsIncluded, fallback: true);
        Attribute("report", region.Report);
        Attribute("metadataTarget", region.MetadataTarget);
        Selections(region.Selections, owner);
        End();
    }

    private void Selections(ImmutableArray<MemberSelection> selections, object owner)
    {
        foreach (MemberSelection selection in selections.OrderBy(s => s.IsAttribute))
        {
            bool range = selection.StartPeriod is not null || selection.EndPeriod is not null;
            if (!selection.IsAttribute && !range && selection is { Values.IsEmpty: true, Objects.IsEmpty: true, DataSets.IsEmpty: true, DataKeys.IsEmpty: true })
            {
                NotCarried("CubeRegion.Selections", owner);
                continue;
            }

            Losses(selection, owner);
            StartCommon(selection.IsAttribute ? "Attribute" : "KeyValue");
            Attribute("id", selection.ComponentId);
            Flag("include", selection.IsIncluded, fallback: true);
            SelectionContent(selection, owner);
            End();
        }
    }

    private void SelectionContent(MemberSelection selection, object owner)
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
            Key(key, owner, metadata: false);
            End();
        }

        foreach (StructureReference reference in selection.Objects)
        {
            StartCommon("Object");
            Ref(reference);
            End();
        }
    }

    private void Losses(MemberSelection selection, object owner)
    {
        ValidityLosses("MemberSelection", selection.ValidFrom, selection.ValidTo, owner);
        if (selection.RemovePrefix)
        {
            NotCarried("MemberSelection.RemovePrefix", owner);
        }

        if (selection.RangeValidFrom is not null)
        {
            NotCarried("MemberSelection.RangeValidFrom", owner);
        }

        if (selection.RangeValidTo is not null)
        {
            NotCarried("MemberSelection.RangeValidTo", owner);
        }

        foreach (MemberValue value in selection.Values)
        {
            ValidityLosses("MemberValue", value.ValidFrom, value.ValidTo, owner);
            if (value.Language is not null)
            {
                NotCarried("MemberValue.Language", owner);
            }

            if (value.Cascade == CascadeValues.ExcludeRoot)
            {
                NotCarried("MemberValue.Cascade", owner);
            }
        }
    }

    private void ValidityLosses(string type, string? from, string? to, object owner)
    {
        if (from is not null)
        {
            NotCarried($"{type}.ValidFrom", owner);
        }

        if (to is not null)
        {
            NotCarried($"{type}.ValidTo", owner);
        }
    }

    private void StartCommon(string name) => Xml.WriteStartElement(name, CommonUri);
}
