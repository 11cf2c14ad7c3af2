using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Codelists and categories.</summary>
internal sealed partial class Structure20Parser
{
    private readonly List<(StructureReference Source, StructureReference Target, Location Location)> _categorised = [];

    private Codelist Codelist(Structure20Head head)
    {
        ImmutableArray<Code>.Builder codes = ImmutableArray.CreateBuilder<Code>();
        foreach (string name in cursor.Children())
        {
            if (name == "Code")
            {
                codes.Add(Code());
            }
            else
            {
                Other(head, name);
            }
        }

        ItemSchemeCheck.Run(codes, $"{head.AgencyId}:{head.Id}", head.Location, cursor.Issues);
        return head.Complete(new Codelist { AgencyId = head.AgencyId, Id = head.Id, Codes = codes.ToImmutable() });
    }

    /// <summary>A code: its id is the value, its name the description.</summary>
    private Code Code()
    {
        Code code = new() { Id = ItemId("value"), ParentId = ItemSchemeCheck.Parent(cursor.Attribute("parentCode"), cursor.Attribute("value"), cursor) };
        StructureParser.NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            OtherPart(parts, name, "Code");
        }

        // Some services write a Name beside the description, as later versions have it.
        return parts.Name.IsEmpty
            ? code with { Name = parts.Description, Annotations = parts.Annotations }
            : code with { Name = parts.Name, Description = parts.Description, Annotations = parts.Annotations };
    }

    private CategoryScheme CategoryScheme(Structure20Head head)
    {
        ImmutableArray<Category>.Builder categories = ImmutableArray.CreateBuilder<Category>();
        StructureReference scheme = new(StructureType.CategoryScheme, head.AgencyId, head.Id, head.Version.ToString());
        foreach (string name in cursor.Children())
        {
            if (name == "Category")
            {
                categories.Add(Category(scheme, ""));
            }
            else
            {
                Other(head, name);
            }
        }

        return head.Complete(new CategoryScheme { AgencyId = head.AgencyId, Id = head.Id, Categories = categories.ToImmutable() });
    }

    private Category Category(StructureReference scheme, string path)
    {
        Category category = new() { Id = ItemId("id"), Uri = cursor.Attribute("uri") };
        path += category.Id;
        ImmutableArray<Category>.Builder children = ImmutableArray.CreateBuilder<Category>();
        StructureParser.NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Category":
                    children.Add(Category(scheme, path + "."));
                    break;
                case "DataflowRef" or "MetadataflowRef":
                    Location location = cursor.Location;
                    if (Reference(name == "DataflowRef" ? StructureType.Dataflow : StructureType.Metadataflow) is { } flow)
                    {
                        _categorised.Add((flow, scheme with { ItemId = path }, location));
                    }

                    break;
                default:
                    OtherPart(parts, name, "Category");
                    break;
            }
        }

        return category with { Name = parts.Name, Description = parts.Description, Annotations = parts.Annotations, Children = children.ToImmutable() };
    }

    /// <summary>Reads the category that a dataflow says it belongs to.</summary>
    private void CategoryRef(StructureReference source)
    {
        Location location = cursor.Location;
        List<string> path = [];
        if (Reference(StructureType.CategoryScheme, _ => CategoryPath(path)) is { } scheme && path.Count > 0)
        {
            _categorised.Add((source, scheme with { ItemId = string.Join('.', path) }, location));
        }
    }

    private void CategoryPath(List<string> path)
    {
        foreach (string part in cursor.Children())
        {
            switch (part)
            {
                case "ID":
                    path.Add(cursor.Token());
                    break;
                case "CategoryID":
                    CategoryPath(path);
                    break;
            }
        }
    }

    /// <summary>
    /// What is in a category becomes a categorisation, maintained by the agency of the category scheme. The same may be said by the
    /// category and by the dataflow.
    /// </summary>
    private void TakeCategorisations()
    {
        HashSet<(string Source, string Target)> said = [];
        foreach ((StructureReference from, StructureReference to, Location location) in _categorised)
        {
            (StructureReference source, StructureReference target) = (Settle(from), Settle(to));
            if (!said.Add((source.Urn, target.Urn)))
            {
                continue;
            }

            string id = $"{target.Id}-{target.ItemId!.Replace('.', '-')}-{source.Id}";
            bool isTaken = _latest.ContainsKey((StructureType.Categorisation.Class, target.AgencyId, id));
            Take(new Categorisation
            {
                AgencyId = target.AgencyId,
                Id = isTaken ? $"{id}-{said.Count}" : id,
                Version = SdmxVersion.TryParse(target.Version, out SdmxVersion version) ? version : SdmxVersion.Default,
                Source = source,
                Target = target,
            }, location);
        }
    }

    private string ItemId(string attribute)
    {
        string id = cursor.Attribute(attribute) ?? "";
        if (id.Length == 0)
        {
            cursor.Report(IssueCodes.MissingElement, attribute, cursor.Name);
        }
        else if (!Ids.IsMatch(id))
        {
            cursor.Report(IssueCodes.InvalidId, id, cursor.Name);
        }

        return id;
    }

    private void Other(Structure20Head head, string name) => OtherPart(head.Parts, name, head.Type.Class);

    private void OtherPart(StructureParser.NameParts parts, string name, string parent)
    {
        if (!parts.Take(cursor, name))
        {
            cursor.Unexpected(parent);
        }
    }
}
