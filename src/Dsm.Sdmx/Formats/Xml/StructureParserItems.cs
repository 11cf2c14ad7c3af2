using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Item schemes, value lists and categorisations.</summary>
internal sealed partial class StructureParser
{
    private Codelist Codelist(Header header, GeoCodelistType geo = GeoCodelistType.None)
    {
        string? grid = null;
        ImmutableArray<Code>.Builder codes = ImmutableArray.CreateBuilder<Code>();
        ImmutableArray<CodelistExtension>.Builder extensions = ImmutableArray.CreateBuilder<CodelistExtension>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Code":
                    codes.Add(ReadItem(new Code { Id = ItemId() }, "Code"));
                    break;
                case "GeoFeatureSetCode" or "GeoGridCode":
                    codes.Add(GeoCode(name));
                    break;
                case "GridDefinition":
                    grid = cursor.Text();
                    break;
                case "CodelistExtension":
                    if (Extension() is { } extension)
                    {
                        extensions.Add(extension);
                    }

                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        CheckItems(header, codes);
        return Complete(new Codelist
        {
            AgencyId = header.AgencyId,
            Id = header.Id,
            IsPartial = header.IsPartial,
            Codes = codes.ToImmutable(),
            Extensions = extensions.ToImmutable(),
            GeoType = geo,
            GridDefinition = grid,
        }, header);
    }

    private Code GeoCode(string element)
    {
        Code code = new() { Id = ItemId(), Uri = cursor.Attribute("uri"), Geometry = cursor.RawAttribute("value") };
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Parent":
                    code = code with { ParentId = ItemSchemeCheck.Parent(LocalReference(), code.Id, cursor) };
                    break;
                case "GeoCell":
                    code = code with { Geometry = cursor.Text() };
                    break;
                default:
                    OtherPart(parts, name, element);
                    break;
            }
        }

        return Named(code, parts);
    }

    private CodelistExtension? Extension()
    {
        string? prefix = cursor.RawAttribute("prefix");
        StructureReference? codelist = null;
        ImmutableArray<MemberValue>.Builder values = ImmutableArray.CreateBuilder<MemberValue>();
        bool exclusive = false;
        foreach (string name in cursor.Children())
        {
            if (name == "Codelist")
            {
                codelist = Reference("Codelist");
            }
            else
            {
                exclusive = name == "ExclusiveCodeSelection";
                foreach (string _ in cursor.Children())
                {
                    CascadeValues cascade = Cascade();
                    values.Add(new MemberValue(cursor.Token(), cascade));
                }
            }
        }

        return codelist is null ? null : new CodelistExtension(codelist, prefix, values.ToImmutable(), exclusive);
    }

    private CascadeValues Cascade() => cursor.Attribute("cascadeValues") switch
    {
        "true" or "1" => CascadeValues.WithRoot,
        "excluderoot" => CascadeValues.ExcludeRoot,
        _ => CascadeValues.None,
    };

    private ValueList ValueList(Header header)
    {
        ImmutableArray<ValueItem>.Builder values = ImmutableArray.CreateBuilder<ValueItem>();
        foreach (string name in cursor.Children())
        {
            if (name == "ValueItem")
            {
                values.Add(ReadItem(new ValueItem { Id = cursor.RawAttribute("id") ?? "" }, name));
            }
            else
            {
                Other(header, name);
            }
        }

        CheckItems(header, values);
        return Complete(new ValueList { AgencyId = header.AgencyId, Id = header.Id, IsPartial = header.IsPartial, Values = values.ToImmutable() }, header);
    }

    private ConceptScheme ConceptScheme(Header header)
    {
        ImmutableArray<Concept>.Builder concepts = ImmutableArray.CreateBuilder<Concept>();
        foreach (string name in cursor.Children())
        {
            if (name == "Concept")
            {
                concepts.Add(Concept());
            }
            else
            {
                Other(header, name);
            }
        }

        CheckItems(header, concepts);
        return Complete(new ConceptScheme { AgencyId = header.AgencyId, Id = header.Id, IsPartial = header.IsPartial, Concepts = concepts.ToImmutable() }, header);
    }

    private Concept Concept()
    {
        Concept concept = new() { Id = ItemId(), Uri = cursor.Attribute("uri") };
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Parent":
                    concept = concept with { ParentId = ItemSchemeCheck.Parent(LocalReference(), concept.Id, cursor) };
                    break;
                case "CoreRepresentation":
                    concept = concept with { CoreRepresentation = ReadRepresentation("Codelist", multilingualByDefault: true) };
                    break;
                case "ISOConceptReference":
                    foreach (string part in cursor.Children())
                    {
                        concept = part switch
                        {
                            "ConceptAgency" => concept with { IsoConceptAgency = cursor.Text() },
                            "ConceptSchemeID" => concept with { IsoConceptSchemeId = cursor.Text() },
                            _ => concept with { IsoConceptId = cursor.Text() },
                        };
                    }

                    break;
                default:
                    OtherPart(parts, name, "Concept");
                    break;
            }
        }

        return Named(concept, parts);
    }

    private CategoryScheme CategoryScheme(Header header)
    {
        ImmutableArray<Category>.Builder categories = ImmutableArray.CreateBuilder<Category>();
        foreach (string name in cursor.Children())
        {
            if (name == "Category")
            {
                categories.Add(Category());
            }
            else
            {
                Other(header, name);
            }
        }

        return Complete(new CategoryScheme { AgencyId = header.AgencyId, Id = header.Id, IsPartial = header.IsPartial, Categories = categories.ToImmutable() }, header);
    }

    private Category Category()
    {
        Category category = new() { Id = ItemId(), Uri = cursor.Attribute("uri") };
        ImmutableArray<Category>.Builder children = ImmutableArray.CreateBuilder<Category>();
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            if (name == "Category")
            {
                children.Add(Category());
            }
            else
            {
                OtherPart(parts, name, "Category");
            }
        }

        return Named(category with { Children = children.ToImmutable() }, parts);
    }

    private Categorisation? Categorisation(Header header)
    {
        StructureReference? source = null, target = null;
        bool content = false;
        foreach (string name in cursor.Children())
        {
            content |= name is "Source" or "Target";
            switch (name)
            {
                case "Source":
                    source = Reference("Dataflow");
                    break;
                case "Target":
                    target = Reference("Category");
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        if (source is null || target is null)
        {
            Incomplete(header, source is null ? "Source" : "Target", empty: !content);
            return null;
        }

        return Complete(new Categorisation { AgencyId = header.AgencyId, Id = header.Id, Source = source, Target = target }, header);
    }
}
