using System.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Content of SDMX-ML 2.1 structure messages. Parts by theme stand in the other files of this class.</summary>
internal sealed partial class StructureXml21(XmlWriter xml, IssueList issues) : StructureXml(xml, SdmxNamespaces.V21, issues)
{
    /// <inheritdoc/>
    protected internal override void Structures(IReadOnlyCollection<Maintainable> artefacts)
    {
        foreach (Maintainable artefact in artefacts.Where(a => !HasForm(a)))
        {
            NotCarried(artefact.Type.Class, artefact.Reference);
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
        Container("StructureSets", carried.Select(m => (Map: m, Container: ContainerOf(m))).Where(m => m.Container is not null)
            .GroupBy(m => (m.Map.AgencyId, m.Container!.Id, m.Map.Version), m => m.Map), StructureSet);
        Container("ReportingTaxonomies", carried.OfType<ReportingTaxonomy>(), ReportingTaxonomy);
        Container("Processes", carried.OfType<Process>(), Process);
        Container("Constraints", carried.OfType<Constraint>(), Constraint);
        Container("ProvisionAgreements", carried.OfType<ProvisionAgreement>(), ProvisionAgreement);
        Container("CustomTypes", carried.OfType<CustomTypeScheme>(), CustomTypeScheme);
        Container("VtlMappings", carried.OfType<VtlMappingScheme>(), VtlMappingScheme);
        Container("NamePersonalisations", carried.OfType<NamePersonalisationScheme>(), NamePersonalisationScheme);
        Container("Rulesets", carried.OfType<RulesetScheme>(), RulesetScheme);
        Container("Transformations", carried.OfType<TransformationScheme>(), TransformationScheme);
        Container("UserDefinedOperators", carried.OfType<UserDefinedOperatorScheme>(), UserDefinedOperatorScheme);
    }

    /// <summary>True when 2.1 has a form for an artefact.</summary>
    internal static bool HasForm(Maintainable artefact) => artefact switch
    {
        ValueList or HierarchyAssociation or MetadataProvisionAgreement or MetadataSet => false,
        // Maps stand in structure sets; there they refer to each other by local ids.
        Model.StructureMap or Model.RepresentationMap or Model.ItemSchemeMap => ContainerOf(artefact) is not null,
        // It is told from a constraint on data only by what it holds or is attached to.
        MetadataConstraint constraint => IsOfMetadata(constraint),
        OrganisationScheme scheme => scheme.Type != StructureType.MetadataProviderScheme,
        // Several measures would need a measure dimension and other data; that is another structure, not another form of this one.
        DataStructure structure => structure.Measures.Length <= 1,
        _ => true,
    };

    private static StructureSetContainer? ContainerOf(Maintainable artefact) => artefact switch
    {
        Model.StructureMap map => map.Container,
        Model.RepresentationMap map => map.Container,
        Model.ItemSchemeMap map => map.Container,
        _ => null,
    };

    /// <summary>Starts an artefact: attributes. True when its content is to be written, false for a stub.</summary>
    protected override bool Begin(Maintainable artefact) => Begin(artefact.Type.Class, artefact);

    private bool Begin(string element, Maintainable artefact, string? id = null)
    {
        Start(element);
        Attribute("id", id ?? artefact.Id);
        Attribute("agencyID", artefact.AgencyId);
        Attribute("version", artefact is OrganisationScheme scheme ? FixedVersion(scheme) : Version(artefact.Version.ToString(), artefact.Urn));
        Attribute("uri", artefact.Uri);
        Attribute("validFrom", artefact.ValidFrom);
        Attribute("validTo", artefact.ValidTo);
        if (artefact is not OrganisationScheme { Type.Class: "AgencyScheme" or "DataProviderScheme" or "DataConsumerScheme" })
        {
            // In 3.0 the version says it: a stable version can no longer change.
            Flag("isFinal", artefact.IsFinal ?? artefact.Version.IsStable);
        }
        else if (artefact.IsFinal == true)
        {
            NotCarried("Maintainable.IsFinal", artefact.Reference);
        }

        if (artefact.IsPartialLanguage)
        {
            NotCarried("Maintainable.IsPartialLanguage", artefact.Reference);
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
            return Version(scheme.Version.ToString(), scheme.Urn);
        }

        if (scheme.Version != SdmxVersion.Default)
        {
            NotCarried("Maintainable.Version", scheme.Reference);
        }

        return "1.0";
    }

    /// <summary>A version as 2.1 has it: numbers and dots. Extensions and wildcards are cut off.</summary>
    internal static string PlainVersion(string version)
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

        // 1.0+.0 means "1.0.0 or later": without the wildcard it means 1.0.0.
        string plain = version[end] == '-' ? version[..end] : version.Replace("+", "", StringComparison.Ordinal);
        return plain.Length > 0 && plain.All(c => char.IsAsciiDigit(c) || c == '.') ? plain : "1.0";
    }

    /// <summary>A version as 2.1 has it, with an issue when it is another one.</summary>
    private string Version(string version, object owner)
    {
        string plain = PlainVersion(version);
        if (plain != version)
        {
            NotCarried(owner is StructureReference ? "StructureReference.Version" : "Maintainable.Version", owner);
        }

        return plain;
    }

    /// <inheritdoc/>
    protected override void BeginItem(string element, Item item)
    {
        Start(element);
        Attribute("id", item.Id);
        Attribute("uri", item.Uri);
        Names(item);
    }

    /// <summary>Writes a reference as Ref element; nothing for null.</summary>
    protected override void Reference(string element, StructureReference? reference)
    {
        if (reference is null)
        {
            return;
        }

        Start(element);
        Ref(reference);
        End();
    }

    /// <inheritdoc/>
    protected internal override void ReferenceContent(StructureReference reference) => Ref(reference);

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
        Attribute("package", reference.Type.Package == "structuremapping" ? "mapping" : reference.Type.Package);
        Attribute("class", ClassOf(reference));
        End();
    }

    private static string ClassOf(StructureReference reference)
        => (reference.ItemId is null ? reference.Type.Class : reference.ItemClassName ?? reference.Type.ItemClass ?? reference.Type.Class) switch
        {
            "DataConstraint" => "ContentConstraint",
            // As a maintainable artefact it is the hierarchical codelist; inside one it is the hierarchy.
            "Hierarchy" when reference.ItemId is null => "HierarchicalCodelist",
            "StructureMap" when reference.ItemId is null => "StructureSet",
            "VtlDataflowMapping" => "VtlMapping",
            "DataAttribute" => "Attribute",
            "Measure" => "PrimaryMeasure",
            string name => name,
        };

    /// <inheritdoc/>
    protected override void Inner(string element, string id) => Local(element, id);

    /// <summary>Writes a reference inside the artefact.</summary>
    /// <param name="element">Element that holds the reference.</param>
    /// <param name="id">Id, dotted when nested.</param>
    /// <param name="kind">Class where the schema requires it, else null.</param>
    /// <param name="package">Package where the schema requires it, else null.</param>
    /// <param name="container">Id of the container where the schema requires it, else null.</param>
    private void Local(string element, string id, string? kind = null, string? package = null, string? container = null)
    {
        Start(element);
        Xml.WriteStartElement("Ref", "");
        Attribute("containerID", container);
        Attribute("id", id);
        Attribute("class", kind);
        Attribute("package", package);
        End();
        End();
    }
}
