using System.Collections.Frozen;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Reads the content of a Structures element into the model, for all versions: they differ in references (Ref elements or URNs) and in
/// names of containers, which is told apart here. Parts by theme stand in the other files of this class.
/// </summary>
internal sealed partial class StructureParser(XmlCursor cursor, string standard, List<Maintainable> artefacts)
{
    private readonly bool _version3 = standard[0] == '3';

    private readonly HashSet<(string Class, string Agency, string Id, string Version)> _seen = [];

    /// <summary>Agency of the artefact being read; holds for references that name none.</summary>
    private string _agency = "";

    /// <summary>Reads all artefacts of the Structures element the cursor stands on.</summary>
    public void Structures()
    {
        foreach (string container in cursor.Children())
        {
            if (KnownArtefact(container) is not null)
            {
                // Some services leave the container out.
                Artefact();
                continue;
            }

            bool any = false;
            foreach (string _ in cursor.Children())
            {
                any = true;
                Artefact();
            }

            if (!any && !container.EndsWith('s'))
            {
                cursor.Unexpected("Structures");
            }
        }
    }

    private static StructureType? KnownArtefact(string element) => element switch
    {
        "HierarchicalCodelist" => StructureType.Hierarchy,
        "ContentConstraint" or "AvailabilityConstraint" => StructureType.DataConstraint,
        "GeographicCodelist" or "GeoGridCodelist" => StructureType.Codelist,
        "StructureSet" => StructureType.StructureMap,
        // Read by a reader of its own.
        "MetadataSet" => null,
        _ => Types.GetValueOrDefault(element),
    };

    private static readonly FrozenDictionary<string, StructureType> Types = StructureType.All.ToFrozenDictionary(t => t.Class);

    private void Artefact()
    {
        string element = cursor.Name;
        if (KnownArtefact(element) is not { } type)
        {
            cursor.Skipped(element);
            return;
        }

        if (element == "AvailabilityConstraint")
        {
            if (AvailabilityConstraint() is { } availability)
            {
                artefacts.Add(availability);
            }

            return;
        }

        Header header = ReadHeader(type);
        if (header.Id.Length == 0)
        {
            return;
        }

        IEnumerable<Maintainable?> read = element switch
        {
            "AgencyScheme" or "DataProviderScheme" or "DataConsumerScheme" or "OrganisationUnitScheme" or "MetadataProviderScheme" => [OrganisationScheme(header, type)],
            "Codelist" => [Codelist(header)],
            "ValueList" => [ValueList(header)],
            "ConceptScheme" => [ConceptScheme(header)],
            "CategoryScheme" => [CategoryScheme(header)],
            "Categorisation" => [Categorisation(header)],
            "Hierarchy" => [Hierarchy(header)],
            "HierarchicalCodelist" => HierarchicalCodelist(header),
            "HierarchyAssociation" => [HierarchyAssociation(header)],
            "DataStructure" => [DataStructure(header)],
            "Dataflow" => [Dataflow(header)],
            "DataConstraint" or "ContentConstraint" or "MetadataConstraint" or "AttachmentConstraint" => [AnyConstraint(header, element)],
            "ProvisionAgreement" => [ProvisionAgreement(header)],
            "MetadataStructure" => [MetadataStructure(header)],
            "Metadataflow" => [Metadataflow(header)],
            "MetadataProvisionAgreement" => [MetadataProvisionAgreement(header)],
            "StructureMap" => [StructureMap(header)],
            "RepresentationMap" => [RepresentationMap(header)],
            "StructureSet" => StructureSet(header),
            "GeographicCodelist" => [Codelist(header, GeoCodelistType.Geographic)],
            "GeoGridCodelist" => [Codelist(header, GeoCodelistType.Grid)],
            "ReportingTaxonomy" => [ReportingTaxonomy(header)],
            "Process" => [Process(header)],
            "TransformationScheme" => [TransformationScheme(header)],
            "RulesetScheme" => [RulesetScheme(header)],
            "UserDefinedOperatorScheme" => [UserDefinedOperatorScheme(header)],
            "CustomTypeScheme" => [CustomTypeScheme(header)],
            "NamePersonalisationScheme" => [NamePersonalisationScheme(header)],
            "VtlMappingScheme" => [VtlMappingScheme(header)],
            _ => [ItemSchemeMap(header, type)],
        };
        foreach (Maintainable artefact in read.OfType<Maintainable>())
        {
            Take(artefact, header);
        }
    }

    private void Take(Maintainable artefact, Header header)
    {
        if (!_seen.Add((artefact.Type.Class, artefact.AgencyId, artefact.Id, artefact.Version.ToString())))
        {
            cursor.Issues.Add(IssueCodes.DuplicateId, header.Location, artefact.Reference, artefact.Type.Class);
        }

        artefacts.Add(artefact);
    }

    /// <summary>What stands in the start tag of an artefact, and what its first children say. Accumulates while its children are read.</summary>
    private sealed class Header
    {
        public required Location Location { get; init; }

        public required StructureType Type { get; init; }

        public required string Id { get; init; }

        public required string AgencyId { get; init; }

        public SdmxVersion Version { get; init; }

        public string? ValidFrom { get; init; }

        public string? ValidTo { get; init; }

        public bool? IsFinal { get; init; }

        public bool IsExternalReference { get; init; }

        public bool IsPartial { get; init; }

        public bool IsPartialLanguage { get; init; }

        public string? StructureUrl { get; init; }

        public string? ServiceUrl { get; init; }

        public string? Uri { get; init; }

        public NameParts Parts { get; init; } = new();
    }

    private Header ReadHeader(StructureType type)
    {
        Location location = cursor.Location;
        string id = cursor.Attribute("id") ?? "";
        string agency = cursor.Attribute("agencyID") ?? "";
        foreach ((string attribute, string value) in new[] { ("id", id), ("agencyID", agency) })
        {
            if (value.Length == 0)
            {
                cursor.Report(IssueCodes.MissingElement, attribute, cursor.Name);
            }
            else if (!Ids.IsMatch(value, allowDots: attribute == "agencyID"))
            {
                cursor.Report(IssueCodes.InvalidId, value, cursor.Name);
            }
        }

        string? written = cursor.Attribute("version");
        SdmxVersion version = SdmxVersion.Default;
        if (written is not null && !SdmxVersion.TryParse(written, out version))
        {
            cursor.Report(IssueCodes.InvalidVersion, written);
            version = SdmxVersion.Default;
        }

        _agency = agency;
        return new Header
        {
            Location = location,
            Type = type,
            Id = agency.Length == 0 ? "" : id,
            AgencyId = agency,
            Version = version,
            ValidFrom = cursor.Attribute("validFrom"),
            ValidTo = cursor.Attribute("validTo"),
            // False by the schema of 2.1; 3.0 has no such attribute, there the version says it.
            IsFinal = cursor.Flag("isFinal") ?? (_version3 ? null : false),
            IsExternalReference = cursor.Flag("isExternalReference") ?? false,
            IsPartial = cursor.Flag("isPartial") ?? false,
            IsPartialLanguage = cursor.Flag("isPartialLanguage") ?? false,
            StructureUrl = cursor.Attribute("structureURL"),
            ServiceUrl = cursor.Attribute("serviceURL"),
            Uri = cursor.Attribute("uri"),
        };
    }

    /// <summary>Puts what the header says into an artefact made with its own content.</summary>
    private static T Complete<T>(T artefact, Header header)
        where T : Maintainable => artefact with
        {
            Version = header.Version,
            Name = header.Parts.Name,
            Description = header.Parts.Description,
            ValidFrom = header.ValidFrom,
            ValidTo = header.ValidTo,
            IsFinal = header.IsFinal,
            IsExternalReference = header.IsExternalReference,
            StructureUrl = header.StructureUrl,
            ServiceUrl = header.ServiceUrl,
            Uri = header.Uri,
            IsPartialLanguage = header.IsPartialLanguage,
            Annotations = header.Parts.Annotations,
            Links = header.Parts.Links,
        };

    /// <summary>Says what is missing, unless only a stub is here.</summary>
    private void Missing(Header header, string element)
    {
        if (!header.IsExternalReference)
        {
            cursor.Issues.Add(IssueCodes.MissingElement, header.Location, element, $"{header.Type.Class} {header.AgencyId}:{header.Id}");
        }
    }
}
