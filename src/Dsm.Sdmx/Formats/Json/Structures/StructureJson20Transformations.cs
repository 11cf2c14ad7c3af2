using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>VTL definitions.</summary>
internal sealed partial class StructureJson20
{
    private void TransformationScheme(TransformationScheme scheme)
    {
        if (BeginVtl(scheme))
        {
            Array("transformations", scheme.Transformations, transformation =>
            {
                BeginItem(transformation);
                Json.WriteBoolean("isPersistent", transformation.IsPersistent);
                Json.WriteString("expression", transformation.Expression);
                Json.WriteString("result", transformation.Result);
            });
            Reference("vtlMappingScheme", scheme.VtlMappingScheme);
            Reference("namePersonalisationScheme", scheme.NamePersonalisationScheme);
            Reference("customTypeScheme", scheme.CustomTypeScheme);
            References("rulesetSchemes", scheme.RulesetSchemes);
            References("userDefinedOperatorSchemes", scheme.UserDefinedOperatorSchemes);
        }
    }

    private void RulesetScheme(RulesetScheme scheme)
    {
        if (BeginVtl(scheme))
        {
            Array("rulesets", scheme.Rulesets, ruleset =>
            {
                BeginItem(ruleset);
                Json.WriteString("rulesetType", ruleset.RulesetType);
                Json.WriteString("rulesetScope", ruleset.Scope);
                Json.WriteString("rulesetDefinition", ruleset.Definition);
            });
            Reference("vtlMappingScheme", scheme.VtlMappingScheme);
        }
    }

    private void UserDefinedOperatorScheme(UserDefinedOperatorScheme scheme)
    {
        if (BeginVtl(scheme))
        {
            Array("userDefinedOperators", scheme.Operators, one =>
            {
                BeginItem(one);
                Json.WriteString("operatorDefinition", one.Definition);
            });
            Reference("vtlMappingScheme", scheme.VtlMappingScheme);
            References("rulesetSchemes", scheme.RulesetSchemes);
        }
    }

    private void CustomTypeScheme(CustomTypeScheme scheme)
    {
        if (BeginVtl(scheme))
        {
            Array("customTypes", scheme.CustomTypes, type =>
            {
                BeginItem(type);
                Json.WriteString("vtlScalarType", type.VtlScalarType);
                Json.WriteString("dataType", type.DataType);
                Text("vtlLiteralFormat", type.VtlLiteralFormat);
                Text("outputFormat", type.OutputFormat);
                Text("nullValue", type.NullValue);
            });
        }
    }

    private void NamePersonalisationScheme(NamePersonalisationScheme scheme)
    {
        if (BeginVtl(scheme))
        {
            Array("namePersonalisations", scheme.Personalisations, one =>
            {
                BeginItem(one);
                Json.WriteString("vtlArtefact", one.VtlArtefact);
                Json.WriteString("vtlDefaultName", one.VtlDefaultName);
                Json.WriteString("personalisedName", one.PersonalisedName);
            });
        }
    }

    private void VtlMappingScheme(VtlMappingScheme scheme)
    {
        if (Begin(scheme))
        {
            Array("vtlMappings", scheme.Mappings, VtlMapping);
        }
    }

    private void VtlMapping(VtlMapping mapping)
    {
        BeginItem(mapping);
        Json.WriteString("alias", mapping.Alias);
        bool flow = mapping.Artefact is null || mapping.Artefact.Type == StructureType.Dataflow;
        if (mapping.Artefact is { } concept && concept.Type == StructureType.ConceptScheme && concept.ItemId is null)
        {
            // Single concepts only are named here; a mapping must name something.
            NotCarried("VtlMapping.Artefact", mapping.Id);
            (flow, mapping) = (true, mapping with { Artefact = null });
        }

        if (mapping.Artefact is null)
        {
            Empty("genericDataflow");
        }
        else
        {
            Reference(flow ? "dataflow" : mapping.Artefact.Type == StructureType.Codelist ? "codelist" : "concept", mapping.Artefact);
        }

        if (flow)
        {
            Conversion("toVtlMapping", "toVtlSubSpace", mapping.ToVtl);
            Conversion("fromVtlMapping", "fromVtlSuperSpace", mapping.FromVtl);
        }
    }

    private void Conversion(string name, string space, VtlConversion? conversion)
    {
        if (conversion is not null)
        {
            Object(name, () =>
            {
                Text("method", conversion.Method);
                if (!conversion.SpaceKeys.IsEmpty)
                {
                    Object(space, () => Texts("keys", conversion.SpaceKeys));
                }
            });
        }
    }

    private bool BeginVtl(VtlScheme scheme)
    {
        bool content = Begin(scheme);
        Text("vtlVersion", scheme.VtlVersion);
        return content;
    }
}
