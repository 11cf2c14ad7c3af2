using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Metadata sets of SDMX-JSON 2.0 and 2.1, and those of the draft 1.0, whose reports become one each.</summary>
internal sealed partial class JsonStructureParser
{
    /// <summary>Type of the link of a metadata set to itself, as services write it.</summary>
    internal const string SelfType = "metadataset";

    /// <summary>Reads the metadataSets array at hand.</summary>
    internal void MetadataSets(ImmutableArray<MetadataSet>.Builder sets, MetadataLocations locations)
    {
        foreach (int _ in cursor.Elements())
        {
            Location location = cursor.Location;
            foreach (MetadataSet set in MetadataSet(sets.Count, locations))
            {
                if (!_seen.Add(("MetadataSet", set.AgencyId, set.Id, set.Version.ToString())))
                {
                    cursor.Issues.Add(IssueCodes.DuplicateId, location, set.Reference, "MetadataSet");
                }

                sets.Add(locations.Keep(set, location));
            }
        }
    }

    private IEnumerable<MetadataSet> MetadataSet(int before, MetadataLocations locations)
    {
        Parts parts = Begin();
        MetadataSet set = new() { AgencyId = "", Id = "" };
        List<MetadataSet> reports = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "action":
                    set = set with { Action = cursor.Text() };
                    break;
                case "reportingBegin":
                    set = set with { ReportingBeginDate = cursor.Text() };
                    break;
                case "reportingEnd":
                    set = set with { ReportingEndDate = cursor.Text() };
                    break;
                case "publicationYear":
                    set = set with { PublicationYear = cursor.Text() };
                    break;
                case "publicationPeriod":
                    set = set with { PublicationPeriod = cursor.Text() };
                    break;
                case "metadataflow":
                    set = set with { Metadataflow = Reference() };
                    break;
                case "metadataProvisionAgreement":
                    set = set with { MetadataProvisionAgreement = Reference() };
                    break;
                case "targets":
                    set = set with { Targets = List(Target) };
                    break;
                case "attributes":
                    set = set with { Attributes = ReportedAttributes(locations) };
                    break;
                case "dataProvider":
                    set = set with { Provider = Reference() };
                    break;
                case "reports":
                    reports.AddRange(List(() => Report(locations)));
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        // The samples say the structure by a link; one without an address says only that.
        Link? structure = parts.Links.Find(l => l.Rel == "metadatastructure" && l.Urn is not null);
        if (StructureReference.TryParseUrn(structure?.Urn, out StructureReference? metadataStructure))
        {
            set = set with { MetadataStructure = metadataStructure };
            parts.Links.RemoveAll(l => l.Rel == structure!.Rel && l.Urn == structure.Urn && l.Url.Length == 0);
        }

        if (version == "1.0")
        {
            return Reports(parts, set, reports, before);
        }

        Link? self = parts.Links.Find(l => l is { Rel: "self", Type: SelfType, Urn: null });
        MetadataSet? complete = Complete(parts, (agency, id) => set with { AgencyId = agency, Id = id });
        return complete is null ? [] : [self is null ? complete : WithSelf(complete, self, parts)];
    }

    /// <summary>A target as written: a URN.</summary>
    private string? Target()
    {
        string? target = cursor.Text();
        if (target is not null && !StructureReference.TryParseUrn(target, out _))
        {
            cursor.Report(IssueCodes.InvalidUrn, target);
        }

        return target;
    }

    /// <summary>What <see cref="StructureJson20"/> says by the link of a set to itself: its address, or its URN when the version has no other place.</summary>
    private static MetadataSet WithSelf(MetadataSet set, Link self, Parts parts)
    {
        bool isUrn = StructureReference.TryParseUrn(self.Url, out StructureReference? urn);
        return set with
        {
            Links = [.. set.Links.Where(l => !ReferenceEquals(l, self))],
            StructureUrl = isUrn ? set.StructureUrl : self.Url,
            Uri = parts.Uris.GetValueOrDefault(self, set.Uri!),
            Version = isUrn && !parts.HasVersion && SdmxVersion.TryParse(urn!.Version, out SdmxVersion version) ? version : set.Version,
        };
    }

    private static IEnumerable<MetadataSet> Reports(Parts parts, MetadataSet set, List<MetadataSet> reports, int before)
    {
        foreach ((int number, MetadataSet report) in reports.Index())
        {
            string count = (parts.Id is null ? before + number + 1 : number + 1).ToString(CultureInfo.InvariantCulture);
            yield return set with
            {
                AgencyId = set.Provider?.AgencyId ?? set.MetadataStructure?.AgencyId ?? "unknown",
                Id = parts.Id is null ? $"{report.ReportId}_{count}" : reports.Count == 1 ? parts.Id : $"{parts.Id}_{count}",
                SetId = parts.Id,
                Version = SdmxVersion.Default,
                Name = parts.Name,
                Description = parts.Description,
                ValidFrom = parts.ValidFrom,
                ValidTo = parts.ValidTo,
                Annotations = parts.Annotations,
                Links = [.. parts.Links],
                ReportId = report.ReportId,
                ReportTarget = report.ReportTarget,
                ReportAnnotations = report.ReportAnnotations,
                Targets = report.Targets,
                Attributes = report.Attributes,
            };
        }
    }

    private ImmutableArray<ReportedAttribute> ReportedAttributes(MetadataLocations locations) => List<ReportedAttribute>(() => ReportedAttribute(locations));

    private ReportedAttribute ReportedAttribute(MetadataLocations locations)
    {
        Location location = cursor.Location;
        ReportedAttribute attribute = new() { Id = "" };
        LocalisedText structured = default, texts = default;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "id":
                    attribute = attribute with { Id = cursor.Text() ?? "" };
                    break;
                case "value" when cursor.Token == JsonTokenType.StartObject:
                    texts = JsonMeta.Languages(cursor);
                    break;
                case "value":
                    attribute = attribute with { Value = cursor.Text() };
                    break;
                case "texts":
                    texts = JsonMeta.Languages(cursor);
                    break;
                case "structuredTexts":
                    structured = JsonMeta.Languages(cursor);
                    break;
                case "text" when cursor.Text() is { } text && texts.IsEmpty:
                    texts = LocalisedText.Of(text);
                    break;
                case "structuredText" when cursor.Text() is { } text && structured.IsEmpty:
                    structured = LocalisedText.Of(text);
                    break;
                case "annotations":
                    attribute = attribute with { Annotations = List(Annotation) };
                    break;
                case "attributes":
                    attribute = attribute with { Children = ReportedAttributes(locations) };
                    break;
                case "attributeSet":
                    attribute = attribute with { Children = AttributeSet(locations) };
                    break;
            }
        }

        if (attribute.Id.Length == 0)
        {
            cursor.Issues.Add(IssueCodes.MissingElement, location, "id", "attributes");
        }

        LocalisedText all = structured.IsEmpty ? texts : structured;
        bool isStructured = !structured.IsEmpty || Model.ReportedAttribute.LooksStructured(all);
        return locations.Keep(
            attribute with
            {
                Text = !isStructured ? all : new LocalisedText(all.Texts.Select(t => KeyValuePair.Create(t.Key, XmlMarkup.WithoutXhtml(t.Value).Trim()))),
                IsStructured = isStructured,
            },
            location);
    }

    private ImmutableArray<ReportedAttribute> AttributeSet(MetadataLocations locations)
    {
        ImmutableArray<ReportedAttribute> attributes = [];
        foreach (string member in cursor.Members())
        {
            if (member == "reportedAttributes")
            {
                attributes = ReportedAttributes(locations);
            }
        }

        return attributes;
    }

    private MetadataSet Report(MetadataLocations locations)
    {
        MetadataSet report = new() { AgencyId = "", Id = "", ReportId = "REPORT" };
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "id":
                    report = report with { ReportId = cursor.Text() ?? "REPORT" };
                    break;
                case "annotations":
                    report = report with { ReportAnnotations = List(Annotation) };
                    break;
                case "attributeSet":
                    report = report with { Attributes = AttributeSet(locations) };
                    break;
                case "target":
                    report = report with { ReportTarget = ReportTarget() };
                    break;
            }
        }

        return report with { Targets = [.. report.ReportTarget?.Values.Select(v => v.Object).OfType<string>() ?? []] };
    }

    private ReportTarget ReportTarget()
    {
        ReportTarget target = new("", []);
        foreach (string member in cursor.Members())
        {
            target = member switch
            {
                "id" => target with { Id = cursor.Text() ?? "" },
                "referenceValues" => target with { Values = List(TargetValue) },
                _ => target,
            };
        }

        return target;
    }

    private TargetValue TargetValue()
    {
        TargetValue value = new("");
        foreach (string member in cursor.Members())
        {
            value = member switch
            {
                "id" => value with { Id = cursor.Text() ?? "" },
                "object" => value with { Object = cursor.Text() },
                "reportPeriod" => value with { Period = cursor.Text() },
                "constraintContent" => value with { Constraint = Reference() },
                "dataKey" => value with { DataKey = TargetKey() },
                "dataSet" => value with { DataSet = TargetDataSet() },
                _ => value,
            };
        }

        return value;
    }

    private DataKey TargetKey()
    {
        DataKey key = new([]);
        foreach (string member in cursor.Members())
        {
            if (member == "keyValues")
            {
                key = key with { Selections = List(TargetKeyValue) };
            }
        }

        return key;
    }

    private MemberSelection TargetKeyValue()
    {
        MemberSelection selection = new() { ComponentId = "" };
        foreach (string member in cursor.Members())
        {
            selection = member switch
            {
                "id" => selection with { ComponentId = cursor.Text() ?? "" },
                "include" => selection with { IsIncluded = cursor.Flag() ?? true },
                "value" => selection with { Values = [new MemberValue(cursor.Text() ?? "", CascadeValues.None)] },
                _ => selection,
            };
        }

        return selection;
    }

    private SetReference? TargetDataSet()
    {
        (StructureReference? provider, string id) = (null, "");
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "dataProvider":
                    provider = Reference();
                    break;
                case "id":
                    id = cursor.Text() ?? "";
                    break;
            }
        }

        return provider is null ? null : new SetReference(provider, id);
    }
}
