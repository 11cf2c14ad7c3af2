using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Constraints on data and on reference metadata. Their regions and keys stand in another file of this class.</summary>
internal sealed partial class StructureParser
{
    /// <summary>What a constraint holds, of data and of reference metadata. Accumulates while it is read.</summary>
    private sealed class ConstraintParts
    {
        public List<StructureReference> Attachments { get; } = [];

        public List<SetReference> DataSets { get; } = [];

        public List<SetReference> MetadataSets { get; } = [];

        public List<string> SimpleSources { get; } = [];

        public List<QueryableDataSource> QueryableSources { get; } = [];

        public ReleaseCalendar? Calendar { get; set; }

        public string? PeriodStart { get; set; }

        public string? PeriodEnd { get; set; }

        public List<CubeRegion> Regions { get; } = [];

        public List<DataKeySet> KeySets { get; } = [];

        public List<MetadataTargetRegion> TargetRegions { get; } = [];

        public List<DataKeySet> MetadataKeySets { get; } = [];

        /// <summary>True when it speaks of reference metadata: a 2.1 ContentConstraint may be either.</summary>
        public bool IsOfMetadata => TargetRegions.Count > 0 || MetadataSets.Count > 0 || (MetadataKeySets.Count > 0 && KeySets.Count == 0)
            || Attachments.Exists(a => a.Type == StructureType.MetadataStructure || a.Type == StructureType.Metadataflow);
    }

    /// <summary>Reads a ContentConstraint or AttachmentConstraint (2.1), a DataConstraint or MetadataConstraint (3.x).</summary>
    private Constraint AnyConstraint(Header header, string element)
    {
        ConstraintRole role = element == "AttachmentConstraint" ? ConstraintRole.Attachment : Role(element);
        ConstraintParts parts = new();
        foreach (string name in cursor.Children())
        {
            if (!Part(parts, name))
            {
                Other(header, name);
            }
        }

        bool ofMetadata = element == "MetadataConstraint" || (element == "ContentConstraint" && parts.IsOfMetadata);
        if (ofMetadata && (parts.Regions.Count > 0 || parts.KeySets.Count > 0))
        {
            cursor.Issues.Add(IssueCodes.UnexpectedElement, header.Location, parts.Regions.Count > 0 ? "CubeRegion" : "DataKeySet", "MetadataConstraint");
        }

        return ofMetadata
            ? Complete(Common(new MetadataConstraint { AgencyId = header.AgencyId, Id = header.Id, Regions = [.. parts.TargetRegions] }, parts, role), header)
            : AvailabilityCounts.FromAnnotations(Complete(Common(new DataConstraint { AgencyId = header.AgencyId, Id = header.Id, Regions = [.. parts.Regions], KeySets = [.. parts.KeySets] }, parts, role), header));
    }

    private ConstraintRole Role(string element)
    {
        // 2.1: @type, Actual when not said. 3.0: @role, required. 3.1 has no role: what it calls a constraint is what is allowed.
        string? role = cursor.Attribute("role") ?? cursor.Attribute("type");
        if (role is not (null or "Allowed" or "Actual"))
        {
            cursor.Report(IssueCodes.InvalidText, role, "role", "Allowed or Actual");
        }

        return role switch
        {
            "Allowed" => ConstraintRole.Allowed,
            "Actual" => ConstraintRole.Actual,
            _ => element == "ContentConstraint" ? ConstraintRole.Actual : ConstraintRole.Allowed,
        };
    }

    private bool Part(ConstraintParts parts, string name)
    {
        switch (name)
        {
            case "ConstraintAttachment":
                Attachments(parts);
                return true;
            case "ReleaseCalendar":
                parts.Calendar = Calendar();
                return true;
            case "ReferencePeriod":
                (parts.PeriodStart, parts.PeriodEnd) = (cursor.Attribute("startTime"), cursor.Attribute("endTime"));
                return true;
            case "CubeRegion":
                parts.Regions.Add(Region());
                return true;
            case "DataKeySet":
                parts.KeySets.Add(KeySet());
                return true;
            case "MetadataKeySet":
                parts.MetadataKeySets.Add(KeySet());
                return true;
            case "MetadataTargetRegion":
                parts.TargetRegions.Add(TargetRegion());
                return true;
            default:
                return false;
        }
    }

    private static T Common<T>(T constraint, ConstraintParts parts, ConstraintRole role)
        where T : Constraint => constraint with
        {
            Role = role,
            Attachments = [.. parts.Attachments],
            DataSets = [.. parts.DataSets],
            MetadataSets = [.. parts.MetadataSets],
            SimpleDataSources = [.. parts.SimpleSources],
            QueryableDataSources = [.. parts.QueryableSources],
            ReleaseCalendar = parts.Calendar,
            ReferencePeriodStart = parts.PeriodStart,
            ReferencePeriodEnd = parts.PeriodEnd,
            MetadataKeySets = [.. parts.MetadataKeySets],
        };

    /// <summary>Reads a 3.1 availability constraint, which has no identity: it gets one by what it is attached to.</summary>
    private DataConstraint? AvailabilityConstraint()
    {
        Location location = cursor.Location;
        long? series = cursor.Whole("seriesCount"), observations = cursor.Whole("obsCount");
        ConstraintParts parts = new();
        NameParts about = new();
        foreach (string name in cursor.Children())
        {
            if (!Part(parts, name))
            {
                OtherPart(about, name, "AvailabilityConstraint");
            }
        }

        if (parts.Attachments is not [StructureReference attachment, ..])
        {
            cursor.Issues.Add(IssueCodes.MissingElement, location, "ConstraintAttachment", "AvailabilityConstraint");
            return null;
        }

        if (!SdmxVersion.TryParse(attachment.Version, out SdmxVersion version))
        {
            version = SdmxVersion.Default;
        }

        return Common(
            new DataConstraint
            {
                AgencyId = attachment.AgencyId,
                Id = Model.DataConstraint.AvailabilityId(attachment),
                Version = version,
                Annotations = about.Annotations,
                Regions = [.. parts.Regions],
                SeriesCount = series,
                ObservationCount = observations,
            },
            parts,
            ConstraintRole.Actual);
    }

    private void Attachments(ConstraintParts parts)
    {
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "DataProvider" or "DataStructure" or "Dataflow" or "ProvisionAgreement" or "MetadataProvider" or "MetadataStructure"
                    or "Metadataflow" or "MetadataProvisionAgreement":
                    if (Reference(name) is { } reference)
                    {
                        parts.Attachments.Add(reference);
                    }

                    break;
                case "MetadataSet" when _version3:
                    if (Reference(name) is { } set)
                    {
                        parts.Attachments.Add(set);
                    }

                    break;
                case "DataSet" or "MetadataSet":
                    if (SetReference() is { } one)
                    {
                        (name == "DataSet" ? parts.DataSets : parts.MetadataSets).Add(one);
                    }

                    break;
                case "SimpleDataSource":
                    parts.SimpleSources.Add(cursor.Token());
                    break;
                case "QueryableDataSource":
                    parts.QueryableSources.Add(QueryableDataSource());
                    break;
                default:
                    cursor.Unexpected("ConstraintAttachment");
                    break;
            }
        }
    }

    internal SetReference? SetReference()
    {
        (StructureReference? provider, string id) = (null, "");
        foreach (string name in cursor.Children())
        {
            if (name == "DataProvider")
            {
                provider = Reference(name);
            }
            else
            {
                id = cursor.Token();
            }
        }

        return provider is null ? null : new SetReference(provider, id);
    }

    internal QueryableDataSource QueryableDataSource()
    {
        QueryableDataSource source = new("", cursor.Flag("isRESTDatasource") ?? false, cursor.Flag("isWebServiceDatasource") ?? false);
        foreach (string name in cursor.Children())
        {
            source = name switch
            {
                "DataURL" => source with { Url = cursor.Token() },
                "WSDLURL" => source with { WsdlUrl = cursor.Token() },
                _ => source with { WadlUrl = cursor.Token() },
            };
        }

        return source;
    }

    private ReleaseCalendar Calendar()
    {
        ReleaseCalendar calendar = new("", "", "");
        foreach (string name in cursor.Children())
        {
            calendar = name switch
            {
                "Periodicity" => calendar with { Periodicity = cursor.Token() },
                "Offset" => calendar with { Offset = cursor.Token() },
                _ => calendar with { Tolerance = cursor.Token() },
            };
        }

        return calendar;
    }
}
