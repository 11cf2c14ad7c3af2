using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Metadata structures and metadataflows. 2.1 says in the structure what reports are about, 3.0 in the metadataflow.</summary>
internal sealed partial class StructureXml21
{
    // For structures of 3.0: one target, which may be anything.
    private static readonly ImmutableArray<MetadataTarget> AnyTarget =
        [new("ANY", [new MetadataTargetObject("IdentifiableObjectTarget", "OBJECT", "Any", null)])];

    /// <summary>True for the target and report that a structure of 3.0 is written with, which has neither.</summary>
    internal static bool IsOfVersion3(string id, IReadOnlyList<MetadataTarget> targets, IReadOnlyList<MetadataReportStructure> reports)
        => targets is [{ Id: "ANY", Objects: [{ Kind: "IdentifiableObjectTarget", Id: "OBJECT", ObjectType: "Any" }] }] && reports is [{ TargetIds: ["ANY"] } report] && report.Id == id;

    private void Metadataflow(Metadataflow flow)
    {
        bool content = Begin("Metadataflow", flow);
        Names(flow);
        if (content)
        {
            Reference("Structure", flow.Structure);
            NotCarried("Metadataflow.Targets", flow.Targets, flow.Reference);
        }

        End();
    }

    private void MetadataStructure(MetadataStructure structure)
    {
        bool content = Begin("MetadataStructure", structure);
        Names(structure);
        if (structure.AttributeNotes is not null)
        {
            NotCarried("MetadataStructure.AttributeNotes", structure.Reference);
        }

        if (content && !structure.Attributes.IsEmpty)
        {
            ImmutableArray<MetadataTarget> targets = structure.Targets.IsEmpty ? AnyTarget : structure.Targets;
            ImmutableArray<MetadataReportStructure> reports = structure.Reports.IsEmpty
                ? [new MetadataReportStructure(structure.Id, structure.Attributes, [.. targets.Select(t => t.Id)])] : structure.Reports;
            Start("MetadataStructureComponents");
            foreach (MetadataTarget target in targets)
            {
                Target(target);
            }

            foreach (MetadataReportStructure report in reports)
            {
                Start("ReportStructure");
                Attribute("id", report.Id);
                Attribute("uri", report.Uri);
                Annotations(report.Annotations);
                foreach (MetadataAttribute attribute in report.Attributes)
                {
                    MetadataAttribute(structure, attribute);
                }

                foreach (string target in report.TargetIds)
                {
                    Local("MetadataTarget", target);
                }

                End();
            }

            End();
        }

        End();
    }

    private void Target(MetadataTarget target)
    {
        Start("MetadataTarget");
        Attribute("id", target.Id);
        Attribute("uri", target.Uri);
        Annotations(target.Annotations);
        foreach (MetadataTargetObject part in target.Objects)
        {
            Start(part.Kind);
            Attribute("id", part.Id);
            Attribute("objectType", part.ObjectType);
            Attribute("uri", part.Uri);
            Annotations(part.Annotations);
            Start("LocalRepresentation");
            if (part.Enumeration is not null)
            {
                Reference("Enumeration", part.Enumeration);
            }
            else if (part.TimeFormat is { } time)
            {
                TextFormat format = TimeFormat.Of(time, out bool changed);
                if (changed)
                {
                    NotCarried("MetadataTargetObject.TimeFormat", target.Id);
                }

                TextFormat("TextFormat", format, format.DataType.ToString(), multilingual: false);
            }
            else
            {
                Start("TextFormat");
                Attribute("textType", part.Kind switch
                {
                    "KeyDescriptorValuesTarget" => "KeyValues",
                    "DataSetTarget" => "DataSetReference",
                    "ConstraintContentTarget" => "AttachmentConstraintReference",
                    "ReportPeriodTarget" => null,
                    _ => "IdentifiableReference",
                });
                End();
            }

            End();
            End();
        }

        End();
    }

    private void MetadataAttribute(MetadataStructure structure, MetadataAttribute attribute)
    {
        Start("MetadataAttribute");
        Attribute("id", attribute.Id);
        Attribute("minOccurs", attribute.MinOccurs == 1 ? null : XmlText.Of(attribute.MinOccurs));
        Attribute("maxOccurs", attribute.MaxOccurs switch { 1 => null, null => "unbounded", int max => XmlText.Of(max) });
        Flag("isPresentational", attribute.IsPresentational);
        BeginComponent(attribute);
        Reference("ConceptIdentity", attribute.Concept);
        Representation("LocalRepresentation", attribute.Representation, $"{structure.Reference}.{attribute.Id}", multilingual: true);
        foreach (MetadataAttribute child in attribute.Children)
        {
            MetadataAttribute(structure, child);
        }

        End();
    }
}
