using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Components of data structures and what attributes are attached to.</summary>
internal sealed partial class StructureParser
{
    private static readonly StructureReference NoConcept = new(StructureType.ConceptScheme, "", "", "");

    /// <summary>What a component is made of. Accumulates while it is read.</summary>
    private sealed class ComponentParts
    {
        public required Issues.Location Location { get; init; }

        public string? Id { get; init; }

        public string? Uri { get; init; }

        public StructureReference? Concept { get; set; }

        public Representation? Representation { get; set; }

        public ImmutableArray<StructureReference>.Builder Roles { get; } = ImmutableArray.CreateBuilder<StructureReference>();

        public NameParts Names { get; } = new();

        /// <summary>Attribute relationship; id and concept are put in when the attribute is complete.</summary>
        public DataAttribute Relation { get; set; } = new() { Id = "", Concept = NoConcept };
    }

    private ComponentParts ReadComponent(string element, string enumeration, bool multilingual)
    {
        ComponentParts parts = new() { Id = cursor.Attribute("id"), Uri = cursor.Attribute("uri"), Location = cursor.Location };
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "ConceptIdentity":
                    parts.Concept = Reference("Concept");
                    break;
                case "LocalRepresentation":
                    parts.Representation = ReadRepresentation(enumeration, multilingual, time: element == "TimeDimension");
                    break;
                case "ConceptRole":
                    if (Reference("Concept") is { } role)
                    {
                        parts.Roles.Add(role);
                    }

                    break;
                case "AttributeRelationship":
                    parts.Relation = Relationship(parts.Relation);
                    break;
                case "MeasureRelationship":
                    List<string> measures = [];
                    foreach (string _ in cursor.Children())
                    {
                        measures.Add(cursor.Token());
                    }

                    parts.Relation = parts.Relation with { Measures = [.. measures] };
                    break;
                default:
                    OtherPart(parts.Names, name, element);
                    break;
            }
        }

        return parts;
    }

    private DataAttribute Relationship(DataAttribute attribute)
    {
        List<string> dimensions = [], optional = [], attachments = [];
        AttributeRelationship? relationship = null;
        string? group = null;
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "None" or "Dataflow" or "Dataset":
                    relationship = AttributeRelationship.Dataflow;
                    break;
                case "Dimension":
                    bool free = cursor.Flag("optional") ?? false;
                    dimensions.Add(LocalReference());
                    if (free)
                    {
                        optional.Add(dimensions[^1]);
                    }

                    relationship ??= AttributeRelationship.Dimensions;
                    break;
                case "AttachmentGroup":
                    attachments.Add(LocalReference());
                    break;
                case "Group":
                    group = LocalReference();
                    relationship = AttributeRelationship.Group;
                    break;
                case "PrimaryMeasure" or "Observation":
                    relationship = AttributeRelationship.Observation;
                    break;
                default:
                    cursor.Unexpected("AttributeRelationship");
                    break;
            }
        }

        if (relationship is null)
        {
            cursor.Report(IssueCodes.MissingElement, "Dimension", "AttributeRelationship");
        }

        return attribute with
        {
            Relationship = relationship ?? AttributeRelationship.Dataflow,
            Dimensions = [.. dimensions],
            OptionalDimensions = [.. optional],
            Group = group ?? (attachments.Count > 0 ? string.Join(' ', attachments) : null),
        };
    }
}
