using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Data structures and dataflows.</summary>
internal sealed partial class StructureParser
{
    private Dataflow Dataflow(Header header)
    {
        StructureReference? structure = null;
        List<string> used = [];
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Structure":
                    structure = Reference("DataStructure");
                    break;
                case "DimensionConstraint":
                    foreach (string _ in cursor.Children())
                    {
                        used.Add(cursor.Token());
                    }

                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        // The schemas allow a dataflow without structure, and catalogues of some services have no other.
        return Complete(new Dataflow { AgencyId = header.AgencyId, Id = header.Id, Structure = structure, DimensionConstraint = [.. used] }, header);
    }

    private DataStructure DataStructure(Header header)
    {
        DataStructure structure = new() { AgencyId = header.AgencyId, Id = header.Id, IsEvolving = cursor.Flag("evolvingStructure") ?? false };
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "DataStructureComponents":
                    structure = Components(structure);
                    break;
                case "Metadata":
                    structure = structure with { MetadataStructure = Reference("MetadataStructure") };
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        return Complete(structure, header);
    }

    private DataStructure Components(DataStructure structure)
    {
        ImmutableArray<DimensionGroup>.Builder groups = ImmutableArray.CreateBuilder<DimensionGroup>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "DimensionList":
                    structure = structure with { Dimensions = DimensionList(out ListNotes? aboutDimensions), DimensionNotes = aboutDimensions };
                    break;
                case "Group":
                    groups.Add(Group());
                    break;
                case "AttributeList":
                    structure = AttributeList(structure);
                    break;
                case "MeasureList":
                    structure = structure with { Measures = MeasureList(out ListNotes? aboutMeasures), MeasureNotes = aboutMeasures };
                    break;
                default:
                    cursor.Unexpected("DataStructureComponents");
                    break;
            }
        }

        return structure with { Groups = groups.ToImmutable() };
    }

    private ImmutableArray<Dimension> DimensionList(out ListNotes? notes)
    {
        string? uri = cursor.Attribute("uri");
        NameParts about = new();
        List<(Dimension Dimension, int? Position)> found = [];
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Dimension" or "TimeDimension" or "MeasureDimension":
                    int? position = cursor.Whole("position");
                    ComponentParts parts = ReadComponent(name, name == "MeasureDimension" ? "ConceptScheme" : "Codelist", multilingual: false);
                    string? id = parts.Id ?? (name == "TimeDimension" ? "TIME_PERIOD" : parts.Concept?.ItemId);
                    if (Complete(parts, id, name))
                    {
                        found.Add((new Dimension
                        {
                            Id = id!,
                            Concept = parts.Concept!,
                            Representation = parts.Representation,
                            ConceptRoles = parts.Roles.ToImmutable(),
                            Annotations = parts.Names.Annotations,
                            Links = parts.Names.Links,
                            Uri = parts.Uri,
                            IsTime = name == "TimeDimension",
                            IsMeasureDimension = name == "MeasureDimension",
                        }, position));
                    }

                    break;
                default:
                    OtherPart(about, name, "DimensionList");
                    break;
            }
        }

        notes = Notes(about, uri);
        // The order of the key is that of the positions where they are given, not that of the document (2.1 allows any).
        bool positioned = found.All(d => d.Dimension.IsTime || d.Position is not null);
        return [.. found.OrderBy(d => d.Dimension.IsTime).ThenBy(d => positioned ? d.Position ?? 0 : 0).Select(d => d.Dimension)];
    }

    private DimensionGroup Group()
    {
        (string id, string? uri) = (ItemId(), cursor.Attribute("uri"));
        NameParts about = new();
        StructureReference? constraint = null;
        ImmutableArray<string>.Builder dimensions = ImmutableArray.CreateBuilder<string>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "GroupDimension":
                    foreach (string part in cursor.Children())
                    {
                        if (part == "DimensionReference")
                        {
                            dimensions.Add(LocalReference());
                        }
                        else
                        {
                            ListPart("GroupDimension", part);
                        }
                    }

                    break;
                case "AttachmentConstraint":
                    constraint = Reference("AttachmentConstraint");
                    break;
                default:
                    OtherPart(about, name, "Group");
                    break;
            }
        }

        return new DimensionGroup(id, dimensions.ToImmutable()) { AttachmentConstraint = constraint, Uri = uri, Annotations = about.Annotations };
    }

    private DataStructure AttributeList(DataStructure structure)
    {
        string? uri = cursor.Attribute("uri");
        NameParts about = new();
        ImmutableArray<MetadataAttributeUsage>.Builder usages = ImmutableArray.CreateBuilder<MetadataAttributeUsage>();
        ImmutableArray<DataAttribute>.Builder attributes = ImmutableArray.CreateBuilder<DataAttribute>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Attribute" or "ReportingYearStartDay":
                    bool mandatory = cursor.Attribute("assignmentStatus") is "Mandatory" || cursor.Attribute("usage") is "mandatory";
                    ComponentParts parts = ReadComponent(name, "Codelist", multilingual: _version3);
                    string? id = parts.Id ?? (name == "Attribute" ? parts.Concept?.ItemId : "REPORTING_YEAR_START_DAY");
                    if (Complete(parts, id, name))
                    {
                        attributes.Add(parts.Relation with
                        {
                            Id = id!,
                            Concept = parts.Concept!,
                            Representation = parts.Representation,
                            ConceptRoles = parts.Roles.ToImmutable(),
                            Annotations = parts.Names.Annotations,
                            Links = parts.Names.Links,
                            Uri = parts.Uri,
                            IsMandatory = mandatory,
                        });
                    }

                    break;
                case "MetadataAttributeUsage":
                    usages.Add(MetadataAttributeUsage());
                    break;
                default:
                    OtherPart(about, name, "AttributeList");
                    break;
            }
        }

        return structure with { Attributes = attributes.ToImmutable(), MetadataAttributeUsages = usages.ToImmutable(), AttributeNotes = Notes(about, uri) };
    }

    private MetadataAttributeUsage MetadataAttributeUsage()
    {
        string id = "";
        NameParts about = new();
        DataAttribute relation = new() { Id = "", Concept = NoConcept };
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "MetadataAttributeReference":
                    id = cursor.Token();
                    break;
                case "AttributeRelationship":
                    relation = Relationship(relation);
                    break;
                default:
                    OtherPart(about, name, "MetadataAttributeUsage");
                    break;
            }
        }

        return new MetadataAttributeUsage(id, relation.Relationship)
        {
            Dimensions = relation.Dimensions,
            OptionalDimensions = relation.OptionalDimensions,
            Group = relation.Group,
            Link = about.Links.FirstOrDefault(),
            Annotations = about.Annotations,
        };
    }

    private ImmutableArray<Measure> MeasureList(out ListNotes? notes)
    {
        string? uri = cursor.Attribute("uri");
        NameParts about = new();
        ImmutableArray<Measure>.Builder measures = ImmutableArray.CreateBuilder<Measure>();
        foreach (string name in cursor.Children())
        {
            if (name is not ("Measure" or "PrimaryMeasure"))
            {
                OtherPart(about, name, "MeasureList");
                continue;
            }

            // The primary measure of 2.1 has no usage; an observation may lack its value there.
            bool mandatory = cursor.Attribute("usage") is "mandatory";
            ComponentParts parts = ReadComponent(name, "Codelist", multilingual: _version3);
            string? id = parts.Id ?? (name == "PrimaryMeasure" ? "OBS_VALUE" : parts.Concept?.ItemId);
            if (Complete(parts, id, name))
            {
                measures.Add(new Measure
                {
                    Id = id!,
                    Concept = parts.Concept!,
                    Representation = parts.Representation,
                    ConceptRoles = parts.Roles.ToImmutable(),
                    Annotations = parts.Names.Annotations,
                    Links = parts.Names.Links,
                    Uri = parts.Uri,
                    IsMandatory = mandatory,
                });
            }
        }

        notes = Notes(about, uri);
        return measures.ToImmutable();
    }

    private void ListPart(string list, string name)
    {
        if (name is "Annotations" or "Link")
        {
            cursor.Skipped($"{name} of {list}");
        }
        else
        {
            cursor.Unexpected(list);
        }
    }

    private bool Complete(ComponentParts parts, string? id, string element)
    {
        if (id is not null && parts.Concept is not null)
        {
            return true;
        }

        cursor.Issues.Add(IssueCodes.MissingElement, parts.Location, "ConceptIdentity", id is null ? element : $"{element} {id}");
        return false;
    }
}
