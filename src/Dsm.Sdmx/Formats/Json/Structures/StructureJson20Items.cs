using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Item schemes, hierarchies, agreements, taxonomies and processes.</summary>
internal sealed partial class StructureJson20
{
    private void Codelist(Codelist codelist)
    {
        bool content = Begin(codelist);
        if (codelist.GeoType != GeoCodelistType.None)
        {
            Json.WriteString("geoType", codelist.GeoType == GeoCodelistType.Grid ? "GeoGridCodelist" : "GeographicCodelist");
            Text("gridDefinition", codelist.GeoType == GeoCodelistType.Grid ? codelist.GridDefinition : null);
        }

        NotCarried("Codelist.GridDefinition", codelist.GeoType == GeoCodelistType.Grid ? null : codelist.GridDefinition, codelist.Reference);

        if (!content)
        {
            return;
        }

        (string codes, string? geometry) = codelist.GeoType switch
        {
            GeoCodelistType.Geographic => ("geoFeatureSetCodes", "value"),
            GeoCodelistType.Grid => ("geoGridCodes", "geoCell"),
            _ => ("codes", (string?)null),
        };
        Array(codes, codelist.Codes, code =>
        {
            BeginItem(code);
            Text("parent", code.ParentId);
            if (geometry is not null)
            {
                Json.WriteString(geometry, code.Geometry ?? "");
            }
            else
            {
                NotCarried("Code.Geometry", code.Geometry, $"{codelist.Reference}.{code.Id}");
            }
        });
        Array("codelistExtensions", codelist.Extensions, Extension);
    }

    private void Extension(CodelistExtension extension)
    {
        Text("prefix", extension.Prefix);
        Reference("codelist", extension.Codelist);
        // Values with the wildcard, which stands at their end, have a list of their own, without cascade; none stands twice.
        MemberValue[] wild = [.. extension.Codes.Where(c => IsWild(c) && c.Cascade == CascadeValues.None).Distinct()];
        MemberValue[] plain = [.. extension.Codes.Where(c => !c.Value.Contains('%', StringComparison.Ordinal)).Distinct()];
        NotCarried("CodelistExtension.Codes", wild.Concat(plain).SequenceEqual(extension.Codes) ? null : "", extension.Codelist);
        if (wild.Length + plain.Length > 0)
        {
            Object(extension.IsExclusive ? "exclusiveCodeSelection" : "inclusiveCodeSelection", () =>
            {
                Texts("wildcardedMemberValues", wild.Select(c => c.Value));
                Array("memberValues", plain, value =>
                {
                    Json.WriteString("value", value.Value);
                    Cascade(value.Cascade);
                });
            });
        }
    }

    private static bool IsWild(MemberValue value) => value.Value.Length > 1 && value.Value.IndexOf('%', StringComparison.Ordinal) == value.Value.Length - 1;

    private void Cascade(CascadeValues cascade)
    {
        if (cascade == CascadeValues.WithRoot)
        {
            Json.WriteBoolean("cascadeValues", true);
        }
        else if (cascade == CascadeValues.ExcludeRoot)
        {
            Json.WriteString("cascadeValues", "excluderoot");
        }
    }

    private void ValueList(ValueList list)
    {
        if (list.IsPartial)
        {
            NotCarried("ItemScheme.IsPartial", list.Reference);
        }

        if (Begin(list))
        {
            Array("valueItems", list.Values, item =>
            {
                Json.WriteString("id", item.Id);
                Names(item.Id, item.Name, item.Description, required: false);
                Annotations(item.Annotations);
                NotCarried("Item.Links", item.Links, $"{list.Reference}.{item.Id}");
                NotCarried("Item.Uri", item.Uri, $"{list.Reference}.{item.Id}");
                NotCarried("Item.ParentId", item.ParentId, $"{list.Reference}.{item.Id}");
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
                Text("parent", concept.ParentId);
                Representation("coreRepresentation", concept.CoreRepresentation, occurs: true);
                if (concept.IsoConceptId is not null || concept.IsoConceptAgency is not null || concept.IsoConceptSchemeId is not null)
                {
                    Object("isoConceptReference", () =>
                    {
                        Json.WriteString("conceptAgency", concept.IsoConceptAgency ?? "");
                        Json.WriteString("conceptSchemeID", concept.IsoConceptSchemeId ?? "");
                        Json.WriteString("conceptID", concept.IsoConceptId ?? "");
                    });
                }
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
        if (Begin(scheme, versioned: false))
        {
            Array(items, scheme.Organisations, organisation =>
            {
                BeginItem(organisation);
                if (scheme.Type == StructureType.OrganisationUnitScheme)
                {
                    Text("parent", organisation.ParentId);
                }
                else if (organisation.ParentId is not null)
                {
                    NotCarried("Item.ParentId", $"{scheme.Reference}.{organisation.Id}");
                }

                Contacts(organisation.Contacts);
            });
        }
    }

    private void Hierarchy(Hierarchy hierarchy)
    {
        if (hierarchy.Container is { } container)
        {
            NotCarried("Hierarchy.Container", $"{hierarchy.Reference} ({container.Id})");
        }

        bool content = Begin(hierarchy);
        Json.WriteBoolean("hasFormalLevels", hierarchy.HasFormalLevels);
        if (content)
        {
            Level(hierarchy.Levels.AsSpan());
            Array("hierarchicalCodes", hierarchy.Codes, HierarchicalCode);
        }
    }

    private void HierarchicalCode(HierarchicalCode code)
    {
        Json.WriteString("id", code.Id);
        Annotations(code.Annotations);
        Links(code.Links, code.Uri);
        Instant("validFrom", code.ValidFrom, "HierarchicalCode.ValidFrom", code.Id);
        Instant("validTo", code.ValidTo, "HierarchicalCode.ValidTo", code.Id);
        Reference("code", code.Code);
        NotCarried("HierarchicalCode.Version", code.Version, code.Id);
        Text("level", code.Level);
        Array("hierarchicalCodes", code.Children, HierarchicalCode);
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

    private void HierarchyAssociation(HierarchyAssociation association)
    {
        if (Begin(association) || association is { LinkedHierarchy: not null, LinkedObject: not null })
        {
            Reference("linkedHierarchy", association.LinkedHierarchy);
            Reference("linkedObject", association.LinkedObject);
            Reference("contextObject", association.ContextObject);
        }
    }

    private void ProvisionAgreement(ProvisionAgreement agreement)
    {
        Begin(agreement);
        Reference("dataflow", agreement.Dataflow);
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
        if (category.StructuralMetadata.IsEmpty)
        {
            References("provisioningMetadata", category.ProvisioningMetadata);
        }
        else
        {
            NotCarried("ReportingCategory.ProvisioningMetadata", category.ProvisioningMetadata, category.Id);
        }

        Array("reportingCategories", category.Children, ReportingCategory);
    }

    private void Process(Process process)
    {
        if (Begin(process))
        {
            Array("processSteps", process.Steps, ProcessStep);
        }
    }
}
