using System.Collections.Immutable;
using System.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Metadata messages of SDMX-ML 3.0 and 3.1 (SDMXMetadataGeneric.xsd).</summary>
internal sealed class MetadataXml30(XmlWriter xml, SdmxFormat format, IssueList issues)
    : MetadataXml(xml, format, new StructureXml30(xml, format.Standard == "3.1" ? SdmxNamespaces.V31 : SdmxNamespaces.V30, issues))
{
    private bool _severalStructures;
    private StructureReference? _provider;

    /// <inheritdoc/>
    protected override bool HasForm(MetadataSet set) => true;

    /// <inheritdoc/>
    protected override StructureReference StructureOf(MetadataSet set)
        => set.MetadataStructure ?? set.Metadataflow ?? set.MetadataProvisionAgreement ?? new StructureReference(StructureType.Metadataflow, set.AgencyId, set.Id, set.Version.ToString());

    /// <inheritdoc/>
    protected override void DeclareNamespaces() => Xml.WriteAttributeString("xmlns", "md", null, Namespaces.GenericMetadata);

    /// <inheritdoc/>
    protected override void HeaderEnd(ImmutableArray<MetadataSet> sets)
    {
        // The header names one provider, for all sets.
        _provider = sets is [{ Provider: { } first }, ..] && first.Type == StructureType.MetadataProviderScheme && sets.All(s => s.Provider == first) ? first : null;
        if (_provider is not null)
        {
            Xml.WriteElementString("MetadataProvider", Namespaces.Message, _provider.Urn);
        }
    }

    /// <inheritdoc/>
    protected override void Sets(ImmutableArray<MetadataSet> sets, IReadOnlyDictionary<StructureReference, string> structures)
    {
        _severalStructures = structures.Count > 1;
        foreach (MetadataSet set in sets)
        {
            Set(set);
        }
    }

    private void Set(MetadataSet set)
    {
        Losses(set);
        Xml.WriteStartElement("MetadataSet", Namespaces.Message);
        Parts.Attribute("agencyID", set.AgencyId);
        Parts.Attribute("id", set.Id);
        Parts.Attribute("version", set.Version.ToString());
        Parts.Attribute("urn", set.Urn);
        Parts.Attribute("uri", set.Uri);
        Parts.Attribute("validFrom", set.ValidFrom);
        Parts.Attribute("validTo", set.ValidTo);
        Parts.Flag("isExternalReference", set.IsExternalReference);
        Parts.Attribute("serviceURL", set.ServiceUrl);
        Parts.Attribute("structureURL", set.StructureUrl);
        if (Namespaces == SdmxNamespaces.V31)
        {
            Parts.Flag("isPartialLanguage", set.IsPartialLanguage);
        }

        SetAttributes(set);
        Parts.Annotations(set.Annotations);
        Parts.Links(set.Links, "Maintainable", set.Reference);
        Parts.Texts("Name", set.Name.IsEmpty ? LocalisedText.Of(set.Id) : set.Name, Namespaces.Common);
        Parts.Texts("Description", set.Description, Namespaces.Common);
        if (!set.Targets.IsEmpty && !set.Attributes.IsEmpty)
        {
            Content(set);
        }
        else
        {
            // The schema has all or nothing, as a deletion and a stub do.
            Lost("MetadataSet.Attributes", !set.Attributes.IsEmpty, set);
            Lost("MetadataSet.Targets", !set.Targets.IsEmpty, set);
            Lost("MetadataSet.Metadataflow", set.Metadataflow is not null, set);
            Lost("MetadataSet.MetadataProvisionAgreement", set.MetadataProvisionAgreement is not null, set);
        }

        Xml.WriteEndElement();
    }

    private void Content(MetadataSet set)
    {
        if (set.MetadataProvisionAgreement is { } agreement)
        {
            if (set.Metadataflow is not null)
            {
                Parts.NotCarried("MetadataSet.Metadataflow", set.Reference);
            }

            Element("MetadataProvisionAgreement", agreement.Urn);
        }
        else
        {
            Element("Metadataflow", FlowOf(set, Parts).Urn);
        }

        foreach (string target in set.Targets)
        {
            Element("Target", target);
        }

        foreach (ReportedAttribute attribute in set.Attributes)
        {
            Attribute(attribute, set);
        }
    }

    /// <summary>The metadataflow of a set. A report of 2.1 may name the structure only: the flow of the same identity is meant, as in the samples of the standard.</summary>
    public static StructureReference FlowOf(MetadataSet set, StructureXml parts)
    {
        if (set.Metadataflow is { } flow)
        {
            return flow;
        }

        parts.NotCarried("MetadataSet.MetadataStructure", set.Reference);
        return (set.MetadataStructure ?? set.Reference) with { Type = StructureType.Metadataflow };
    }

    private void Attribute(ReportedAttribute attribute, MetadataSet set)
    {
        Xml.WriteStartElement("Attribute", Namespaces.GenericMetadata);
        Parts.Attribute("id", attribute.Id);
        Parts.Annotations(attribute.Annotations);
        if (attribute.Value is { } value)
        {
            Element("Value", value);
            if (!attribute.Text.IsEmpty)
            {
                Parts.NotCarried("ReportedAttribute.Text", set.Reference);
            }
        }
        else
        {
            Texts(attribute, unique: true, set.Reference);
        }

        foreach (ReportedAttribute child in attribute.Children)
        {
            Attribute(child, set);
        }

        Xml.WriteEndElement();
    }

    private void Lost(string property, bool isLost, MetadataSet set)
    {
        if (isLost)
        {
            Parts.NotCarried(property, set.Reference);
        }
    }

    private void Losses(MetadataSet set)
    {
        Lost("Maintainable.IsPartialLanguage", set.IsPartialLanguage && Namespaces != SdmxNamespaces.V31, set);
        Lost("MetadataSet.MetadataStructure", set.MetadataStructure is not null && _severalStructures, set);
        Lost("MetadataSet.Provider", set.Provider != _provider, set);
        Lost("MetadataSet.SetId", set.SetId is not null, set);
        Lost("MetadataSet.ReportId", set.ReportId is not null, set);
        Lost("MetadataSet.ReportTarget", set.ReportTarget is not null, set);
        Lost("MetadataSet.ReportAnnotations", !set.ReportAnnotations.IsEmpty, set);
    }

    private void Element(string name, string text) => Xml.WriteElementString(name, Namespaces.GenericMetadata, XmlText.Clean(text));
}
