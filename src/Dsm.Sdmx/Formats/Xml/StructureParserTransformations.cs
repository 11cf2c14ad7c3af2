using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Schemes of VTL definitions and mappings.</summary>
internal sealed partial class StructureParser
{
    /// <summary>References and items of a VTL scheme. Accumulates while it is read.</summary>
    private sealed class VtlParts<T>
    {
        public string? Version { get; init; }

        public ImmutableArray<T>.Builder Items { get; } = ImmutableArray.CreateBuilder<T>();

        public StructureReference? Mappings { get; set; }

        public StructureReference? Names { get; set; }

        public StructureReference? Types { get; set; }

        public List<StructureReference> Rulesets { get; } = [];

        public List<StructureReference> Operators { get; } = [];
    }

    private VtlParts<T> ReadVtl<T>(Header header, string element, Func<T> read)
        where T : Item
    {
        VtlParts<T> parts = new() { Version = cursor.Attribute("vtlVersion") };
        foreach (string name in cursor.Children())
        {
            if (name == element)
            {
                parts.Items.Add(read());
                continue;
            }

            switch (name)
            {
                case "VtlMappingScheme":
                    parts.Mappings = Reference(name);
                    break;
                case "NamePersonalisationScheme":
                    parts.Names = Reference(name);
                    break;
                case "CustomTypeScheme":
                    parts.Types = Reference(name);
                    break;
                case "RulesetScheme" when Reference(name) is { } reference:
                    parts.Rulesets.Add(reference);
                    break;
                case "UserDefinedOperatorScheme" when Reference(name) is { } reference:
                    parts.Operators.Add(reference);
                    break;
                case "RulesetScheme" or "UserDefinedOperatorScheme":
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        CheckItems(header, parts.Items);
        return parts;
    }

    private T Vtl<T>(T scheme, Header header, string? version)
        where T : VtlScheme
    {
        if (version is null)
        {
            Missing(header, "vtlVersion");
        }

        return Complete(scheme with { VtlVersion = version, IsPartial = header.IsPartial }, header);
    }

    private TransformationScheme TransformationScheme(Header header)
    {
        VtlParts<Transformation> parts = ReadVtl(header, "Transformation", () => VtlItem(
            new Transformation { Id = ItemId(), Expression = "", Result = "", IsPersistent = cursor.Flag("isPersistent") ?? false },
            (item, name) => name switch
            {
                "Expression" => item with { Expression = cursor.Text() },
                "Result" => item with { Result = cursor.Text() },
                _ => null,
            }));
        return Vtl(new TransformationScheme
        {
            AgencyId = header.AgencyId,
            Id = header.Id,
            Transformations = parts.Items.ToImmutable(),
            VtlMappingScheme = parts.Mappings,
            NamePersonalisationScheme = parts.Names,
            CustomTypeScheme = parts.Types,
            RulesetSchemes = [.. parts.Rulesets],
            UserDefinedOperatorSchemes = [.. parts.Operators],
        }, header, parts.Version);
    }

    private RulesetScheme RulesetScheme(Header header)
    {
        VtlParts<Ruleset> parts = ReadVtl(header, "Ruleset", () => VtlItem(
            new Ruleset { Id = ItemId(), Definition = "", RulesetType = cursor.Attribute("rulesetType") ?? "", Scope = cursor.Attribute("rulesetScope") ?? "" },
            (item, name) => name == "RulesetDefinition" ? item with { Definition = cursor.Text() } : null));
        return Vtl(new RulesetScheme { AgencyId = header.AgencyId, Id = header.Id, Rulesets = parts.Items.ToImmutable(), VtlMappingScheme = parts.Mappings }, header, parts.Version);
    }

    private UserDefinedOperatorScheme UserDefinedOperatorScheme(Header header)
    {
        VtlParts<UserDefinedOperator> parts = ReadVtl(header, "UserDefinedOperator", () => VtlItem(
            new UserDefinedOperator { Id = ItemId(), Definition = "" },
            (item, name) => name == "OperatorDefinition" ? item with { Definition = cursor.Text() } : null));
        return Vtl(new UserDefinedOperatorScheme
        {
            AgencyId = header.AgencyId,
            Id = header.Id,
            Operators = parts.Items.ToImmutable(),
            VtlMappingScheme = parts.Mappings,
            RulesetSchemes = [.. parts.Rulesets],
        }, header, parts.Version);
    }

    private CustomTypeScheme CustomTypeScheme(Header header)
    {
        VtlParts<CustomType> parts = ReadVtl(header, "CustomType", () => VtlItem(
            new CustomType { Id = ItemId(), VtlScalarType = "", DataType = "" },
            (item, name) => name switch
            {
                "VtlScalarType" => item with { VtlScalarType = cursor.Text() },
                "DataType" => item with { DataType = cursor.Text() },
                "VtlLiteralFormat" => item with { VtlLiteralFormat = cursor.Text() },
                "OutputFormat" => item with { OutputFormat = cursor.Text() },
                "NullValue" => item with { NullValue = cursor.Text() },
                _ => null,
            }));
        return Vtl(new CustomTypeScheme { AgencyId = header.AgencyId, Id = header.Id, CustomTypes = parts.Items.ToImmutable() }, header, parts.Version);
    }

    private NamePersonalisationScheme NamePersonalisationScheme(Header header)
    {
        VtlParts<NamePersonalisation> parts = ReadVtl(header, "NamePersonalisation", () => VtlItem(
            new NamePersonalisation { Id = ItemId(), VtlArtefact = cursor.RawAttribute("vtlArtefact") ?? "", VtlDefaultName = "", PersonalisedName = "" },
            (item, name) => name switch
            {
                "VtlDefaultName" => item with { VtlDefaultName = cursor.Text() },
                "PersonalisedName" => item with { PersonalisedName = cursor.Text() },
                _ => null,
            }));
        return Vtl(new NamePersonalisationScheme { AgencyId = header.AgencyId, Id = header.Id, Personalisations = parts.Items.ToImmutable() }, header, parts.Version);
    }

    private VtlMappingScheme VtlMappingScheme(Header header)
    {
        VtlParts<VtlMapping> parts = ReadVtl(header, "VtlMapping", () => VtlItem(
            new VtlMapping { Id = ItemId(), Alias = cursor.RawAttribute("alias") ?? "" },
            (item, name) => name switch
            {
                "Dataflow" or "Codelist" or "Concept" or "ConceptScheme" => item with { Artefact = Reference(name) },
                "GenericDataflow" => item,
                "ToVtlMapping" => item with { ToVtl = Conversion() },
                "FromVtlMapping" => item with { FromVtl = Conversion() },
                _ => null,
            }));
        return Complete(new VtlMappingScheme { AgencyId = header.AgencyId, Id = header.Id, IsPartial = header.IsPartial, Mappings = parts.Items.ToImmutable() }, header);
    }

    private VtlConversion Conversion()
    {
        string? method = cursor.Attribute("method");
        List<string> keys = [];
        foreach (string _ in cursor.Children())
        {
            foreach (string __ in cursor.Children())
            {
                keys.Add(cursor.Token());
            }
        }

        return new VtlConversion(method, [.. keys]);
    }

    /// <summary>Reads the children of a VTL item.</summary>
    /// <param name="item">The item with what its start tag says.</param>
    /// <param name="read">Takes a child of its own; null for one that is not.</param>
    private T VtlItem<T>(T item, Func<T, string, T?> read)
        where T : Item
    {
        string element = cursor.Name;
        item = item with { Uri = cursor.Attribute("uri") };
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            if (read(item, name) is { } changed)
            {
                item = changed;
            }
            else
            {
                OtherPart(parts, name, element);
            }
        }

        return Named(item, parts);
    }
}
