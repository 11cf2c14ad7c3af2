using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Item schemes and agreements.</summary>
internal sealed partial class StructureXml30
{
    private void Codelist(Codelist codelist)
    {
        bool geographic = codelist.GeoType == GeoCodelistType.Geographic, grid = codelist.GeoType == GeoCodelistType.Grid;
        bool content = Begin(geographic ? "GeographicCodelist" : grid ? "GeoGridCodelist" : "Codelist", codelist);
        if (geographic || grid)
        {
            Attribute("geoType", geographic ? "GeographicCodelist" : "GeoGridCodelist");
        }

        Names(codelist);
        foreach (Code code in content ? codelist.Codes : [])
        {
            Code(codelist, code);
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

        if (grid)
        {
            Element("GridDefinition", codelist.GridDefinition ?? "");
        }
        else if (codelist.GridDefinition is not null)
        {
            NotCarried("Codelist.GridDefinition", codelist.Reference);
        }

        End();
    }

    private void Code(Codelist codelist, Code code)
    {
        switch (codelist.GeoType)
        {
            case GeoCodelistType.Geographic:
                Start("GeoFeatureSetCode");
                Attribute("id", code.Id);
                Attribute("uri", code.Uri);
                Attribute("value", code.Geometry ?? "");
                Names(code);
                Element("Parent", code.ParentId);
                break;
            case GeoCodelistType.Grid:
                BeginItem("GeoGridCode", code);
                Element("Parent", code.ParentId);
                Element("GeoCell", code.Geometry ?? "");
                break;
            default:
                BeginItem("Code", code);
                Element("Parent", code.ParentId);
                if (code.Geometry is not null)
                {
                    NotCarried("Code.Geometry", $"{codelist.Reference}.{code.Id}");
                }

                break;
        }

        End();
    }

    private void Value(string element, MemberValue value)
    {
        Start(element);
        Attribute("cascadeValues", value.Cascade switch { CascadeValues.WithRoot => "true", CascadeValues.ExcludeRoot => "excluderoot", _ => null });
        Attribute("validFrom", value.ValidFrom);
        Attribute("validTo", value.ValidTo);
        if (value.Language is not null)
        {
            Xml.WriteAttributeString("xml", "lang", null, XmlText.Clean(value.Language));
        }

        Xml.WriteString(XmlText.Clean(value.Value));
        End();
    }

    private void ValueList(ValueList list)
    {
        bool content = Begin(list);
        if (list.IsPartial)
        {
            NotCarried("ItemScheme.IsPartial", list.Reference);
        }

        Names(list);
        foreach (ValueItem item in content ? list.Values : [])
        {
            ValueItemLosses(item, list);
            Start("ValueItem");
            Attribute("id", item.Id);
            Annotations(item.Annotations);
            Names(item.Id, item.Name, item.Description, nameRequired: false);
            End();
        }

        End();
    }

    // The schema gives a value nothing but its texts and annotations.
    private void ValueItemLosses(ValueItem item, ValueList list)
    {
        NotCarried("Item.Links", item.Links, $"{list.Reference}.{item.Id}");
        if (item.Uri is not null)
        {
            NotCarried("Item.Uri", $"{list.Reference}.{item.Id}");
        }

        if (item.ParentId is not null)
        {
            NotCarried("Item.ParentId", $"{list.Reference}.{item.Id}");
        }
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
        bool content = Begin("Categorisation", categorisation, versioned: !Is31);
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
        bool content = Begin(scheme.Type.Class, scheme, versioned: false);
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
                NotCarried("Item.ParentId", $"{scheme.Reference}.{organisation.Id}");
            }

            Contacts(organisation.Contacts);
            End();
        }

        End();
    }

    private void ProvisionAgreement(ProvisionAgreement agreement)
    {
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
