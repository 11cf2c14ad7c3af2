using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Metadata structures and metadataflows.</summary>
internal sealed partial class StructureParser
{
    private Metadataflow Metadataflow(Header header)
    {
        StructureReference? structure = null;
        ImmutableArray<string>.Builder targets = ImmutableArray.CreateBuilder<string>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Structure":
                    structure = Reference("MetadataStructure");
                    break;
                case "Target":
                    targets.Add(cursor.Token());
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        // Written where there is no target, because the schema wants one.
        ImmutableArray<string> said = targets is [StructureXml30.AnyTarget] ? [] : targets.ToImmutable();
        return Complete(new Metadataflow { AgencyId = header.AgencyId, Id = header.Id, Structure = structure, Targets = said }, header);
    }

    private MetadataStructure MetadataStructure(Header header)
    {
        List<MetadataAttribute> attributes = [];
        ListNotes? notes = null;
        ImmutableArray<MetadataTarget>.Builder targets = ImmutableArray.CreateBuilder<MetadataTarget>();
        ImmutableArray<MetadataReportStructure>.Builder reports = ImmutableArray.CreateBuilder<MetadataReportStructure>();
        foreach (string name in cursor.Children())
        {
            if (name != "MetadataStructureComponents")
            {
                Other(header, name);
                continue;
            }

            foreach (string list in cursor.Children())
            {
                switch (list)
                {
                    case "MetadataAttributeList":
                        NameParts listed = new();
                        string? listUri = cursor.Attribute("uri");
                        attributes.AddRange(ReadAttributes(targets: null, listed));
                        notes = Notes(listed, listUri);
                        break;
                    case "MetadataTarget":
                        targets.Add(Target());
                        break;
                    case "ReportStructure":
                        (string id, string? uri) = (ItemId(), cursor.Attribute("uri"));
                        List<string> reportTargets = [];
                        NameParts about = new();
                        ImmutableArray<MetadataAttribute> own = ReadAttributes(reportTargets, about);
                        reports.Add(new MetadataReportStructure(id, own, [.. reportTargets]) { Uri = uri, Annotations = about.Annotations });
                        attributes.AddRange(own.Where(o => attributes.TrueForAll(a => a.Id != o.Id)));
                        break;
                    default:
                        cursor.Unexpected("MetadataStructureComponents");
                        break;
                }
            }
        }

        if (StructureXml21.IsOfVersion3(header.Id, targets, reports))
        {
            targets.Clear();
            reports.Clear();
        }

        return Complete(new MetadataStructure
        {
            AgencyId = header.AgencyId,
            Id = header.Id,
            Attributes = [.. attributes],
            AttributeNotes = notes,
            Targets = targets.ToImmutable(),
            Reports = reports.ToImmutable(),
        }, header);
    }

    /// <summary>Reads the attributes of a list or report structure, and the targets of the latter.</summary>
    private ImmutableArray<MetadataAttribute> ReadAttributes(List<string>? targets, NameParts about)
    {
        ImmutableArray<MetadataAttribute>.Builder attributes = ImmutableArray.CreateBuilder<MetadataAttribute>();
        foreach (string name in cursor.Children())
        {
            if (name == "MetadataTarget" && targets is not null)
            {
                targets.Add(LocalReference());
            }
            else if (name != "MetadataAttribute")
            {
                OtherPart(about, name, "MetadataAttributeList");
            }
            else if (MetadataAttribute() is { } attribute)
            {
                attributes.Add(attribute);
            }
        }

        return attributes.ToImmutable();
    }

    private MetadataAttribute? MetadataAttribute()
    {
        int min = cursor.Whole("minOccurs") ?? 1;
        int? max = cursor.Attribute("maxOccurs") is "unbounded" ? null : cursor.Whole("maxOccurs") ?? 1;
        bool presentational = cursor.Flag("isPresentational") ?? false;
        ComponentParts parts = new() { Id = cursor.Attribute("id"), Uri = cursor.Attribute("uri"), Location = cursor.Location };
        ImmutableArray<MetadataAttribute>.Builder children = ImmutableArray.CreateBuilder<MetadataAttribute>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "ConceptIdentity":
                    parts.Concept = Reference("Concept");
                    break;
                case "LocalRepresentation":
                    parts.Representation = ReadRepresentation("Codelist", multilingualByDefault: true);
                    break;
                case "MetadataAttribute":
                    if (MetadataAttribute() is { } child)
                    {
                        children.Add(child);
                    }

                    break;
                default:
                    OtherPart(parts.Names, name, "MetadataAttribute");
                    break;
            }
        }

        string? id = parts.Id ?? parts.Concept?.ItemId;
        return !Complete(parts, id, "MetadataAttribute") ? null : new MetadataAttribute
        {
            Id = id!,
            Concept = parts.Concept!,
            Representation = parts.Representation,
            Annotations = parts.Names.Annotations,
            Links = parts.Names.Links,
            Uri = parts.Uri,
            MinOccurs = min,
            MaxOccurs = max,
            IsPresentational = presentational,
            Children = children.ToImmutable(),
        };
    }

    private MetadataTarget Target()
    {
        (string id, string? uri) = (ItemId(), cursor.Attribute("uri"));
        NameParts about = new();
        ImmutableArray<MetadataTargetObject>.Builder objects = ImmutableArray.CreateBuilder<MetadataTargetObject>();
        foreach (string name in cursor.Children())
        {
            if (about.Take(cursor, name))
            {
                continue;
            }

            MetadataTargetObject target = new(name, cursor.Attribute("id"), cursor.Attribute("objectType"), null) { Uri = cursor.Attribute("uri") };
            NameParts aboutObject = new();
            foreach (string part in cursor.Children())
            {
                if (part == "LocalRepresentation")
                {
                    bool period = name == "ReportPeriodTarget";
                    Representation? representation = ReadRepresentation("Codelist", multilingualByDefault: false, time: period);
                    target = target with { Enumeration = representation?.Enumeration, TimeFormat = period ? representation?.TextFormat : null };
                }
                else
                {
                    OtherPart(aboutObject, part, name);
                }
            }

            objects.Add(target with { Annotations = aboutObject.Annotations });
        }

        return new MetadataTarget(id, objects.ToImmutable()) { Uri = uri, Annotations = about.Annotations };
    }
}
