using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Metadata structures, metadataflows and agreements on them.</summary>
internal sealed partial class StructureXml30
{
    /// <summary>Target of metadataflows that name none.</summary>
    internal const string AnyTarget = "urn:sdmx:org.sdmx.infomodel.base.Any=*:*(*)";

    private void MetadataStructure(MetadataStructure structure)
    {
        bool content = Begin(structure);
        Names(structure);
        NotCarried("MetadataStructure.Targets", structure.Targets, structure.Reference);
        NotCarried("MetadataStructure.Reports", structure.Reports, structure.Reference);

        if (content && !structure.Attributes.IsEmpty)
        {
            Start("MetadataStructureComponents");
            Start("MetadataAttributeList");
            Notes("MetadataAttributeDescriptor", structure.AttributeNotes);
            foreach (MetadataAttribute attribute in structure.Attributes)
            {
                MetadataAttribute(attribute);
            }

            End();
            End();
        }

        End();
    }

    private void MetadataAttribute(MetadataAttribute attribute)
    {
        Start("MetadataAttribute");
        Attribute("id", attribute.Id);
        Attribute("minOccurs", attribute.MinOccurs == 1 ? null : XmlText.Of(attribute.MinOccurs));
        Attribute("maxOccurs", attribute.MaxOccurs switch { 1 => null, null => "unbounded", int max => XmlText.Of(max) });
        Attribute("uri", attribute.Uri);
        Flag("isPresentational", attribute.IsPresentational);
        Annotations(attribute.Annotations);
        Links(attribute.Links, "Component", attribute.Id);
        Reference("ConceptIdentity", attribute.Concept);
        Representation("LocalRepresentation", attribute.Representation, occurs: false, multilingual: true);
        foreach (MetadataAttribute child in attribute.Children)
        {
            MetadataAttribute(child);
        }

        End();
    }

    private void Metadataflow(Metadataflow flow)
    {
        bool content = Begin(flow);
        Names(flow);
        if (content || !flow.Targets.IsEmpty)
        {
            Reference("Structure", flow.Structure);
            // The schema requires a target. 2.1 has none here, which means: anything its structure admits.
            foreach (string target in flow.Targets.IsEmpty ? [AnyTarget] : flow.Targets)
            {
                Element("Target", target);
            }
        }

        End();
    }

    private void MetadataProvisionAgreement(MetadataProvisionAgreement agreement)
    {
        bool content = Begin(agreement);
        Names(agreement);
        if (content || agreement is { Metadataflow: not null, MetadataProvider: not null })
        {
            Reference("Metadataflow", agreement.Metadataflow);
            Reference("MetadataProvider", agreement.MetadataProvider);
            foreach (string target in agreement.Targets)
            {
                Element("Target", target);
            }
        }

        End();
    }
}
