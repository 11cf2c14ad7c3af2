using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Constraints.</summary>
internal sealed partial class StructureJson20
{
    private void DataConstraint(DataConstraint constraint)
    {
        constraint = AvailabilityCounts.ToAnnotations(constraint);
        bool content = Begin(constraint);
        if (!Is21)
        {
            Json.WriteString("role", constraint.Role.ToString());
        }

        if (!content)
        {
            return;
        }

        Attachments(constraint);
        Calendar(constraint.ReleaseCalendar, constraint);
        NotCarried("Constraint.ReferencePeriodStart", constraint.ReferencePeriodStart, constraint.Reference);
        NotCarried("Constraint.ReferencePeriodEnd", constraint.ReferencePeriodEnd, constraint.Reference);

        Array("dataKeySets", constraint.KeySets.Where(s => !s.Keys.IsEmpty), set =>
        {
            Json.WriteBoolean("isIncluded", set.IsIncluded);
            Array("keys", set.Keys, Key);
        });
        NotCarried("Constraint.MetadataKeySets", constraint.MetadataKeySets, constraint.Reference);
        if (constraint.KeySets.Any(s => s.Keys.IsEmpty))
        {
            NotCarried("DataConstraint.KeySets", constraint.Reference);
        }

        Array("cubeRegions", constraint.Regions.Take(2), region => Region(region, constraint));
        if (constraint.Regions.Length > 2)
        {
            NotCarried("DataConstraint.Regions", constraint.Reference);
        }
    }

    private void Key(DataKey key)
    {
        Annotations(key.Annotations);
        Text("validFrom", key.ValidFrom);
        Text("validTo", key.ValidTo);
        Array("keyValues", key.Selections.Where(s => !s.IsAttribute), value =>
        {
            Json.WriteString("id", value.ComponentId);
            if (!value.IsIncluded)
            {
                NotCarried("MemberSelection.IsIncluded", value.ComponentId);
            }

            Flag("removePrefix", value.RemovePrefix);
            if (value.Values.Length == 1)
            {
                Json.WriteString("value", value.Values[0].Value);
            }
            else if (Is21)
            {
                Texts("values", value.Values.Select(v => v.Value));
            }
            else
            {
                NotCarried("MemberSelection.Values", value.ComponentId);
                Json.WriteString("value", value.Values.FirstOrDefault().Value ?? "");
            }
        });
        Array("components", key.Selections.Where(s => s.IsAttribute), Selection);
    }

    /// <summary>True for what 2.1 writes as an availability constraint: what there is, as against what is allowed.</summary>
    private bool IsAvailability(DataConstraint constraint) => Is21 && constraint.Role == ConstraintRole.Actual;

    private static StructureReference? Attached(DataConstraint constraint)
        => constraint.Attachments.FirstOrDefault(a => Member(a) is "dataStructure" or "dataflow" or "provisionAgreement");

    private void AvailabilityConstraint(DataConstraint constraint)
    {
        StructureReference? attached = Attached(constraint);
        if (attached is null || constraint.Id != Model.DataConstraint.AvailabilityId(attached) || constraint.AgencyId != attached.AgencyId
            || constraint.Version.ToString() != attached.Version)
        {
            NotCarried("DataConstraint.Identity", constraint.Reference);
        }

        if (!constraint.Name.IsEmpty || !constraint.Description.IsEmpty || !constraint.Links.IsEmpty || constraint.Uri is not null
            || constraint.ValidFrom is not null || constraint.ValidTo is not null)
        {
            NotCarried("DataConstraint.Names", constraint.Reference);
        }

        if (constraint.Attachments.Length > (attached is null ? 0 : 1))
        {
            NotCarried("Constraint.Attachments", constraint.Reference);
        }

        if (constraint.Regions.Length > 1)
        {
            NotCarried("DataConstraint.Regions", constraint.Reference);
        }

        NotCarried("DataConstraint.KeySets", constraint.KeySets, constraint.Reference);
        Sources(constraint, 0, 0);
        NotCarried("Constraint.ReleaseCalendar", constraint.ReleaseCalendar?.Periodicity, constraint.Reference);
        NotCarried("Constraint.ReferencePeriodStart", constraint.ReferencePeriodStart, constraint.Reference);
        NotCarried("Constraint.ReferencePeriodEnd", constraint.ReferencePeriodEnd, constraint.Reference);
        NotCarried("Constraint.MetadataKeySets", constraint.MetadataKeySets, constraint.Reference);
        Annotations(constraint.Annotations);
        if (attached is not null)
        {
            Object("constraintAttachment", () => Reference(Member(attached)!, attached));
        }

        Number("seriesCount", constraint.SeriesCount);
        Number("obsCount", constraint.ObservationCount);
        Object("cubeRegion", () => Region(constraint.Regions.FirstOrDefault() ?? new CubeRegion(true, []), constraint));
    }

    private void MetadataConstraint(MetadataConstraint constraint)
    {
        bool content = Begin(constraint);
        if (!Is21)
        {
            Json.WriteString("role", "Allowed");
        }

        if (constraint.Role != ConstraintRole.Allowed)
        {
            NotCarried("Constraint.Role", constraint.Reference);
        }

        if (!content)
        {
            return;
        }

        Attachments(constraint);
        Calendar(constraint.ReleaseCalendar, constraint);
        NotCarried("Constraint.ReferencePeriodStart", constraint.ReferencePeriodStart, constraint.Reference);
        NotCarried("Constraint.ReferencePeriodEnd", constraint.ReferencePeriodEnd, constraint.Reference);
        NotCarried("Constraint.MetadataKeySets", constraint.MetadataKeySets, constraint.Reference);
        NotCarried("MetadataConstraint.Regions", constraint.Regions.Length > 2 ? "" : null, constraint.Reference);
        Array("metadataTargetRegions", constraint.Regions.Take(2), region =>
        {
            NotCarried("MetadataTargetRegion.Report", region.Report, constraint.Reference);
            NotCarried("MetadataTargetRegion.MetadataTarget", region.MetadataTarget, constraint.Reference);
            NotCarried("MetadataTargetRegion.Selections", region.Selections.All(s => s.IsAttribute) ? null : "", constraint.Reference);
            Json.WriteBoolean("include", region.IsIncluded);
            Text("validFrom", region.ValidFrom);
            Text("validTo", region.ValidTo);
            Array("components", region.Selections.Where(s => s.IsAttribute), Selection);
        });
    }

    private void Calendar(ReleaseCalendar? calendar, Maintainable constraint)
    {
        if (calendar is null)
        {
            return;
        }

        if (Is21)
        {
            NotCarried("Constraint.ReleaseCalendar", constraint.Reference);
            return;
        }

        Object("releaseCalendar", () =>
        {
            Json.WriteString("periodicity", calendar.Periodicity);
            Json.WriteString("offset", calendar.Offset);
            Json.WriteString("tolerance", calendar.Tolerance);
        });
    }

    /// <summary>Writes attachments of the first kind; the schemas admit one kind at a time, and one provider only.</summary>
    private void Attachments(Constraint constraint)
    {
        StructureReference[] attached = [.. constraint.Attachments.Where(a => Member(a) is not null)];
        (int queryable, int simple) = (0, 0);
        if (attached.Length > 0)
        {
            string member = Member(attached[0])!;
            bool provider = member is "dataProvider" or "metadataProvider";
            attached = [.. attached.Where(a => a.Type == attached[0].Type).Take(provider ? 1 : int.MaxValue)];
            queryable = provider || Is21 ? 0 : constraint.QueryableDataSources.Length;
            Object("constraintAttachment", () =>
            {
                if (provider)
                {
                    Reference(member, attached[0]);
                    return;
                }

                References(member + "s", attached);
                Array("queryableDataSources", constraint.QueryableDataSources.Take(queryable), DataSource);
            });
        }
        else if (!Is21 && !constraint.SimpleDataSources.IsEmpty)
        {
            simple = constraint.SimpleDataSources.Length;
            Object("constraintAttachment", () => Texts("simpleDataSources", constraint.SimpleDataSources));
        }

        if (attached.Length < constraint.Attachments.Length)
        {
            NotCarried("Constraint.Attachments", constraint.Reference);
        }

        Sources(constraint, queryable, simple);
    }

    /// <summary>Says which data sets and sources a constraint is attached to that are left out.</summary>
    private void Sources(Constraint constraint, int queryable, int simple)
    {
        NotCarried("Constraint.DataSets", constraint.DataSets, constraint.Reference);
        NotCarried("Constraint.MetadataSets", constraint.MetadataSets, constraint.Reference);
        NotCarried("Constraint.QueryableDataSources", constraint.QueryableDataSources[queryable..], constraint.Reference);
        NotCarried("Constraint.SimpleDataSources", constraint.SimpleDataSources[simple..], constraint.Reference);
    }

    private static string? Member(StructureReference reference) => reference.Type.Class switch
    {
        "DataProviderScheme" => "dataProvider",
        "MetadataProviderScheme" => "metadataProvider",
        "DataStructure" => "dataStructure",
        "Dataflow" => "dataflow",
        "ProvisionAgreement" => "provisionAgreement",
        "MetadataStructure" => "metadataStructure",
        "Metadataflow" => "metadataflow",
        "MetadataProvisionAgreement" => "metadataProvisionAgreement",
        _ => null,
    };

    private void Region(CubeRegion region, DataConstraint constraint)
    {
        Annotations(region.Annotations);
        Json.WriteBoolean("include", region.IsIncluded);
        Array("keyValues", region.Selections.Where(s => !s.IsAttribute && !IsEmpty(s)), Selection);
        Array("components", region.Selections.Where(s => s.IsAttribute), Selection);
        foreach (MemberSelection selection in region.Selections.Where(s => !s.IsAttribute && IsEmpty(s)))
        {
            NotCarried("CubeRegion.Selections", $"{constraint.Reference}.{selection.ComponentId}");
        }
    }

    private static bool IsEmpty(MemberSelection selection)
        => selection.Values.IsEmpty && selection.StartPeriod is null && selection.EndPeriod is null;

    private void Selection(MemberSelection selection)
    {
        Json.WriteString("id", selection.ComponentId);
        if (!selection.IsIncluded)
        {
            Json.WriteBoolean("include", false);
        }

        Flag("removePrefix", selection.RemovePrefix);
        Text("validFrom", selection.ValidFrom);
        Text("validTo", selection.ValidTo);
        if (selection.StartPeriod is not null || selection.EndPeriod is not null)
        {
            Object("timeRange", () => TimeRange(selection));
            return;
        }

        if (selection.Values.IsEmpty)
        {
            return;
        }

        Json.WriteStartArray("values");
        foreach (MemberValue value in selection.Values)
        {
            if (value is { Cascade: CascadeValues.None, ValidFrom: null, ValidTo: null, Language: null })
            {
                Json.WriteStringValue(value.Value);
                continue;
            }

            Json.WriteStartObject();
            Json.WriteString("value", value.Value);
            Cascade(value.Cascade);
            Text("lang", value.Language);
            Text("validFrom", value.ValidFrom);
            Text("validTo", value.ValidTo);
            Json.WriteEndObject();
        }

        Json.WriteEndArray();
    }
}
