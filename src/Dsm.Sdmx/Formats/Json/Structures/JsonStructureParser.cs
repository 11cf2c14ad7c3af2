using System.Collections.Immutable;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Reads the data object of an SDMX-JSON structure message into the model, for 1.0, 2.0 and 2.1: they differ in names of members, which
/// is told apart here. Members may come in any order. Parts by theme stand in the other files of this class.
/// </summary>
internal sealed partial class JsonStructureParser(JsonWalker cursor, string version, List<Maintainable> artefacts)
{
    private readonly HashSet<(string Class, string Agency, string Id, string Version)> _seen = [];

    /// <summary>Reads all artefacts of the data object the cursor stands on.</summary>
    public void Structures()
    {
        foreach (string container in cursor.Members())
        {
            if (Reader(container) is not { } read)
            {
                cursor.Report(IssueCodes.ArtefactSkipped, container);
                continue;
            }

            foreach (int _ in cursor.Elements())
            {
                Location location = cursor.Location;
                foreach (Maintainable artefact in read())
                {
                    Take(artefact, location);
                }
            }
        }
    }

    private void Take(Maintainable artefact, Location location)
    {
        if (!_seen.Add((artefact.Type.Class, artefact.AgencyId, artefact.Id, artefact.Version.ToString())))
        {
            cursor.Issues.Add(IssueCodes.DuplicateId, location, artefact.Reference, artefact.Type.Class);
        }

        artefacts.Add(artefact);
    }

    private Func<IEnumerable<Maintainable>>? Reader(string container) => container switch
    {
        "dataStructures" => () => One(DataStructure()),
        "metadataStructures" => () => One(MetadataStructure()),
        "categorySchemes" => () => One(CategoryScheme()),
        "conceptSchemes" => () => One(ConceptScheme()),
        "codelists" or "geographicCodelists" or "geoGridCodelists" => () => One(Codelist(container)),
        // a registry in use writes it in small letters
        "valueLists" or "valuelists" => () => One(ValueList()),
        "hierarchies" => () => One(Hierarchy()),
        "hierarchicalCodelists" => HierarchicalCodelist,
        "hierarchyAssociations" => () => One(HierarchyAssociation()),
        "agencySchemes" => () => One(OrganisationScheme(StructureType.AgencyScheme)),
        "dataProviderSchemes" => () => One(OrganisationScheme(StructureType.DataProviderScheme)),
        "dataConsumerSchemes" => () => One(OrganisationScheme(StructureType.DataConsumerScheme)),
        "metadataProviderSchemes" => () => One(OrganisationScheme(StructureType.MetadataProviderScheme)),
        "organisationUnitSchemes" => () => One(OrganisationScheme(StructureType.OrganisationUnitScheme)),
        "dataflows" => () => One(Dataflow()),
        "metadataflows" => () => One(Metadataflow()),
        "reportingTaxonomies" => () => One(ReportingTaxonomy()),
        "provisionAgreements" => () => One(ProvisionAgreement()),
        "metadataProvisionAgreements" => () => One(MetadataProvisionAgreement()),
        "structureMaps" => () => One(StructureMap()),
        "representationMaps" => () => One(RepresentationMap()),
        "conceptSchemeMaps" => () => One(ItemSchemeMap(StructureType.ConceptSchemeMap)),
        "categorySchemeMaps" => () => One(ItemSchemeMap(StructureType.CategorySchemeMap)),
        "organisationSchemeMaps" => () => One(ItemSchemeMap(StructureType.OrganisationSchemeMap)),
        "reportingTaxonomyMaps" => () => One(ItemSchemeMap(StructureType.ReportingTaxonomyMap)),
        "structureSets" => StructureSet,
        "processes" => () => One(Process()),
        "categorisations" => () => One(Categorisation()),
        "dataConstraints" or "contentConstraints" or "attachmentConstraints" => () => One(DataConstraint(container)),
        "availabilityConstraints" => () => One(AvailabilityConstraint()),
        "metadataConstraints" => () => One(MetadataConstraint()),
        "customTypeSchemes" => () => One(CustomTypeScheme()),
        "vtlMappingSchemes" => () => One(VtlMappingScheme()),
        "namePersonalisationSchemes" => () => One(NamePersonalisationScheme()),
        "rulesetSchemes" => () => One(RulesetScheme()),
        "transformationSchemes" => () => One(TransformationScheme()),
        "userDefinedOperatorSchemes" => () => One(UserDefinedOperatorScheme()),
        _ => null,
    };

    private static IEnumerable<Maintainable> One(Maintainable? artefact) => artefact is null ? [] : [artefact];

    /// <summary>What every artefact and item may have. Accumulates while its members are read, in whatever order they come.</summary>
    private sealed class Parts
    {
        public required Location Location { get; init; }

        public string? Id { get; set; }

        public string? AgencyId { get; set; }

        public SdmxVersion Version { get; set; } = SdmxVersion.Default;

        public string? BestName { get; set; }

        public LocalisedText Names { get; set; }

        public string? BestDescription { get; set; }

        public LocalisedText Descriptions { get; set; }

        public string? ValidFrom { get; set; }

        public string? ValidTo { get; set; }

        public bool? IsFinal { get; set; }

        public bool IsExternalReference { get; set; }

        public bool IsPartial { get; set; }

        public bool IsPartialLanguage { get; set; }

        public string? ParentId { get; set; }

        public string? ServiceUrl { get; set; }

        public bool HasVersion { get; set; }

        public string? Uri { get; set; }

        public ImmutableArray<Annotation> Annotations { get; set; } = [];

        public List<Link> Links { get; } = [];

        /// <summary>URIs of the links in <see cref="Links"/> that name one beside their URL.</summary>
        public Dictionary<Link, string> Uris { get; } = [];

        // The best match has no language of its own; it counts only where no languages are given.
        public LocalisedText Name => Names.IsEmpty && BestName is not null ? LocalisedText.Of(BestName) : Names;

        public LocalisedText Description => Descriptions.IsEmpty && BestDescription is not null ? LocalisedText.Of(BestDescription) : Descriptions;
    }

    private Parts Begin() => new() { Location = cursor.Location };

    /// <summary>Reads a member that artefacts and items have in common; false when it is none.</summary>
    private bool Common(Parts parts, string member)
    {
        switch (member)
        {
            case "id":
                parts.Id = cursor.Text();
                return true;
            case "name":
                parts.BestName = cursor.Text();
                return true;
            case "names":
                parts.Names = JsonMeta.Languages(cursor);
                return true;
            case "description":
                parts.BestDescription = cursor.Text();
                return true;
            case "descriptions":
                parts.Descriptions = JsonMeta.Languages(cursor);
                return true;
            case "annotations":
                parts.Annotations = List(Annotation);
                return true;
            case "links":
                Links(parts);
                return true;
            case "parent":
                parts.ParentId = ItemOf(cursor.Text());
                return true;
            default:
                // Extensions begin with x-; unknown members may be new in later versions and are to be passed over.
                return member.StartsWith("x-", StringComparison.Ordinal);
        }
    }

    /// <summary>Reads a member that all artefacts have in common; false when it is none.</summary>
    private bool Header(Parts parts, string member)
    {
        switch (member)
        {
            case "agencyID":
                parts.AgencyId = cursor.Text();
                return true;
            case "version":
                Version(parts);
                return true;
            case "validFrom":
                parts.ValidFrom = cursor.Text();
                return true;
            case "validTo":
                parts.ValidTo = cursor.Text();
                return true;
            case "isFinal":
                parts.IsFinal = cursor.Flag();
                return true;
            case "isExternalReference":
                parts.IsExternalReference = cursor.Flag() ?? false;
                return true;
            case "isPartial":
                parts.IsPartial = cursor.Flag() ?? false;
                return true;
            case "isPartialLanguage":
                parts.IsPartialLanguage = cursor.Flag() ?? false;
                return true;
            default:
                return Common(parts, member);
        }
    }

    private void Version(Parts parts)
    {
        string? written = cursor.Text();
        if (written is null)
        {
            return;
        }

        if (SdmxVersion.TryParse(written, out SdmxVersion parsed))
        {
            parts.Version = parsed;
            parts.HasVersion = true;
        }
        else
        {
            cursor.Report(IssueCodes.InvalidVersion, written);
        }
    }

    /// <summary>Puts what the members said into an artefact; null with a finding when it has no identity.</summary>
    private T? Complete<T>(Parts parts, Func<string, string, T> make)
        where T : Maintainable
    {
        foreach ((string member, string? value) in new[] { ("id", parts.Id), ("agencyID", parts.AgencyId) })
        {
            if (string.IsNullOrEmpty(value))
            {
                cursor.Issues.Add(IssueCodes.MissingElement, parts.Location, member, typeof(T).Name);
                return null;
            }

            if (!Ids.IsMatch(value, allowDots: member == "agencyID"))
            {
                cursor.Issues.Add(IssueCodes.InvalidId, parts.Location, value, typeof(T).Name);
            }
        }

        // The link to itself tells where the artefact is and what describes it.
        Link? self = parts.Links.Find(l => l.Rel == "self" && l.Urn?.Contains($"={parts.AgencyId}:{parts.Id}(", StringComparison.Ordinal) == true && !l.Urn.EndsWith('.'));
        return make(parts.AgencyId!, parts.Id!) with
        {
            Version = parts.Version,
            Name = parts.Name,
            Description = parts.Description,
            ValidFrom = parts.ValidFrom,
            ValidTo = parts.ValidTo,
            IsFinal = parts.IsFinal ?? (version == "1.0" ? false : null),
            IsExternalReference = parts.IsExternalReference,
            IsPartialLanguage = parts.IsPartialLanguage,
            StructureUrl = self?.Url is { Length: > 0 } url ? url : null,
            ServiceUrl = parts.ServiceUrl,
            Uri = self is not null && parts.Uris.TryGetValue(self, out string? uri) ? uri : parts.Uri,
            Annotations = parts.Annotations,
            Links = [.. parts.Links.Where(l => !ReferenceEquals(l, self))],
        };
    }

    /// <summary>Puts what the members said into an item; null with a finding when it has no id.</summary>
    private T? Complete<T>(Parts parts, T item)
        where T : Item
    {
        if (string.IsNullOrEmpty(parts.Id))
        {
            cursor.Issues.Add(IssueCodes.MissingElement, parts.Location, "id", typeof(T).Name);
            return null;
        }

        // Values of value lists may be any text.
        if (item is not ValueItem && !Ids.IsMatch(parts.Id))
        {
            cursor.Issues.Add(IssueCodes.InvalidId, parts.Location, parts.Id, typeof(T).Name);
        }

        return item with
        {
            Id = parts.Id,
            Name = parts.Name,
            Description = parts.Description,
            ParentId = parts.ParentId,
            Uri = parts.Uri,
            Annotations = parts.Annotations,
            // Services link items to themselves.
            Links = [.. parts.Links.Where(l => l.Rel != "self" || l.Urn?.EndsWith("." + parts.Id, StringComparison.Ordinal) != true)],
        };
    }

    /// <summary>Says that an artefact that is more than a stub lacks something.</summary>
    private void Missing(Parts parts, string member)
    {
        if (!parts.IsExternalReference)
        {
            cursor.Issues.Add(IssueCodes.MissingElement, parts.Location, member, $"{parts.AgencyId}:{parts.Id}");
        }
    }
}
