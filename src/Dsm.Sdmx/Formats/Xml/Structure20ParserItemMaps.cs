using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Maps of concept schemes and of category schemes.</summary>
internal sealed partial class Structure20Parser
{
    private void ItemSchemeMap(Structure20Head set, StructureType type, StructureType scheme)
    {
        (string id, Location location) = (ItemId("id"), cursor.Location);
        StructureReference? source = null, target = null;
        StructureParser.NameParts parts = new();
        ImmutableArray<ItemMap>.Builder items = ImmutableArray.CreateBuilder<ItemMap>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "ConceptSchemeRef" or "CategorySchemeRef":
                    source = Reference(scheme);
                    break;
                case "TargetConceptSchemeRef" or "TargetCategorySchemeRef":
                    target = Reference(scheme);
                    break;
                case "ConceptMap" or "CategoryMap":
                    if (Item() is { } item)
                    {
                        items.Add(item);
                    }

                    break;
                default:
                    OtherPart(parts, name, type.Class);
                    break;
            }
        }

        if (source is null || target is null)
        {
            cursor.Issues.Add(IssueCodes.MissingElement, location, source is null ? $"{scheme}Ref" : $"Target{scheme}Ref", type.Class);
            return;
        }

        ItemSchemeMap map = new()
        {
            MapType = type,
            AgencyId = set.AgencyId,
            Id = $"{set.Id}-{id}",
            Container = ContainerOf(set, id),
            Source = Settle(source),
            Target = Settle(target),
            Items = items.ToImmutable(),
        };
        Take(Mapped(map, set, parts), location);
    }

    /// <summary>A row: ids of concepts as text, of categories as a path of elements.</summary>
    private ItemMap? Item()
    {
        (string element, Location location) = (cursor.Name, cursor.Location);
        string source = "", target = "";
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "ConceptID":
                    source = cursor.Token();
                    break;
                case "TargetConceptID":
                    target = cursor.Token();
                    break;
                case "CategoryID":
                    source = Path();
                    break;
                case "TargetCategoryID":
                    target = Path();
                    break;
                default:
                    cursor.Unexpected(element);
                    break;
            }
        }

        if (source.Length > 0 && target.Length > 0)
        {
            return new ItemMap(new MappedValue(source), target);
        }

        cursor.Issues.Add(IssueCodes.MissingElement, location, source.Length == 0 ? "source" : "target", element);
        return null;

        string Path()
        {
            List<string> path = [];
            CategoryPath(path);
            return string.Join('.', path);
        }
    }
}
