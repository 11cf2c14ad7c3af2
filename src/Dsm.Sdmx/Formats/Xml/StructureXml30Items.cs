using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Item schemes, hierarchies and agreements.</summary>
internal sealed partial class StructureXml30
{
    private void Codelist(Codelist codelist)
    {
        bool content = Begin(codelist);
        Names(codelist);
        foreach (Code code in content ? codelist.Codes : [])
        {
            BeginItem("Code", code);
            Element("Parent", code.ParentId);
            End();
        }

        foreach (CodelistExtension extension in content ? codelist.Extensions : [])
        {
            Start("CodelistExtension");
            Attribute("prefix", extension.Prefix);
            Reference("Codelist", extension.Codelist);
            if (!extension.Codes.IsEmpty)
            {
                Start(extension.IsExclusive ? "ExclusiveCodeSelection" : "InclusiveCodeSelection");
                foreach (MemberValue value in extension.Codes)
                {
                    Value("MemberValue", value);
                }

                End();
            }

            End();
        }

        End();
    }

    private void Value(string element, MemberValue value)
    {
        Start(element);
        Attribute("cascadeValues", value.Cascade switch { CascadeValues.WithRoot => "true", CascadeValues.ExcludeRoot => "excluderoot", _ => null });
        Xml.WriteString(XmlText.Clean(value.Value));
        End();
    }

    private void ValueList(ValueList list)
    {
        bool content = Begin(list);
        if (list.IsPartial)
        {
            NotCarried($"isPartial of {list.Reference}");
        }

        Names(list);
        foreach (ValueItem item in content ? list.Values : [])
        {
            Start("ValueItem");
            Attribute("id", item.Id);
            Names(item, required: false);
            End();
        }

        End();
    }

    private void ConceptScheme(ConceptScheme scheme)
    {
        bool content = Begin(scheme);
        Names(scheme);
        foreach (Concept concept in content ? scheme.Concepts : [])
        {
            BeginItem("Concept", concept);
            Element("Parent", concept.ParentId);
            Representation("CoreRepresentation", concept.CoreRepresentation, occurs: true, multilingual: true);
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
        bool content = Begin(scheme);
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
        bool content = Begin(categorisation, versioned: !Is31);
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
        bool content = Begin(scheme, versioned: false);
        Names(scheme);
        foreach (Organisation organisation in content ? scheme.Organisations : [])
        {
            BeginItem(scheme.Type.ItemClass!, organisation);
            if (scheme.Type == StructureType.OrganisationUnitScheme)
            {
                Element("Parent", organisation.ParentId);
            }
            else if (organisation.ParentId is not null)
            {
                NotCarried($"Parent of {organisation.Id}");
            }

            Contacts(organisation.Contacts);
            End();
        }

        End();
    }

    private void Hierarchy(Hierarchy hierarchy)
    {
        bool content = Begin(hierarchy);
        Xml.WriteAttributeString("hasFormalLevels", hierarchy.HasFormalLevels ? "true" : "false");
        if (hierarchy.Container is { } container)
        {
            NotCarried($"HierarchicalCodelist {container.Id} of {hierarchy.Reference}");
        }

        Names(hierarchy);
        if (!content)
        {
            // The schema wants one code even in a stub.
            foreach (HierarchicalCode first in hierarchy.Codes.Take(1))
            {
                HierarchicalCode(first with { Children = [], Level = null }, hierarchy, "", []);
            }
        }
        else
        {
            foreach (HierarchyLevel level in hierarchy.Levels)
            {
                Start("Level");
                Attribute("id", level.Id);
                Names(level.Id, level.Name, default, []);
            }

            foreach (HierarchyLevel _ in hierarchy.Levels)
            {
                End();
            }

            HashSet<string> taken = new(StringComparer.Ordinal);
            foreach (HierarchicalCode code in hierarchy.Codes)
            {
                HierarchicalCode(code, hierarchy, "", taken);
            }
        }

        End();
    }

    private void HierarchicalCode(HierarchicalCode code, Hierarchy hierarchy, string parent, HashSet<string> taken)
    {
        // In 2.1 the id is unique among siblings, in 3.0 in the whole hierarchy.
        string id = code.Id;
        if (!taken.Add(id))
        {
            NotCarried($"id of a code of {hierarchy.Reference} that is not unique");
            string path = id = $"{parent}_{code.Id}";
            for (int n = 2; !taken.Add(id); n++)
            {
                id = $"{path}_{n}";
            }
        }

        Start("HierarchicalCode");
        Attribute("id", id);
        Attribute("validFrom", code.ValidFrom);
        Attribute("validTo", code.ValidTo);
        Annotations(code.Annotations);
        Reference("Code", code.Code);
        foreach (HierarchicalCode child in code.Children)
        {
            HierarchicalCode(child, hierarchy, id, taken);
        }

        Element("Level", code.Level);
        End();
    }

    private void HierarchyAssociation(HierarchyAssociation association)
    {
        bool content = Begin(association);
        Names(association);
        if (content || association is { LinkedHierarchy: not null, LinkedObject: not null })
        {
            Reference("LinkedHierarchy", association.LinkedHierarchy);
            Reference("LinkedObject", association.LinkedObject);
            Reference("ContextObject", association.ContextObject);
        }

        End();
    }

    private void ProvisionAgreement(ProvisionAgreement agreement)
    {
        if (agreement.Dataflow is { } flow && flow.Type != StructureType.Dataflow)
        {
            NotCarried($"{agreement.Reference} (for a {flow.Type})");
            return;
        }

        bool content = Begin(agreement);
        Names(agreement);
        if (content || agreement is { Dataflow: not null, DataProvider: not null })
        {
            Reference("Dataflow", agreement.Dataflow);
            Reference("DataProvider", agreement.DataProvider);
        }

        End();
    }
}
