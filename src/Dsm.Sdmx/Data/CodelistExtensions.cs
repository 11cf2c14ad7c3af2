using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Data;

/// <summary>Codelist extension as SDMX 3.0 defines it: codes of other lists taken in, in order, later ones winning over earlier ones.</summary>
public static class CodelistExtensions
{
    /// <summary>The codelist with all extensions taken in; the same instance when it has none. Lists that cannot be found add nothing.</summary>
    public static Codelist Resolve(StructureSet structures, Codelist codelist) => Resolve(structures, codelist, []);

    /// <summary>True when an id matches a pattern in which <c>%</c> stands for any characters.</summary>
    public static bool Matches(string id, string pattern)
    {
        string[] parts = pattern.Split('%');
        if (!id.StartsWith(parts[0], StringComparison.Ordinal) || !id.EndsWith(parts[^1], StringComparison.Ordinal)
            || id.Length < parts[0].Length + (parts.Length > 1 ? parts[^1].Length : 0))
        {
            return false;
        }

        int at = parts[0].Length;
        foreach (string part in parts.AsSpan()[1..])
        {
            int found = id.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return parts.Length > 1 || id == pattern;
    }

    private static Codelist Resolve(StructureSet structures, Codelist codelist, ImmutableHashSet<string> above)
    {
        if (codelist.Extensions.IsEmpty || above.Contains(codelist.Urn))
        {
            return codelist;
        }

        Dictionary<string, Code> codes = [];
        foreach (CodelistExtension extension in codelist.Extensions)
        {
            if (structures.FindFrom<Codelist>(codelist, extension.Codelist) is { } other)
            {
                Codelist resolved = Resolve(structures, other, above.Add(codelist.Urn));
                HashSet<string> named = new CodeTree(resolved).Select(extension.Codes);
                foreach (Code code in resolved.Codes.Where(c => extension.Codes.IsEmpty || named.Contains(c.Id) != extension.IsExclusive))
                {
                    string id = extension.Prefix + code.Id;
                    codes[id] = code with { Id = id, ParentId = code.ParentId is null ? null : extension.Prefix + code.ParentId };
                }
            }
        }

        foreach (Code code in codelist.Codes)
        {
            codes[code.Id] = code;
        }

        return codelist with { Codes = [.. codes.Values.Select(c => c.ParentId is not null && !codes.ContainsKey(c.ParentId) ? c with { ParentId = null } : c)] };
    }
}
