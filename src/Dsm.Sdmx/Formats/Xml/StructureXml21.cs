using System.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Content of SDMX-ML 2.1 structure messages. Parts by theme stand in the other files of this class.</summary>
internal sealed partial class StructureXml21(XmlWriter xml, IssueList issues) : StructureXml(xml, SdmxNamespaces.V21, issues)
{
    /// <inheritdoc/>
    protected override void Structures(IReadOnlyCollection<Maintainable> artefacts)
    {
        foreach (Maintainable artefact in artefacts.Where(a => !HasForm(a)))
        {
            NotCarried($"{artefact.Type} {artefact.Reference}");
        }

        Maintainable[] carried = [.. artefacts.Where(HasForm)];
        Container("OrganisationSchemes", carried.OfType<OrganisationScheme>(), OrganisationScheme);
        Container("Dataflows", carried.OfType<Dataflow>(), Dataflow);
        Container("Metadataflows", carried.OfType<Metadataflow>(), Metadataflow);
        Container("CategorySchemes", carried.OfType<CategoryScheme>(), CategoryScheme);
        Container("Categorisations", carried.OfType<Categorisation>(), Categorisation);
        Container("Codelists", carried.OfType<Codelist>(), Codelist);
        Container("HierarchicalCodelists", carried.OfType<Hierarchy>().GroupBy(h => (h.AgencyId, h.Container?.Id ?? h.Id, h.Version)), HierarchicalCodelist);
        Container("Concepts", carried.OfType<ConceptScheme>(), ConceptScheme);
        Container("MetadataStructures", carried.OfType<MetadataStructure>(), MetadataStructure);
        Container("DataStructures", carried.OfType<DataStructure>(), DataStructure);
        Container("Constraints", carried.OfType<DataConstraint>(), ContentConstraint);
        Container("ProvisionAgreements", carried.OfType<ProvisionAgreement>(), ProvisionAgreement);
    }

    /// <inheritdoc/>
    protected override void Sentinel(SentinelValue value) => NotCarried($"SentinelValue {value.Value}");

    /// <summary>True when 2.1 has a form for an artefact.</summary>
    internal static bool HasForm(Maintainable artefact) => artefact switch
    {
        Model.ValueList or Model.StructureMap or Model.RepresentationMap or Model.HierarchyAssociation or Model.MetadataProvisionAgreement => false,
        OrganisationScheme scheme => scheme.Type != StructureType.MetadataProviderScheme,
        // Several measures would need a measure dimension and other data; that is another structure, not another form of this one.
        DataStructure structure => structure.Measures.Length <= 1,
        _ => true,
    };

    /// <summary>Starts an artefact: attributes. True when its content is to be written, false for a stub.</summary>
    private bool Begin(string element, Maintainable artefact, string? id = null)
    {
        Start(element);
        Attribute("id", id ?? artefact.Id);
        Attribute("agencyID", artefact.AgencyId);
        Attribute("version", artefact is OrganisationScheme scheme ? FixedVersion(scheme) : Version(artefact.Version.ToString(), artefact.Reference));
        Attribute("uri", artefact.Uri);
        Attribute("validFrom", artefact.ValidFrom);
        Attribute("validTo", artefact.ValidTo);
        if (artefact is not OrganisationScheme { Type.Class: "AgencyScheme" or "DataProviderScheme" or "DataConsumerScheme" })
        {
            // In 3.0 the version says it: a stable version can no longer change.
            Flag("isFinal", artefact.IsFinal ?? artefact.Version.IsStable);
        }

        Flag("isExternalReference", artefact.IsExternalReference);
        Attribute("serviceURL", artefact.ServiceUrl);
        Attribute("structureURL", artefact.StructureUrl);
        if (artefact is ItemScheme { IsPartial: true })
        {
            Flag("isPartial", true);
        }

        // Some services mark what they cut down to part of a list as external, with the part in it.
        return artefact is not { IsExternalReference: true } or ItemScheme { IsPartial: true };
    }

    private string FixedVersion(OrganisationScheme scheme)
    {
        if (scheme.Type == StructureType.OrganisationUnitScheme)
        {
            return Version(scheme.Version.ToString(), scheme.Reference);
        }

        if (scheme.Version != SdmxVersion.Default)
        {
            NotCarried($"version of {scheme.Reference}");
        }

        return "1.0";
    }

    /// <summary>A version as 2.1 has it: numbers and dots. Extensions and wildcards are cut off, with an issue.</summary>
    private string Version(string version, object owner)
    {
        int end = 0;
        while (end < version.Length && (char.IsAsciiDigit(version[end]) || version[end] == '.'))
        {
            end++;
        }

        if (end == version.Length)
        {
            return version;
        }

        NotCarried($"version {version} of {owner}");
        // 1.0+.0 means "1.0.0 or later": without the wildcard it means 1.0.0.
        string plain = version[end] == '-' ? version[..end] : version.Replace("+", "", StringComparison.Ordinal);
        return plain.Length > 0 && plain.All(c => char.IsAsciiDigit(c) || c == '.') ? plain : "1.0";
    }

    private void Names(Maintainable artefact) => Names(artefact.Id, artefact.Name, artefact.Description, artefact.Annotations);

    private void BeginItem(string element, Item item)
    {
        Start(element);
        Attribute("id", item.Id);
        Attribute("uri", item.Uri);
        Names(item.Id, item.Name, item.Description, item.Annotations);
    }

    /// <summary>Writes a reference as Ref element; nothing for null.</summary>
    private void Reference(string element, StructureReference? reference)
    {
        if (reference is null)
        {
            return;
        }

        Start(element);
        Ref(reference);
        End();
    }

    private void Ref(StructureReference reference)
    {
        // Ref is not in a namespace.
        Xml.WriteStartElement("Ref", "");
        string version = Version(reference.Version, reference);
        if (reference.ItemId is null)
        {
            Attribute("id", reference.Id);
            Attribute("version", version);
        }
        else
        {
            Attribute("id", reference.ItemId);
            Attribute("maintainableParentID", reference.Id);
            Attribute("maintainableParentVersion", version);
        }

        Attribute("agencyID", reference.AgencyId);
        Attribute("package", reference.Type.Package);
        Attribute("class", ClassOf(reference));
        End();
    }

    private static string ClassOf(StructureReference reference)
        => (reference.ItemId is null ? reference.Type.Class : reference.ItemClassName ?? reference.Type.ItemClass ?? reference.Type.Class) switch
        {
            "DataConstraint" => "ContentConstraint",
            // As a maintainable artefact it is the hierarchical codelist; inside one it is the hierarchy.
            "Hierarchy" when reference.ItemId is null => "HierarchicalCodelist",
            "DataAttribute" => "Attribute",
            "Measure" => "PrimaryMeasure",
            string name => name,
        };

    /// <summary>Writes a reference inside the artefact.</summary>
    private void Local(string element, string id)
    {
        Start(element);
        Xml.WriteStartElement("Ref", "");
        Attribute("id", id);
        End();
        End();
    }
}
