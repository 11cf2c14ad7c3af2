using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>The attributes that occur in metadata sets, in the order in which they first do, and their values as fields.</summary>
internal sealed class CsvMetadataTree
{
    private readonly List<Node> _top = [];

    /// <summary>True when some field may hold several values.</summary>
    public bool HasSubFields => All(_top).Any(n => n.IsMultiple || n.Languages.Count > 0);

    /// <summary>Makes the tree of the attributes of some sets; an attribute is multiple when it occurs twice below one parent.</summary>
    public static CsvMetadataTree Of(IReadOnlyList<MetadataSet> sets)
    {
        CsvMetadataTree tree = new();
        foreach (MetadataSet set in sets)
        {
            Learn(tree._top, set.Attributes);
        }

        return tree;
    }

    /// <summary>Headers of the columns: path with marks, parents before what is below them.</summary>
    public IEnumerable<string> Headers(char separator) => Headers(_top, "", separator);

    /// <summary>The fields of one set, in the order of the headers.</summary>
    public IEnumerable<string> Fields(IReadOnlyList<ReportedAttribute> attributes, char separator)
        => _top.SelectMany(n => Fields(n, [.. attributes.Where(a => a.Id == n.Id)], separator));

    private static IEnumerable<Node> All(IEnumerable<Node> nodes) => nodes.SelectMany(n => All(n.Children).Prepend(n));

    private static IEnumerable<string> Headers(List<Node> nodes, string prefix, char separator)
    {
        foreach (Node node in nodes)
        {
            string path = prefix + node.Id + (node.IsMultiple ? "[]" : "");
            yield return path + (node.Languages.Count > 0 ? $"[{string.Join(separator, node.Languages)}]" : "");
            foreach (string header in Headers(node.Children, path + ".", separator))
            {
                yield return header;
            }
        }
    }

    /// <summary>The fields of a node and of those below it: of its instances below one parent.</summary>
    private static List<string> Fields(Node node, IReadOnlyList<ReportedAttribute> instances, char separator)
    {
        if (!node.IsMultiple)
        {
            return [.. One(node, instances.Count > 0 ? instances[0] : null, separator)];
        }

        // One list of fields an instance; then the fields of one column side by side.
        List<string>[] all = [.. instances.Select(i => One(node, i, separator).ToList())];
        int columns = 1 + All(node.Children).Count();
        return [.. Enumerable.Range(0, columns).Select(c => all.All(f => f[c].Length == 0) ? "" : string.Join(separator, all.Select(f => CsvSubFields.Quoted(f[c], separator))))];
    }

    private static IEnumerable<string> One(Node node, ReportedAttribute? attribute, char separator)
        => node.Children.SelectMany(c => Fields(c, [.. (attribute?.Children ?? []).Where(a => a.Id == c.Id)], separator)).Prepend(attribute is null ? "" : Value(node, attribute, separator));

    private static string Value(Node node, ReportedAttribute attribute, char separator)
    {
        if (attribute.Text.IsEmpty)
        {
            // Among texts by language one without language must not look as if it named one.
            string plain = attribute.Value ?? "";
            return node.Languages.Count > 0 && CellText.LooksLabelled(plain) ? CellText.Quote(plain) : plain;
        }

        return string.Join(separator, attribute.Text.Texts.Select(t => $"{t.Key}:{CsvSubFields.Quoted(t.Value, separator)}"));
    }

    private static void Learn(List<Node> nodes, IReadOnlyList<ReportedAttribute> attributes)
    {
        HashSet<string> here = [];
        foreach (ReportedAttribute attribute in attributes)
        {
            Node? node = nodes.Find(n => n.Id == attribute.Id);
            if (node is null)
            {
                nodes.Add(node = new Node(attribute.Id));
            }

            node.IsMultiple |= !here.Add(attribute.Id);
            foreach ((string language, _) in attribute.Text.Texts)
            {
                node.Languages.Add(language);
            }

            Learn(node.Children, attribute.Children);
        }
    }

    private sealed class Node(string id)
    {
        public string Id { get; } = id;

        public bool IsMultiple { get; set; }

        public SortedSet<string> Languages { get; } = new(StringComparer.Ordinal);

        public List<Node> Children { get; } = [];
    }
}
