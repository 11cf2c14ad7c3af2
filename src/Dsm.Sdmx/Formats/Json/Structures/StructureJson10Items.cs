using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Item schemes, hierarchies, agreements, taxonomies, processes.</summary>
internal sealed partial class StructureJson10
{
    private void Codelist(Codelist codelist)
    {
        bool content = Begin(codelist);
        NotCarried("Codelist.Extensions", codelist.Extensions, codelist.Reference);
        NotCarried("Codelist.GeoType", codelist.GeoType == GeoCodelistType.None ? null : "", codelist.Reference);
        NotCarried("Codelist.GridDefinition", codelist.GridDefinition, codelist.Reference);

        if (content)
        {
            Array("codes", codelist.Codes, code =>
            {
                BeginItem(code);
                Text("parent", code.ParentId);
                NotCarried("Code.Geometry", code.Geometry, $"{codelist.Reference}.{code.Id}");
            });
        }
    }

    private void ConceptScheme(ConceptScheme scheme)
    {
        if (Begin(scheme))
        {
            Array("concepts", scheme.Concepts, concept =>
            {
                BeginItem(concept);
                Text("parent", concept.ParentId is null ? null : Inside(scheme, "Concept", concept.ParentId));
                Representation("coreRepresentation", concept.CoreRepresentation, occurs: false);
                // The schema wants the URN of an SDMX concept, which an ISO concept has not.
                NotCarried("Concept.IsoConceptId", concept.IsoConceptId, $"{scheme.Reference}.{concept.Id}");
                NotCarried("Concept.IsoConceptAgency", concept.IsoConceptAgency, $"{scheme.Reference}.{concept.Id}");
                NotCarried("Concept.IsoConceptSchemeId", concept.IsoConceptSchemeId, $"{scheme.Reference}.{concept.Id}");
            });
        }
    }

    private void CategoryScheme(CategoryScheme scheme)
    {
        if (Begin(scheme))
        {
            Array("categories", scheme.Categories, Category);
        }
    }

    private void Category(Category category)
    {
        BeginItem(category);
        Array("categories", category.Children, Category);
    }

    private void Categorisation(Categorisation categorisation)
    {
        if (Begin(categorisation))
        {
            Reference("source", categorisation.Source);
            Reference("target", categorisation.Target);
        }
    }

    private void OrganisationScheme(OrganisationScheme scheme, string items)
    {
        if (Begin(scheme))
        {
            Array(items, scheme.Organisations, organisation =>
            {
                BeginItem(organisation);
                if (scheme.Type == StructureType.OrganisationUnitScheme)
                {
                    Text("parent", organisation.ParentId is null ? null : Inside(scheme, "OrganisationUnit", organisation.ParentId));
                }
                else if (organisation.ParentId is not null)
                {
                    NotCarried("Item.ParentId", $"{scheme.Reference}.{organisation.Id}");
                }

                Contacts(organisation.Contacts);
            });
        }
    }

    private void ProvisionAgreement(ProvisionAgreement agreement)
    {
        Begin(agreement);
        Reference("structureUsage", agreement.Dataflow);
        Reference("dataProvider", agreement.DataProvider);
    }

    private void ReportingTaxonomy(ReportingTaxonomy taxonomy)
    {
        if (Begin(taxonomy))
        {
            Array("reportingCategories", taxonomy.Categories, ReportingCategory);
        }
    }

    private void ReportingCategory(ReportingCategory category)
    {
        BeginItem(category);
        References("structuralMetadata", category.StructuralMetadata);
        References("provisioningMetadata", category.ProvisioningMetadata);
        Array("reportingCategories", category.Children, ReportingCategory);
    }

    private Process? _process;

    private void Process(Process process)
    {
        _process = process;
        if (Begin(process))
        {
            Array("processSteps", process.Steps, ProcessStep);
        }
    }

    /// <inheritdoc/>
    protected override string TargetStep(string path) => Inside(_process!, "ProcessStep", path);

    private void HierarchicalCodelist(IEnumerable<Hierarchy> hierarchies)
    {
        Hierarchy first = hierarchies.First();
        // Names of the codelist itself; a hierarchy that stands for itself gives its own.
        Hierarchy codelist = first.Container is not { } container ? first with { Links = [] } : first with
        {
            Id = container.Id,
            Name = container.Name,
            Description = container.Description,
            Uri = container.Uri,
            Annotations = container.Annotations,
        };
        if (!Begin(codelist))
        {
            return;
        }

        Array("hierarchies", hierarchies.Where(h => !h.Codes.IsEmpty), hierarchy =>
        {
            string id = hierarchy.Container?.HierarchyId ?? hierarchy.Id;
            Json.WriteString("id", id);
            Names(id, hierarchy.Name, hierarchy.Description);
            if (hierarchy.Container is not null)
            {
                Annotations(hierarchy.Annotations);
            }

            Links(hierarchy.Links, hierarchy.Container is null ? null : hierarchy.Uri);
            Json.WriteBoolean("leveled", hierarchy.HasFormalLevels);
            Level(hierarchy.Levels.AsSpan());
            Array("hierarchicalCodes", hierarchy.Codes, code => HierarchicalCode(code, codelist, id, hierarchy));
        });
    }

    private void HierarchicalCode(HierarchicalCode code, Hierarchy codelist, string id, Hierarchy hierarchy)
    {
        Json.WriteString("id", code.Id);
        Annotations(code.Annotations);
        Links(code.Links, code.Uri);
        Instant("validFrom", code.ValidFrom, "HierarchicalCode.ValidFrom", code.Id);
        Instant("validTo", code.ValidTo, "HierarchicalCode.ValidTo", code.Id);
        Text("version", code.Version);
        Reference("code", code.Code);
        if (code.Level is not null)
        {
            int at = hierarchy.Levels.Select(l => l.Id).ToList().IndexOf(code.Level);
            string path = at < 0 ? code.Level : string.Join('.', hierarchy.Levels.Take(at + 1).Select(l => l.Id));
            Json.WriteString("level", Inside(codelist, "Level", $"{id}.{path}"));
        }

        Array("hierarchicalCodes", code.Children, child => HierarchicalCode(child, codelist, id, hierarchy));
    }

    private void Level(ReadOnlySpan<HierarchyLevel> levels)
    {
        if (levels.IsEmpty)
        {
            return;
        }

        HierarchyLevel level = levels[0];
        Json.WriteStartObject("level");
        Json.WriteString("id", level.Id);
        Names(level.Id, level.Name, level.Description);
        Annotations(level.Annotations);
        Links(level.Links, level.Uri);
        if (level.CodingFormat is { } format)
        {
            Format("codingFormat", format, coded: true);
        }

        Level(levels[1..]);
        Json.WriteEndObject();
    }
}
