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
}
