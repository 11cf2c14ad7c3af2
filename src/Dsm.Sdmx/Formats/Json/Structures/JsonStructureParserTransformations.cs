using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>VTL definitions.</summary>
internal sealed partial class JsonStructureParser
{
    private sealed class VtlParts
    {
        public string? Version { get; set; }

        public StructureReference? Mappings { get; set; }

        public StructureReference? Names { get; set; }

        public StructureReference? Types { get; set; }

        public ImmutableArray<StructureReference> Rulesets { get; set; } = [];

        public ImmutableArray<StructureReference> Operators { get; set; } = [];
    }

    private void Vtl(Parts parts, VtlParts vtl, string member)
    {
        switch (member)
        {
            case "vtlVersion":
                vtl.Version = cursor.Text();
                break;
            case "vtlMappingScheme":
                vtl.Mappings = Reference();
                break;
            case "namePersonalisationScheme":
                vtl.Names = Reference();
                break;
            case "customTypeScheme":
                vtl.Types = Reference();
                break;
            case "rulesetSchemes":
                vtl.Rulesets = References();
                break;
            case "userDefinedOperatorSchemes":
                vtl.Operators = References();
                break;
            default:
                Header(parts, member);
                break;
        }
    }

    /// <summary>Reads an item whose own members are all texts. Those named must be there.</summary>
    private T? TextItem<T>(Func<Func<string, string>, T> make, params string[] required)
        where T : Item
    {
        Parts parts = Begin();
        Dictionary<string, string> texts = [];
        foreach (string member in cursor.Members())
        {
            if (!Common(parts, member) && cursor.Text() is { } text)
            {
                texts[member] = text;
            }
        }

        foreach (string member in required.Where(m => !texts.ContainsKey(m)))
        {
            cursor.Issues.Add(IssueCodes.MissingElement, parts.Location, member, parts.Id);
        }

        return Complete(parts, make(member => texts.GetValueOrDefault(member, "")));
    }

    private static string? Optional(string text) => text.Length == 0 ? null : text;

    private TransformationScheme? TransformationScheme()
    {
        (Parts parts, VtlParts vtl) = (Begin(), new VtlParts());
        ImmutableArray<Transformation> items = [];
        foreach (string member in cursor.Members())
        {
            if (member == "transformations")
            {
                items = Items(() => TextItem(t => new Transformation
                {
                    Id = "",
                    Expression = t("expression"),
                    Result = t("result"),
                    IsPersistent = t("isPersistent") == "true",
                }, "expression", "result"), member);
            }
            else
            {
                Vtl(parts, vtl, member);
            }
        }

        return Complete(parts, (agency, id) => new TransformationScheme
        {
            AgencyId = agency,
            Id = id,
            IsPartial = parts.IsPartial,
            VtlVersion = vtl.Version,
            Transformations = items,
            VtlMappingScheme = vtl.Mappings,
            NamePersonalisationScheme = vtl.Names,
            CustomTypeScheme = vtl.Types,
            RulesetSchemes = vtl.Rulesets,
            UserDefinedOperatorSchemes = vtl.Operators,
        });
    }

    private RulesetScheme? RulesetScheme()
    {
        (Parts parts, VtlParts vtl) = (Begin(), new VtlParts());
        ImmutableArray<Ruleset> items = [];
        foreach (string member in cursor.Members())
        {
            if (member == "rulesets")
            {
                items = Items(() => TextItem(t => new Ruleset
                {
                    Id = "",
                    Definition = t("rulesetDefinition"),
                    RulesetType = t("rulesetType"),
                    Scope = t("rulesetScope"),
                }, "rulesetDefinition", "rulesetType", "rulesetScope"), member);
            }
            else
            {
                Vtl(parts, vtl, member);
            }
        }

        return Complete(parts, (agency, id) => new RulesetScheme
        {
            AgencyId = agency,
            Id = id,
            IsPartial = parts.IsPartial,
            VtlVersion = vtl.Version,
            Rulesets = items,
            VtlMappingScheme = vtl.Mappings,
        });
    }

    private UserDefinedOperatorScheme? UserDefinedOperatorScheme()
    {
        (Parts parts, VtlParts vtl) = (Begin(), new VtlParts());
        ImmutableArray<UserDefinedOperator> items = [];
        foreach (string member in cursor.Members())
        {
            if (member == "userDefinedOperators")
            {
                items = Items(() => TextItem(t => new UserDefinedOperator { Id = "", Definition = t("operatorDefinition") }, "operatorDefinition"), member);
            }
            else
            {
                Vtl(parts, vtl, member);
            }
        }

        return Complete(parts, (agency, id) => new UserDefinedOperatorScheme
        {
            AgencyId = agency,
            Id = id,
            IsPartial = parts.IsPartial,
            VtlVersion = vtl.Version,
            Operators = items,
            VtlMappingScheme = vtl.Mappings,
            RulesetSchemes = vtl.Rulesets,
        });
    }

    private CustomTypeScheme? CustomTypeScheme()
    {
        (Parts parts, VtlParts vtl) = (Begin(), new VtlParts());
        ImmutableArray<CustomType> items = [];
        foreach (string member in cursor.Members())
        {
            if (member == "customTypes")
            {
                items = Items(() => TextItem(t => new CustomType
                {
                    Id = "",
                    VtlScalarType = t("vtlScalarType"),
                    DataType = t("dataType"),
                    VtlLiteralFormat = Optional(t("vtlLiteralFormat")),
                    OutputFormat = Optional(t("outputFormat")),
                    NullValue = Optional(t("nullValue")),
                }, "vtlScalarType", "dataType"), member);
            }
            else
            {
                Vtl(parts, vtl, member);
            }
        }

        return Complete(parts, (agency, id) => new CustomTypeScheme
        {
            AgencyId = agency,
            Id = id,
            IsPartial = parts.IsPartial,
            VtlVersion = vtl.Version,
            CustomTypes = items,
        });
    }

    private NamePersonalisationScheme? NamePersonalisationScheme()
    {
        (Parts parts, VtlParts vtl) = (Begin(), new VtlParts());
        ImmutableArray<NamePersonalisation> items = [];
        foreach (string member in cursor.Members())
        {
            if (member == "namePersonalisations")
            {
                items = Items(() => TextItem(t => new NamePersonalisation
                {
                    Id = "",
                    VtlArtefact = t("vtlArtefact"),
                    VtlDefaultName = t("vtlDefaultName"),
                    PersonalisedName = t("personalisedName"),
                }, "vtlArtefact", "vtlDefaultName", "personalisedName"), member);
            }
            else
            {
                Vtl(parts, vtl, member);
            }
        }

        return Complete(parts, (agency, id) => new NamePersonalisationScheme
        {
            AgencyId = agency,
            Id = id,
            IsPartial = parts.IsPartial,
            VtlVersion = vtl.Version,
            Personalisations = items,
        });
    }

    private VtlMappingScheme? VtlMappingScheme()
    {
        Parts parts = Begin();
        ImmutableArray<VtlMapping> mappings = [];
        foreach (string member in cursor.Members())
        {
            if (member == "vtlMappings")
            {
                mappings = Items(VtlMapping, parts.Id ?? member);
            }
            else
            {
                Header(parts, member);
            }
        }

        return Complete(parts, (agency, id) => new VtlMappingScheme { AgencyId = agency, Id = id, IsPartial = parts.IsPartial, Mappings = mappings });
    }

    private VtlMapping? VtlMapping()
    {
        Parts parts = Begin();
        VtlMapping mapping = new() { Id = "", Alias = "" };
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "alias":
                    mapping = mapping with { Alias = cursor.Text() ?? "" };
                    break;
                case "dataflow" or "codelist" or "concept":
                    mapping = mapping with { Artefact = Reference() };
                    break;
                case "toVtlMapping":
                    mapping = mapping with { ToVtl = Conversion() };
                    break;
                case "fromVtlMapping":
                    mapping = mapping with { FromVtl = Conversion() };
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return Complete(parts, mapping);
    }

    private VtlConversion Conversion()
    {
        VtlConversion conversion = new(null, []);
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "method":
                    conversion = conversion with { Method = cursor.Text() };
                    break;
                case "toVtlSubSpace" or "fromVtlSuperSpace":
                    foreach (string part in cursor.Members())
                    {
                        if (part == "keys")
                        {
                            conversion = conversion with { SpaceKeys = Texts() };
                        }
                    }

                    break;
            }
        }

        return conversion;
    }
}
