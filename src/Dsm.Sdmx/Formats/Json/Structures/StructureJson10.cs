using System.Text.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Content of SDMX-JSON 1.0 structure messages, which have the information model of SDMX 2.1. Parts by theme stand in the other files
/// of this class.
/// </summary>
internal sealed partial class StructureJson10(Utf8JsonWriter json, IssueList issues) : StructureJson(json, "1.0", issues)
{
    /// <inheritdoc/>
    protected override void Structures(IReadOnlyCollection<Maintainable> artefacts)
    {
        Maintainable[] carried = [.. artefacts.Where(HasForm)];
        foreach (Maintainable artefact in artefacts.Except(carried))
        {
            NotCarried(artefact.Type.Class, artefact.Reference);
        }

        IEnumerable<OrganisationScheme> Schemes(StructureType type) => carried.OfType<OrganisationScheme>().Where(s => s.Type == type);
        Array("dataStructures", carried.OfType<DataStructure>(), DataStructure);
        Array("metadataStructures", carried.OfType<MetadataStructure>(), MetadataStructure);
        Array("categorySchemes", carried.OfType<CategoryScheme>(), CategoryScheme);
        Array("conceptSchemes", carried.OfType<ConceptScheme>(), ConceptScheme);
        Array("codelists", carried.OfType<Codelist>(), Codelist);
        Array("hierarchicalCodelists", carried.OfType<Hierarchy>().GroupBy(h => (h.AgencyId, h.Container?.Id ?? h.Id, h.Version)), HierarchicalCodelist);
        Array("agencySchemes", Schemes(StructureType.AgencyScheme), s => OrganisationScheme(s, "agencies"));
        Array("dataProviderSchemes", Schemes(StructureType.DataProviderScheme), s => OrganisationScheme(s, "dataProviders"));
        Array("dataConsumerSchemes", Schemes(StructureType.DataConsumerScheme), s => OrganisationScheme(s, "dataConsumers"));
        Array("organisationUnitSchemes", Schemes(StructureType.OrganisationUnitScheme), s => OrganisationScheme(s, "organisationUnits"));
        Array("dataflows", carried.OfType<Dataflow>(), Dataflow);
        Array("metadataflows", carried.OfType<Metadataflow>(), Metadataflow);
        Array("reportingTaxonomies", carried.OfType<ReportingTaxonomy>(), ReportingTaxonomy);
        Array("provisionAgreements", carried.OfType<ProvisionAgreement>(), ProvisionAgreement);
        Array("structureSets", carried.Where(IsMap).GroupBy(SetOf), StructureSet);
        Array("processes", carried.OfType<Process>(), Process);
        Array("categorisations", carried.OfType<Categorisation>(), Categorisation);
        Array("attachmentConstraints", carried.OfType<DataConstraint>().Where(c => c.Role == ConstraintRole.Attachment), Constraint);
        Array("contentConstraints", carried.OfType<DataConstraint>().Where(c => c.Role != ConstraintRole.Attachment), Constraint);
    }

    /// <summary>URNs have the names of SDMX 2.1 and no wildcards.</summary>
    protected override string Urn(StructureReference reference)
    {
        string version = PlainVersion(reference.Version, reference);
        string of = reference.ItemId is null
            ? reference.Type.Class switch { "DataConstraint" => "ContentConstraint", "Hierarchy" => "HierarchicalCodelist", string name => name }
            : (reference.ItemClassName ?? reference.Type.ItemClass ?? reference.Type.Class) switch { "Measure" => "PrimaryMeasure", string name => name };
        return $"urn:sdmx:org.sdmx.infomodel.{reference.Type.Package}.{of}={reference.AgencyId}:{reference.Id}({version}){(reference.ItemId is null ? "" : "." + reference.ItemId)}";
    }

    /// <inheritdoc/>
    protected override string Version(Maintainable artefact) => PlainVersion(artefact.Version.ToString(), artefact);

    private static bool HasForm(Maintainable artefact)
        => StructureXml21.HasForm(artefact) && artefact is not (VtlScheme or VtlMappingScheme or MetadataConstraint or MetadataSet);

    private string PlainVersion(string version, object owner)
    {
        int end = version.AsSpan().IndexOfAnyExcept("0123456789.");
        if (end < 0)
        {
            return version;
        }

        NotCarried(owner is Maintainable ? "Maintainable.Version" : "StructureReference.Version", owner is Maintainable of ? of.Reference : owner);
        string plain = version[end] == '-' ? version[..end] : version.Replace("+", "", StringComparison.Ordinal);
        return plain.Length > 0 && plain.All(c => char.IsAsciiDigit(c) || c == '.') ? plain : "1.0";
    }

    /// <summary>URN of what stands inside the artefact being written.</summary>
    private string Inside(Maintainable owner, string itemClass, string item)
        => Urn(owner.Reference with { Version = Version(owner), ItemId = item, ItemClassName = itemClass });
}
