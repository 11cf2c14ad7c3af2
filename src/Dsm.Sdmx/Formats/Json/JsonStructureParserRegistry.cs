using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Constraints.</summary>
internal sealed partial class JsonStructureParser
{
    private DataConstraint? DataConstraint(string container)
    {
        Parts parts = Begin();
        DataConstraint constraint = new()
        {
            AgencyId = "",
            Id = "",
            // 1.0 has the default of SDMX 2.1: a constraint that says nothing is about what there is.
            Role = container == "attachmentConstraints" ? ConstraintRole.Attachment : version == "1.0" ? ConstraintRole.Actual : ConstraintRole.Allowed,
        };
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "role" or "type":
                    constraint = constraint with { Role = cursor.Text() == "Actual" ? ConstraintRole.Actual : ConstraintRole.Allowed };
                    break;
                case "dataKeySets":
                    constraint = constraint with { KeySets = List(KeySet) };
                    break;
                case "cubeRegions":
                    constraint = constraint with { Regions = List(Region) };
                    break;
                case "referencePeriod":
                    (string? start, string? end) = Period("startTime", "endTime");
                    constraint = constraint with { ReferencePeriodStart = start, ReferencePeriodEnd = end };
                    break;
                case "metadataTargetRegions" or "metadataKeySets":
                    cursor.Report(IssueCodes.ArtefactSkipped, member);
                    break;
                default:
                    constraint = (DataConstraint)ConstraintMember(constraint, parts, member);
                    break;
            }
        }

        return Complete(parts, (agency, id) => constraint with { AgencyId = agency, Id = id }) is { } complete ? AvailabilityCounts.FromAnnotations(complete) : null;
    }

    private MetadataConstraint? MetadataConstraint()
    {
        Parts parts = Begin();
        MetadataConstraint constraint = new() { AgencyId = "", Id = "" };
        foreach (string member in cursor.Members())
        {
            constraint = member switch
            {
                "role" => constraint with { Role = cursor.Text() == "Actual" ? ConstraintRole.Actual : ConstraintRole.Allowed },
                "metadataTargetRegions" => constraint with { Regions = List(TargetRegion) },
                _ => (MetadataConstraint)ConstraintMember(constraint, parts, member),
            };
        }

        return Complete(parts, (agency, id) => constraint with { AgencyId = agency, Id = id });
    }

    /// <summary>Reads what there is of 2.1, which has no identity and gets one by what it is attached to.</summary>
    private DataConstraint? AvailabilityConstraint()
    {
        Parts parts = Begin();
        DataConstraint constraint = new() { AgencyId = "", Id = "", Role = ConstraintRole.Actual };
        foreach (string member in cursor.Members())
        {
            constraint = member switch
            {
                "cubeRegion" => Region() is { } region ? constraint with { Regions = [region] } : constraint,
                "seriesCount" => constraint with { SeriesCount = Count() },
                "obsCount" => constraint with { ObservationCount = Count() },
                _ => (DataConstraint)ConstraintMember(constraint, parts, member),
            };
        }

        if (constraint.Attachments is not [StructureReference attached, ..])
        {
            cursor.Issues.Add(IssueCodes.MissingElement, parts.Location, "constraintAttachment", "availabilityConstraints");
            return null;
        }

        return constraint with
        {
            AgencyId = attached.AgencyId,
            Id = Model.DataConstraint.AvailabilityId(attached),
            Version = SdmxVersion.TryParse(attached.Version, out SdmxVersion of) ? of : SdmxVersion.Default,
            Annotations = parts.Annotations,
        };
    }

    private long? Count() => cursor.Number() is { } number && number == decimal.Truncate(number) && number is >= 0 and <= long.MaxValue ? (long)number : null;

    private Constraint ConstraintMember(Constraint constraint, Parts parts, string member)
    {
        switch (member)
        {
            case "constraintAttachment":
                return Attachment(constraint);
            case "releaseCalendar":
                return constraint with { ReleaseCalendar = Calendar() };
            default:
                Header(parts, member);
                return constraint;
        }
    }

    private Constraint Attachment(Constraint constraint)
    {
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "simpleDataSources":
                    constraint = constraint with { SimpleDataSources = Texts() };
                    break;
                case "simpleDataSource":
                    constraint = constraint with { SimpleDataSources = cursor.Text() is { } url ? [url] : [] };
                    break;
                case "queryableDataSources":
                    constraint = constraint with { QueryableDataSources = List(DataSource) };
                    break;
                case "dataSet" or "metadataSet" or "dataSets":
                    cursor.Report(IssueCodes.ArtefactSkipped, member);
                    break;
                case "dataProvider" or "metadataProvider" or "dataStructure" or "dataflow" or "provisionAgreement":
                    constraint = Reference() is { } one ? constraint with { Attachments = constraint.Attachments.Add(one) } : constraint;
                    break;
                default:
                    constraint = constraint with { Attachments = constraint.Attachments.AddRange(References()) };
                    break;
            }
        }

        return constraint;
    }

    private QueryableDataSource? DataSource()
    {
        string? url = null, wsdl = null, wadl = null;
        bool rest = false, soap = false;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "dataURL":
                    url = cursor.Text();
                    break;
                case "wsdlURL":
                    wsdl = cursor.Text();
                    break;
                case "wadlURL":
                    wadl = cursor.Text();
                    break;
                case "isRESTDatasource":
                    rest = cursor.Flag() ?? false;
                    break;
                case "isWebServiceDatasource":
                    soap = cursor.Flag() ?? false;
                    break;
            }
        }

        return url is null ? null : new QueryableDataSource(url, rest, soap, wsdl, wadl);
    }

    private ReleaseCalendar Calendar()
    {
        ReleaseCalendar calendar = new("", "", "");
        foreach (string member in cursor.Members())
        {
            calendar = member switch
            {
                "periodicity" => calendar with { Periodicity = cursor.Text() ?? "" },
                "offset" => calendar with { Offset = cursor.Text() ?? "" },
                "tolerance" => calendar with { Tolerance = cursor.Text() ?? "" },
                _ => calendar,
            };
        }

        return calendar;
    }

    private (string? First, string? Second) Period(string first, string second)
    {
        string? one = null, two = null;
        foreach (string member in cursor.Members())
        {
            if (member == first)
            {
                one = cursor.Text();
            }
            else if (member == second)
            {
                two = cursor.Text();
            }
        }

        return (one, two);
    }

    private DataKeySet KeySet()
    {
        bool included = true;
        ImmutableArray<DataKey> keys = [];
        foreach (string member in cursor.Members())
        {
            if (member == "isIncluded")
            {
                included = cursor.Flag() ?? true;
            }
            else if (member == "keys")
            {
                keys = List(Key);
            }
        }

        return new DataKeySet(included, keys);
    }

    private DataKey Key()
    {
        Parts parts = Begin();
        List<MemberSelection> selections = [];
        foreach (string member in cursor.Members())
        {
            if (member is "keyValues" or "components")
            {
                selections.AddRange(List(() => Selection(isAttribute: member == "components")));
            }
            else
            {
                Header(parts, member);
            }
        }

        return new DataKey([.. selections]) { ValidFrom = parts.ValidFrom, ValidTo = parts.ValidTo, Annotations = parts.Annotations };
    }

    private CubeRegion Region()
    {
        Parts parts = Begin();
        bool included = true;
        List<MemberSelection> selections = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "include" or "isIncluded":
                    included = cursor.Flag() ?? true;
                    break;
                case "keyValues" or "components" or "attributes":
                    selections.AddRange(List(() => Selection(isAttribute: member != "keyValues")));
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return new CubeRegion(included, [.. selections]) { Annotations = parts.Annotations };
    }

    private MetadataTargetRegion TargetRegion()
    {
        Parts parts = Begin();
        bool included = true;
        ImmutableArray<MemberSelection> selections = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "include":
                    included = cursor.Flag() ?? true;
                    break;
                case "components":
                    selections = List(() => Selection(isAttribute: true));
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        return new MetadataTargetRegion(included, selections) { ValidFrom = parts.ValidFrom, ValidTo = parts.ValidTo };
    }

    private MemberSelection? Selection(bool isAttribute)
    {
        Location location = cursor.Location;
        MemberSelection selection = new() { ComponentId = "", IsAttribute = isAttribute };
        ImmutableArray<string> cascades = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "id":
                    selection = selection with { ComponentId = cursor.Text() ?? "" };
                    break;
                case "include":
                    selection = selection with { IsIncluded = cursor.Flag() ?? true };
                    break;
                case "removePrefix":
                    selection = selection with { RemovePrefix = cursor.Flag() ?? false };
                    break;
                case "validFrom":
                    selection = selection with { ValidFrom = cursor.Text() };
                    break;
                case "validTo":
                    selection = selection with { ValidTo = cursor.Text() };
                    break;
                case "value":
                    selection = selection with { Values = [new MemberValue(cursor.Text() ?? "")] };
                    break;
                case "values":
                    selection = selection with { Values = MemberValues() };
                    break;
                case "cascadeValues":
                    cascades = Texts();
                    break;
                case "timeRange":
                    selection = TimeRange(selection);
                    break;
            }
        }

        if (selection.ComponentId.Length == 0)
        {
            cursor.Issues.Add(IssueCodes.MissingElement, location, "id", "keyValues");
            return null;
        }

        // 1.0 names the values that take their descendants with them in a list of their own.
        return cascades.IsEmpty ? selection : selection with
        {
            Values = [.. selection.Values, .. cascades.Select(c => new MemberValue(c, CascadeValues.WithRoot))],
        };
    }

    private MemberSelection TimeRange(MemberSelection selection)
    {
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "startPeriod" or "afterPeriod":
                    (string? start, string? startInclusive) = Period("period", "isInclusive");
                    selection = selection with { StartPeriod = start, StartInclusive = startInclusive != "false" };
                    break;
                case "endPeriod" or "beforePeriod":
                    (string? end, string? endInclusive) = Period("period", "isInclusive");
                    selection = selection with { EndPeriod = end, EndInclusive = endInclusive != "false" };
                    break;
                case "validFrom":
                    selection = selection with { RangeValidFrom = cursor.Text() };
                    break;
                case "validTo":
                    selection = selection with { RangeValidTo = cursor.Text() };
                    break;
            }
        }

        return selection;
    }
}
