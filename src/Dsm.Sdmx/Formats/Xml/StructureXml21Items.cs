using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Item schemes, hierarchies and agreements.</summary>
internal sealed partial class StructureXml21
{
    private void Codelist(Codelist codelist)
    {
        bool content = Begin("Codelist", codelist);
        NotCarried("Codelist.Extensions", codelist.Extensions, codelist.Reference);
        if (codelist.GeoType != GeoCodelistType.None)
        {
            NotCarried("Codelist.GeoType", codelist.Reference);
        }

        if (codelist.GridDefinition is not null)
        {
            NotCarried("Codelist.GridDefinition", codelist.Reference);
        }

        Names(codelist);
        foreach (Code code in content ? codelist.Codes : [])
        {
            if (code.Geometry is not null)
            {
                NotCarried("Code.Geometry", $"{codelist.Reference}.{code.Id}");
            }

            BeginItem("Code", code);
            Parent(code);
            End();
        }

        End();
    }

    private void Parent(Item item)
    {
        if (item.ParentId is not null)
        {
            Local("Parent", item.ParentId);
        }
    }

    private void ConceptScheme(ConceptScheme scheme)
    {
        bool content = Begin("ConceptScheme", scheme);
        Names(scheme);
        foreach (Concept concept in content ? scheme.Concepts : [])
        {
            BeginItem("Concept", concept);
            Parent(concept);
            Representation("CoreRepresentation", concept.CoreRepresentation, $"{scheme.Reference}.{concept.Id}", multilingual: true);
            if (concept.IsoConceptId is not null || concept.IsoConceptAgency is not null)
            {
                Start("ISOConceptReference");
                Element("ConceptAgency", concept.IsoConceptAgency ?? "");
                Element("ConceptSchemeID", concept.IsoConceptSchemeId ?? "");
                Element("ConceptID", concept.IsoConceptId ?? "");
                End();
            }

            End();
        }

        End();
    }

    private void CategoryScheme(CategoryScheme scheme)
    {
        bool content = Begin("CategoryScheme", scheme);
        Names(scheme);
        foreach (Category category in content ? scheme.Categories : [])
        {
            Category(category);
        }

        End();
    }

    private void Category(Category category)
    {
        BeginItem("Category", category);
        foreach (Category child in category.Children)
        {
            Category(child);
        }

        End();
    }

    private void Categorisation(Categorisation categorisation)
    {
        bool content = Begin("Categorisation", categorisation);
        Names(categorisation);
        if (content)
        {
            Reference("Source", categorisation.Source);
            Reference("Target", categorisation.Target);
        }

        End();
    }

    private void OrganisationScheme(OrganisationScheme scheme)
    {
        bool content = Begin(scheme.Type.Class, scheme);
        Names(scheme);
        foreach (Organisation organisation in content ? scheme.Organisations : [])
        {
            BeginItem(scheme.Type.ItemClass!, organisation);
            if (scheme.Type == StructureType.OrganisationUnitScheme)
            {
                Parent(organisation);
            }
            else if (organisation.ParentId is not null)
            {
                NotCarried("Item.ParentId", $"{scheme.Reference}.{organisation.Id}");
            }

            Contacts(organisation.Contacts);
            End();
        }

        End();
    }

    private void HierarchicalCodelist(IEnumerable<Hierarchy> hierarchies)
    {
        Hierarchy first = hierarchies.First();
        HierarchicalCodelist container = first.Container ?? new(first.Id, first.Id, first.Name, first.Description);
        bool content = Begin("HierarchicalCodelist", first with { Uri = first.Container is null ? first.Uri : container.Uri }, container.Id);
        Annotations(container.Annotations);
        Names(container.Id, container.Name, container.Description);
        foreach (Hierarchy hierarchy in content ? hierarchies : [])
        {
            Start("Hierarchy");
            Attribute("id", hierarchy.Container?.HierarchyId ?? hierarchy.Id);
            Attribute("uri", hierarchy.Uri);
            Flag("leveled", hierarchy.HasFormalLevels);
            Names(hierarchy);
            foreach (HierarchicalCode code in hierarchy.Codes)
            {
                HierarchicalCode(code);
            }

            foreach (HierarchyLevel level in hierarchy.Levels)
            {
                BeginLevel(level);
            }

            foreach (HierarchyLevel _ in hierarchy.Levels)
            {
                End();
            }

            End();
        }

        End();
    }

    private void HierarchicalCode(HierarchicalCode code)
    {
        Start("HierarchicalCode");
        Attribute("id", code.Id);
        Attribute("uri", code.Uri);
        Attribute("version", code.Version);
        Attribute("validFrom", code.ValidFrom);
        Attribute("validTo", code.ValidTo);
        Annotations(code.Annotations);
        Links(code.Links, "HierarchicalCode", code.Id);
        Reference("Code", code.Code);
        foreach (HierarchicalCode child in code.Children)
        {
            HierarchicalCode(child);
        }

        if (code.Level is not null)
        {
            Local("Level", code.Level);
        }

        End();
    }

    private void ProvisionAgreement(ProvisionAgreement agreement)
    {
        bool content = Begin("ProvisionAgreement", agreement);
        Names(agreement);
        if (content || agreement is { Dataflow: not null, DataProvider: not null })
        {
            Reference("StructureUsage", agreement.Dataflow);
            Reference("DataProvider", agreement.DataProvider);
        }

        End();
    }
}
