using System.Collections.Immutable;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>The header row of SDMX-CSV metadata 2.0 and 2.1 (<c>MDSTRUCTURE</c> first): columns of the format and the tree of attributes.</summary>
internal sealed class CsvMetadataHeader
{
    private readonly string[] _names;
    private readonly string[] _ids;

    private CsvMetadataHeader(string[] names)
    {
        _names = names;
        _ids = [.. names.Select(CsvColumnName.IdOf)];
        SubSeparator = CsvColumnName.SubSeparatorOf(names[0]) ?? ';';
        Structure = Find("MDSTRUCTURE_ID");
        Set = Find("METADATASET_ID");
        SetName = Find("METADATASET_NAME");
        Action = Find("ACTION");
        IsPartialLanguage = Find("IS_PARTIAL_LANGUAGE");
        TargetTypes = Find("TARGET_TYPES");
        Targets = Find("TARGET_IDS");
        HasNames = SetName >= 0 || Find("MDSTRUCTURE_NAME") >= 0;
        Attributes = AttributeColumns();
    }

    /// <summary>Separator of several values in one field.</summary>
    public char SubSeparator { get; }

    /// <summary>Column of the metadataflow or agreement; -1 for none. So for the others.</summary>
    public int Structure { get; }

    /// <summary>Column of the metadata set.</summary>
    public int Set { get; }

    /// <summary>Column of its name.</summary>
    public int SetName { get; }

    /// <summary>Column of the action (2.0; to be ignored in 2.1).</summary>
    public int Action { get; }

    /// <summary>Column that says whether only some languages are there (2.1).</summary>
    public int IsPartialLanguage { get; }

    /// <summary>Column of the types of the targets.</summary>
    public int TargetTypes { get; }

    /// <summary>Column of the targets.</summary>
    public int Targets { get; }

    /// <summary>True when columns of names stand behind those of values.</summary>
    public bool HasNames { get; }

    /// <summary>Columns of top attributes, with those below them.</summary>
    public ImmutableArray<CsvMetadataColumn> Attributes { get; }

    /// <summary>Deepest nesting of attributes that is followed.</summary>
    private const int MaxDepth = 128;

    /// <summary>Reads a header row; null with an issue when it is none.</summary>
    public static CsvMetadataHeader? Parse(string[] names, IssueList issues)
    {
        // Attributes nest a few levels deep; a column of thousands is hostile.
        int deep = Array.FindIndex(names, n => n.AsSpan().Count('.') > MaxDepth);
        if (deep >= 0)
        {
            issues.Add(IssueCodes.TooLarge, new Location(1, deep + 1), "nesting of attributes", MaxDepth);
            return null;
        }

        CsvMetadataHeader header = new(names);
        if (!header._ids[0].Equals("MDSTRUCTURE", StringComparison.OrdinalIgnoreCase))
        {
            issues.Add(IssueCodes.UnknownFormat, new Location(1, 1), names[0]);
            return null;
        }

        foreach ((int column, string id) in new[] { (header.Structure, "MDSTRUCTURE_ID"), (header.Set, "METADATASET_ID") })
        {
            if (column < 0)
            {
                issues.Add(IssueCodes.CsvHeader, new Location(1), id);
                return null;
            }
        }

        return header;
    }

    private static bool IsOfFormat(string id) => id.ToUpperInvariant() is "MDSTRUCTURE" or "MDSTRUCTURE_ID" or "MDSTRUCTURE_NAME" or "METADATASET_ID"
        or "METADATASET_NAME" or "ACTION" or "IS_PARTIAL_LANGUAGE" or "TARGET_TYPES" or "TARGET_IDS" or "TARGET_NAMES";

    private int Find(string id) => Array.FindIndex(_ids, i => i.Equals(id, StringComparison.OrdinalIgnoreCase));

    private ImmutableArray<CsvMetadataColumn> AttributeColumns()
    {
        List<int> columns = [];
        for (int c = 1; c < _ids.Length; c++)
        {
            bool isName = HasNames && columns.Count > 0 && columns[^1] == c - 1;
            if (!IsOfFormat(_ids[c]) && !isName)
            {
                columns.Add(c);
            }
        }

        return Below(null, columns);
    }

    /// <summary>The columns one step below a path; those whose parent has no column of its own count as below nothing but its id.</summary>
    private ImmutableArray<CsvMetadataColumn> Below(string? path, List<int> columns)
    {
        string prefix = path is null ? "" : path + ".";
        List<CsvMetadataColumn> found = [];
        HashSet<string> seen = [];
        foreach (int c in columns.Where(c => _ids[c].StartsWith(prefix, StringComparison.Ordinal) && _ids[c].Length > prefix.Length))
        {
            string id = _ids[c][prefix.Length..].Split('.')[0];
            if (seen.Add(id))
            {
                int own = columns.FindIndex(o => _ids[o] == prefix + id);
                string marks = own < 0 ? Marks(_names[c], prefix.Count(x => x == '.')) : _names[columns[own]];
                found.Add(new CsvMetadataColumn(
                    own < 0 ? -1 : columns[own],
                    id,
                    CsvColumnName.IsMultiple(marks),
                    CsvColumnName.LanguagesOf(marks) is not null,
                    own >= 0 && marks.Contains(": ", StringComparison.Ordinal),
                    Below(prefix + id, columns)));
            }
        }

        return [.. found];
    }

    /// <summary>A part of a name with its marks: <c>CONTACT[]</c> of <c>CONTACT[].NAME</c>.</summary>
    private static string Marks(string name, int part) => name.Split(": ")[0].Split('.').ElementAtOrDefault(part) ?? "";
}

/// <summary>A metadata attribute as a column.</summary>
/// <param name="Ordinal">Zero-based position; -1 when only attributes below it have columns.</param>
/// <param name="Id">Id among its siblings.</param>
/// <param name="IsMultiple">True when there can be several.</param>
/// <param name="IsMultilingual">True when values are texts by language.</param>
/// <param name="IsLabelled">True when names may stand behind codes.</param>
/// <param name="Children">Columns of attributes below it.</param>
internal sealed record CsvMetadataColumn(int Ordinal, string Id, bool IsMultiple, bool IsMultilingual, bool IsLabelled, ImmutableArray<CsvMetadataColumn> Children);
