using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Finds ids that occur twice in an item scheme, and parents that form a circle.</summary>
internal static class ItemSchemeCheck
{
    /// <summary>
    /// The parent of an item; null when there is none. Some services (OECD.Stat) name items at the top as their own parent, which means none.
    /// </summary>
    public static string? Parent(string? parent, string? id, XmlCursor cursor)
    {
        if (parent is not { Length: > 0 } || parent != id)
        {
            return parent is { Length: > 0 } ? parent : null;
        }

        cursor.Issues.Add(IssueCodes.OwnParent, cursor.Location);
        return null;
    }

    /// <summary>Reports each such id, and each circle once.</summary>
    public static void Run(IReadOnlyList<Item> items, string scheme, Location location, IssueList issues)
    {
        Dictionary<string, string?> parents = new(items.Count, StringComparer.Ordinal);
        foreach (Item item in items)
        {
            if (!parents.TryAdd(item.Id, item.ParentId))
            {
                issues.Add(IssueCodes.DuplicateId, location, item.Id, scheme);
            }
        }

        HashSet<string> sound = new(StringComparer.Ordinal);
        HashSet<string> path = new(StringComparer.Ordinal);
        foreach (string id in parents.Keys)
        {
            path.Clear();
            string? at = id;
            while (at is not null && !sound.Contains(at) && parents.TryGetValue(at, out string? next))
            {
                if (!path.Add(at))
                {
                    issues.Add(IssueCodes.CircularParents, location, at, scheme);
                    break;
                }

                at = next;
            }

            // Also those of a circle, so that it is reported once.
            sound.UnionWith(path);
        }
    }
}
