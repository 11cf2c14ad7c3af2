using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Schemes of VTL definitions and mappings, which differ between the versions only in their references.</summary>
internal abstract partial class StructureXml
{
    /// <summary>Writes a scheme of VTL statements.</summary>
    protected void TransformationScheme(TransformationScheme scheme)
    {
        bool content = BeginVtl(scheme);
        foreach (Transformation item in content ? scheme.Transformations : [])
        {
            Start("Transformation");
            Attribute("isPersistent", item.IsPersistent ? "true" : "false");
            VtlItem(item);
            Element("Expression", item.Expression);
            Element("Result", item.Result);
            End();
        }

        if (content)
        {
            Reference("VtlMappingScheme", scheme.VtlMappingScheme);
            Reference("NamePersonalisationScheme", scheme.NamePersonalisationScheme);
            Reference("CustomTypeScheme", scheme.CustomTypeScheme);
            References("RulesetScheme", scheme.RulesetSchemes);
            References("UserDefinedOperatorScheme", scheme.UserDefinedOperatorSchemes);
        }

        End();
    }

    /// <summary>Writes a scheme of VTL rulesets.</summary>
    protected void RulesetScheme(RulesetScheme scheme)
    {
        bool content = BeginVtl(scheme);
        foreach (Ruleset item in content ? scheme.Rulesets : [])
        {
            Start("Ruleset");
            Attribute("rulesetType", item.RulesetType);
            Attribute("rulesetScope", item.Scope);
            VtlItem(item);
            Element("RulesetDefinition", item.Definition);
            End();
        }

        if (content)
        {
            Reference("VtlMappingScheme", scheme.VtlMappingScheme);
        }

        End();
    }

    /// <summary>Writes a scheme of VTL operators.</summary>
    protected void UserDefinedOperatorScheme(UserDefinedOperatorScheme scheme)
    {
        bool content = BeginVtl(scheme);
        foreach (UserDefinedOperator item in content ? scheme.Operators : [])
        {
            Start("UserDefinedOperator");
            VtlItem(item);
            Element("OperatorDefinition", item.Definition);
            End();
        }

        if (content)
        {
            Reference("VtlMappingScheme", scheme.VtlMappingScheme);
            References("RulesetScheme", scheme.RulesetSchemes);
        }

        End();
    }

    /// <summary>Writes a scheme of custom types.</summary>
    protected void CustomTypeScheme(CustomTypeScheme scheme)
    {
        bool content = BeginVtl(scheme);
        foreach (CustomType item in content ? scheme.CustomTypes : [])
        {
            Start("CustomType");
            VtlItem(item);
            Element("VtlScalarType", item.VtlScalarType);
            Element("DataType", item.DataType);
            Element("VtlLiteralFormat", item.VtlLiteralFormat);
            Element("OutputFormat", item.OutputFormat);
            Element("NullValue", item.NullValue);
            End();
        }

        End();
    }

    /// <summary>Writes a scheme of name personalisations.</summary>
    protected void NamePersonalisationScheme(NamePersonalisationScheme scheme)
    {
        bool content = BeginVtl(scheme);
        foreach (NamePersonalisation item in content ? scheme.Personalisations : [])
        {
            Start("NamePersonalisation");
            Attribute("vtlArtefact", item.VtlArtefact);
            VtlItem(item);
            Element("VtlDefaultName", item.VtlDefaultName);
            Element("PersonalisedName", item.PersonalisedName);
            End();
        }

        End();
    }

    /// <summary>Writes a scheme of VTL mappings.</summary>
    protected void VtlMappingScheme(VtlMappingScheme scheme)
    {
        bool content = Begin(scheme);
        Names(scheme);
        foreach (VtlMapping item in content ? scheme.Mappings : [])
        {
            Start("VtlMapping");
            Attribute("alias", item.Alias);
            VtlItem(item);
            VtlArtefact(item, scheme);
            Conversion("ToVtlMapping", "ToVtlSubSpace", item.ToVtl);
            Conversion("FromVtlMapping", "FromVtlSuperSpace", item.FromVtl);
            End();
        }

        End();
    }

    private void VtlArtefact(VtlMapping mapping, VtlMappingScheme scheme)
    {
        if (mapping.Artefact is not { } artefact)
        {
            Element("GenericDataflow", "");
        }
        else if (artefact.Type == StructureType.ConceptScheme && artefact.ItemId is not null)
        {
            Reference("Concept", artefact);
        }
        else if (artefact.Type == StructureType.ConceptScheme && IsVersion3)
        {
            // 3.x names single concepts only; a mapping must name something.
            NotCarried("VtlMapping.Artefact", $"{scheme.Reference}.{mapping.Id}");
            Element("GenericDataflow", "");
        }
        else
        {
            Reference(artefact.Type.Class, artefact);
        }
    }

    private void Conversion(string element, string space, VtlConversion? conversion)
    {
        if (conversion is null)
        {
            return;
        }

        Start(element);
        Attribute("method", conversion.Method);
        if (!conversion.SpaceKeys.IsEmpty)
        {
            Start(space);
            foreach (string key in conversion.SpaceKeys)
            {
                Element("Key", key);
            }

            End();
        }

        End();
    }

    private bool BeginVtl(VtlScheme scheme)
    {
        bool content = Begin(scheme);
        Attribute("vtlVersion", scheme.VtlVersion ?? "2.0");
        Names(scheme);
        return content;
    }

    // The attributes of its own are written before.
    private void VtlItem(Item item)
    {
        Attribute("id", item.Id);
        Attribute("uri", item.Uri);
        Names(item);
        if (item.ParentId is not null)
        {
            NotCarried("Item.ParentId", item.Id);
        }
    }

    private void References(string element, IEnumerable<StructureReference> references)
    {
        foreach (StructureReference reference in references)
        {
            Reference(element, reference);
        }
    }
}
