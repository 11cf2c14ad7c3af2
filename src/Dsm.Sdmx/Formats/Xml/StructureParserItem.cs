using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>What items have in common, and checks of their ids and parents.</summary>
internal sealed partial class StructureParser
{
    /// <summary>Says that an artefact is left out because what the model must have is not there.</summary>
    private void Incomplete(Header header, string element, bool empty)
    {
        // The schema of 2.1 allows a categorisation without content, as a stub has it, whatever isExternalReference says.
        if (header.IsExternalReference || (empty && header.Type == StructureType.Categorisation))
        {
            cursor.Issues.Add(IssueCodes.ArtefactSkipped, header.Location, $"{header.Type.Class} stub");
        }
        else
        {
            Missing(header, element);
        }
    }

    private string ItemId()
    {
        string id = cursor.Attribute("id") ?? "";
        if (id.Length == 0)
        {
            cursor.Report(IssueCodes.MissingElement, "id", cursor.Name);
        }
        else if (!Ids.IsMatch(id))
        {
            cursor.Report(IssueCodes.InvalidId, id, cursor.Name);
        }

        return id;
    }

    private T ReadItem<T>(T item, string element)
        where T : Item
    {
        if (cursor.Attribute("uri") is { } uri)
        {
            item = item with { Uri = uri };
        }

        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            if (name == "Parent")
            {
                item = item with { ParentId = ItemSchemeCheck.Parent(LocalReference(), item.Id, cursor) };
            }
            else
            {
                OtherPart(parts, name, element);
            }
        }

        return Named(item, parts);
    }

    private static T Named<T>(T item, NameParts parts)
        where T : Item => item with { Name = parts.Name, Description = parts.Description, Annotations = parts.Annotations, Links = parts.Links };

    private void OtherPart(NameParts parts, string name, string parent)
    {
        if (!parts.Take(cursor, name))
        {
            cursor.Unexpected(parent);
        }
    }

    private void Other(Header header, string name)
    {
        if (!header.Parts.Take(cursor, name))
        {
            cursor.Unexpected(header.Type.Class);
        }
    }

    /// <summary>Reports ids that occur twice and parents that form a circle.</summary>
    private void CheckItems(Header header, IReadOnlyList<Item> items)
        => ItemSchemeCheck.Run(items, $"{header.AgencyId}:{header.Id}", header.Location, cursor.Issues);
}
