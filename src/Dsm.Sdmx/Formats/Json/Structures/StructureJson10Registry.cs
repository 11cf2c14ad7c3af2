using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Constraints.</summary>
internal sealed partial class StructureJson10
{
    private static bool HasDimensions(DataKey key) => key.Selections.Any(s => !s.IsAttribute);

    private void Constraint(DataConstraint constraint)
    {
        constraint = AvailabilityCounts.ToAnnotations(constraint);
        bool content = Begin(constraint);
        bool attachment = constraint.Role == ConstraintRole.Attachment;
        if (!attachment)
        {
            Json.WriteString("type", constraint.Role.ToString());
        }

        if (!content)
        {
            return;
        }

        Attachments(constraint);
        foreach (DataKeySet empty in constraint.KeySets.Where(s => !s.Keys.Any(HasDimensions)))
        {
            NotCarried("DataConstraint.KeySets", constraint.Reference);
        }

        NotCarried("Constraint.MetadataKeySets", constraint.MetadataKeySets, constraint.Reference);
        Array("dataKeySets", constraint.KeySets.Where(s => s.Keys.Any(HasDimensions)), set =>
        {
            Json.WriteBoolean("isIncluded", set.IsIncluded);
            foreach (DataKey key in set.Keys)
            {
                NotCarried("DataKeySet.Keys", key.Selections.Any(s => !s.IsAttribute) ? null : "", constraint.Reference);
                NotCarried("DataKey.Selections", key.Selections.Any(s => s.IsAttribute) ? "" : null, constraint.Reference);
                NotCarried("DataKey.Annotations", key.Annotations, constraint.Reference);
                NotCarried("DataKey.ValidFrom", key.ValidFrom, constraint.Reference);
                NotCarried("DataKey.ValidTo", key.ValidTo, constraint.Reference);
                foreach (MemberSelection selection in key.Selections)
                {
                    NotCarried("MemberSelection.Values", selection.Values.Length > 1 ? "" : null, constraint.Reference);
                    NotCarried("MemberSelection.RemovePrefix", selection.RemovePrefix ? "" : null, constraint.Reference);
                    NotCarried("MemberSelection.IsIncluded", selection.IsIncluded ? null : "", constraint.Reference);
                }
            }

            Array("keys", set.Keys.Where(HasDimensions), key => Array("keyValues", key.Selections.Where(s => !s.IsAttribute), value =>
            {
                Json.WriteString("id", value.ComponentId);
                Json.WriteString("value", value.Values.FirstOrDefault().Value ?? "");
            }));
        });
        if (attachment)
        {
            NotCarried("DataConstraint.Regions", constraint.Regions, constraint.Reference);
            NotCarried("Constraint.ReferencePeriodStart", constraint.ReferencePeriodStart, constraint.Reference);
            NotCarried("Constraint.ReferencePeriodEnd", constraint.ReferencePeriodEnd, constraint.Reference);
            NotCarried("Constraint.ReleaseCalendar", constraint.ReleaseCalendar?.Periodicity, constraint.Reference);
            return;
        }

        Array("cubeRegions", constraint.Regions, region =>
        {
            NotCarried("CubeRegion.Annotations", region.Annotations, constraint.Reference);
            Json.WriteBoolean("isIncluded", region.IsIncluded);
            Array("keyValues", region.Selections.Where(s => !s.IsAttribute), s => Selection(s, constraint));
            Array("attributes", region.Selections.Where(s => s.IsAttribute), s => Selection(s, constraint));
        });
        if (constraint is { ReferencePeriodStart: { } start, ReferencePeriodEnd: { } end })
        {
            Object("referencePeriod", () =>
            {
                Json.WriteString("startTime", start);
                Json.WriteString("endTime", end);
            });
        }
        else
        {
            NotCarried("Constraint.ReferencePeriodStart", constraint.ReferencePeriodStart, constraint.Reference);
            NotCarried("Constraint.ReferencePeriodEnd", constraint.ReferencePeriodEnd, constraint.Reference);
        }

        if (constraint.ReleaseCalendar is { } calendar)
        {
            Object("releaseCalendar", () =>
            {
                Json.WriteString("periodicity", calendar.Periodicity);
                Json.WriteString("offset", calendar.Offset);
                Json.WriteString("tolerance", calendar.Tolerance);
            });
        }
    }

    private static readonly (StructureType Type, string Member)[] Kinds =
    [
        (StructureType.DataStructure, "dataStructures"),
        (StructureType.Dataflow, "dataflows"),
        (StructureType.MetadataStructure, "metadataStructures"),
        (StructureType.Metadataflow, "metadataflows"),
        (StructureType.ProvisionAgreement, "provisionAgreements"),
    ];

    private void Attachments(DataConstraint constraint)
    {
        bool attachment = constraint.Role == ConstraintRole.Attachment;
        StructureReference? provider = constraint.Attachments.FirstOrDefault(a => a.Type == StructureType.DataProviderScheme);
        StructureReference[] carried =
        [
            .. provider is null ? System.Array.Empty<StructureReference>() : [provider],
            .. Kinds.SelectMany(k => constraint.Attachments.Where(a => a.Type == k.Type)),
        ];
        NotCarried("Constraint.Attachments", carried.SequenceEqual(constraint.Attachments) ? null : "", constraint.Reference);
        NotCarried("Constraint.DataSets", constraint.DataSets, constraint.Reference);
        NotCarried("Constraint.MetadataSets", constraint.MetadataSets, constraint.Reference);
        NotCarried("Constraint.SimpleDataSources", !attachment && constraint.SimpleDataSources.Length > 1 ? "" : null, constraint.Reference);
        NotCarried("Constraint.QueryableDataSources", attachment ? constraint.QueryableDataSources : [], constraint.Reference);
        if (carried.Length == 0 && constraint.SimpleDataSources.IsEmpty && constraint.QueryableDataSources.IsEmpty)
        {
            return;
        }

        Object("constraintAttachment", () =>
        {
            Reference("dataProvider", provider);
            foreach ((StructureType type, string member) in Kinds)
            {
                References(member, constraint.Attachments.Where(a => a.Type == type));
            }

            if (attachment)
            {
                Texts("simpleDataSources", constraint.SimpleDataSources);
            }
            else
            {
                Text("simpleDataSource", constraint.SimpleDataSources.FirstOrDefault());
                Array("queryableDataSources", constraint.QueryableDataSources, DataSource);
            }
        });
    }

    private void Selection(MemberSelection selection, DataConstraint constraint)
    {
        string owner = $"{constraint.Reference}.{selection.ComponentId}";
        NotCarried("MemberSelection.IsIncluded", selection.IsIncluded ? null : "", owner);
        NotCarried("MemberSelection.RemovePrefix", selection.RemovePrefix ? "" : null, owner);
        NotCarried("MemberSelection.ValidFrom", selection.ValidFrom, owner);
        NotCarried("MemberSelection.ValidTo", selection.ValidTo, owner);
        foreach (MemberValue value in selection.Values)
        {
            NotCarried("MemberValue.ValidFrom", value.ValidFrom, owner);
            NotCarried("MemberValue.ValidTo", value.ValidTo, owner);
            NotCarried("MemberValue.Language", value.Language, owner);
            NotCarried("MemberValue.Cascade", value.Cascade == CascadeValues.ExcludeRoot ? "" : null, owner);
        }

        // Values that take their descendants with them stand in a list of their own.
        bool[] cascades = [.. selection.Values.Select(v => v.Cascade != CascadeValues.None)];
        NotCarried("MemberSelection.Values", cascades.SequenceEqual(cascades.Order()) ? null : "", owner);
        Json.WriteString("id", selection.ComponentId);
        Texts("values", selection.Values.Where(v => v.Cascade == CascadeValues.None).Select(v => v.Value));
        Texts("cascadeValues", selection.Values.Where(v => v.Cascade != CascadeValues.None).Select(v => v.Value));
        if (selection.StartPeriod is not null || selection.EndPeriod is not null)
        {
            Object("timeRange", () => TimeRange(selection));
        }
    }
}
