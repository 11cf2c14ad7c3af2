using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Data;

/// <summary>The codes of a codelist by parent: gives the codes that selections with wildcards and descendants mean, in one pass over the list.</summary>
internal sealed class CodeTree(Codelist codelist)
{
    private readonly Lazy<ILookup<string?, string>> _children = new(() => codelist.Codes.ToLookup(c => c.ParentId, c => c.Id));

    /// <summary>Ids that are selected, be they in the list or not; <c>%</c> stands for any characters.</summary>
    public HashSet<string> Select(IEnumerable<MemberValue> values)
    {
        HashSet<string> selected = new(StringComparer.Ordinal), expanded = new(StringComparer.Ordinal);
        foreach (MemberValue value in values)
        {
            IEnumerable<string> roots = value.Value.Contains('%', StringComparison.Ordinal)
                ? codelist.Codes.Select(c => c.Id).Where(id => CodelistExtensions.Matches(id, value.Value))
                : [value.Value];
            foreach (string root in roots)
            {
                if (value.Cascade != CascadeValues.ExcludeRoot)
                {
                    selected.Add(root);
                }

                if (value.Cascade != CascadeValues.None)
                {
                    AddDescendants(root, selected, expanded);
                }
            }
        }

        return selected;
    }

    /// <summary>Each code is gone into once, however many selected codes are above it.</summary>
    private void AddDescendants(string root, HashSet<string> selected, HashSet<string> expanded)
    {
        Queue<string> open = new(expanded.Add(root) ? [root] : []);
        while (open.TryDequeue(out string? next))
        {
            foreach (string child in _children.Value[next])
            {
                selected.Add(child);
                if (expanded.Add(child))
                {
                    open.Enqueue(child);
                }
            }
        }
    }
}
