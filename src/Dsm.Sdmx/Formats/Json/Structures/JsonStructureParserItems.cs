using System.Collections.Immutable;
using System.Text.Json;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Item schemes.</summary>
internal sealed partial class JsonStructureParser
{
    private Codelist? Codelist(string container)
    {
        Parts parts = Begin();
        ImmutableArray<Code> codes = [];
        ImmutableArray<CodelistExtension> extensions = [];
        string? grid = null;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "codes" or "geoFeatureSetCodes" or "geoGridCodes":
                    codes = Items(Code, parts.Id ?? container);
                    break;
                case "codelistExtensions":
                    extensions = List(Extension);
                    break;
                case "gridDefinition":
                    grid = cursor.Text();
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        return Complete(parts, (agency, id) => new Codelist
        {
            AgencyId = agency,
            Id = id,
            IsPartial = parts.IsPartial,
            Codes = codes,
            Extensions = extensions,
            GridDefinition = grid,
            GeoType = container switch { "geographicCodelists" => GeoCodelistType.Geographic, "geoGridCodelists" => GeoCodelistType.Grid, _ => GeoCodelistType.None },
        });
    }

    private Code? Code()
    {
        Parts parts = Begin();
        string? geometry = null;
        foreach (string member in cursor.Members())
        {
            if (member is "value" or "geoCell")
            {
                geometry = cursor.Text();
            }
            else
            {
                Common(parts, member);
            }
        }

        return Complete(parts, new Code { Id = "", Geometry = geometry });
    }

    private CodelistExtension? Extension()
    {
        StructureReference? codelist = null;
        string? prefix = null;
        ImmutableArray<MemberValue>.Builder values = ImmutableArray.CreateBuilder<MemberValue>();
        bool exclusive = false;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "codelist":
                    codelist = Reference();
                    break;
                case "prefix":
                    prefix = cursor.Text();
                    break;
                case "inclusiveCodeSelection" or "exclusiveCodeSelection":
                    exclusive = member == "exclusiveCodeSelection";
                    foreach (string _ in cursor.Members())
                    {
                        values.AddRange(MemberValues());
                    }

                    break;
            }
        }

        return codelist is null ? null : new CodelistExtension(codelist, prefix, values.ToImmutable(), exclusive);
    }

    /// <summary>Reads values that are texts or objects with a text and what it stands for.</summary>
    private ImmutableArray<MemberValue> MemberValues()
    {
        ImmutableArray<MemberValue>.Builder values = ImmutableArray.CreateBuilder<MemberValue>();
        foreach (int _ in cursor.Elements())
        {
            if (cursor.Token != JsonTokenType.StartObject)
            {
                values.Add(new MemberValue(cursor.Text() ?? ""));
                continue;
            }

            MemberValue value = new("");
            foreach (string member in cursor.Members())
            {
                value = member switch
                {
                    "value" => value with { Value = cursor.Text() ?? "" },
                    "cascadeValues" => value with { Cascade = Cascade() },
                    "lang" => value with { Language = cursor.Text() },
                    "validFrom" => value with { ValidFrom = cursor.Text() },
                    "validTo" => value with { ValidTo = cursor.Text() },
                    _ => value,
                };
            }

            values.Add(value);
        }

        return values.ToImmutable();
    }

    private CascadeValues Cascade() => cursor.Text() switch
    {
        "true" => CascadeValues.WithRoot,
        "excluderoot" => CascadeValues.ExcludeRoot,
        _ => CascadeValues.None,
    };

    private ValueList? ValueList()
    {
        Parts parts = Begin();
        ImmutableArray<ValueItem> values = [];
        foreach (string member in cursor.Members())
        {
            if (member == "valueItems")
            {
                values = Items(() => SimpleItem(new ValueItem { Id = "" }), parts.Id ?? member);
            }
            else
            {
                Header(parts, member);
            }
        }

        return Complete(parts, (agency, id) => new ValueList { AgencyId = agency, Id = id, IsPartial = parts.IsPartial, Values = values });
    }

    private T? SimpleItem<T>(T item)
        where T : Item
    {
        Parts parts = Begin();
        foreach (string member in cursor.Members())
        {
            Common(parts, member);
        }

        return Complete(parts, item);
    }

    private ConceptScheme? ConceptScheme()
    {
        Parts parts = Begin();
        ImmutableArray<Concept> concepts = [];
        foreach (string member in cursor.Members())
        {
            if (member == "concepts")
            {
                concepts = Items(Concept, parts.Id ?? member);
            }
            else
            {
                Header(parts, member);
            }
        }

        return Complete(parts, (agency, id) => new ConceptScheme { AgencyId = agency, Id = id, IsPartial = parts.IsPartial, Concepts = concepts });
    }

    private Concept? Concept()
    {
        Parts parts = Begin();
        Concept concept = new() { Id = "" };
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "coreRepresentation":
                    concept = concept with { CoreRepresentation = Representation() };
                    break;
                case "isoConceptReference" when cursor.Token == JsonTokenType.StartObject:
                    foreach (string part in cursor.Members())
                    {
                        concept = part switch
                        {
                            "conceptAgency" => concept with { IsoConceptAgency = cursor.Text() },
                            "conceptID" => concept with { IsoConceptId = cursor.Text() },
                            "conceptSchemeID" => concept with { IsoConceptSchemeId = cursor.Text() },
                            _ => concept,
                        };
                    }

                    break;
                case "isoConceptReference":
                    // 1.0 has a URN here, of a concept outside SDMX.
                    concept = concept with { IsoConceptId = cursor.Text() };
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        return Complete(parts, concept);
    }

    private CategoryScheme? CategoryScheme()
    {
        Parts parts = Begin();
        ImmutableArray<Category> categories = [];
        foreach (string member in cursor.Members())
        {
            if (member == "categories")
            {
                categories = Items(Category, parts.Id ?? member);
            }
            else
            {
                Header(parts, member);
            }
        }

        return Complete(parts, (agency, id) => new CategoryScheme { AgencyId = agency, Id = id, IsPartial = parts.IsPartial, Categories = categories });
    }

    private Category? Category()
    {
        Parts parts = Begin();
        ImmutableArray<Category> children = [];
        foreach (string member in cursor.Members())
        {
            if (member == "categories")
            {
                children = Items(Category, parts.Id ?? member);
            }
            else
            {
                Common(parts, member);
            }
        }

        return Complete(parts, new Category { Id = "", Children = children });
    }

    private Categorisation? Categorisation()
    {
        Parts parts = Begin();
        StructureReference? source = null, target = null;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "source":
                    source = Reference();
                    break;
                case "target":
                    target = Reference();
                    break;
                default:
                    Header(parts, member);
                    break;
            }
        }

        if (source is null || target is null)
        {
            Missing(parts, source is null ? "source" : "target");
            return null;
        }

        return Complete(parts, (agency, id) => new Categorisation { AgencyId = agency, Id = id, Source = source, Target = target });
    }
}
