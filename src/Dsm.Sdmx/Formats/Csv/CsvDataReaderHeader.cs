using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// The header row of SDMX-CSV 1.0 (<c>DATAFLOW</c> first) and 2.x (<c>STRUCTURE</c> first): where the columns of the format stand,
/// and the ids of the others. The words of the format are taken in any case of letters.
/// </summary>
internal sealed class CsvDataReaderHeader
{
    /// <summary>Most columns of a message.</summary>
    public const int MaxColumns = 10_000;

    private readonly string[] _names;
    private readonly bool[] _isIgnored;

    private CsvDataReaderHeader(string[] names)
    {
        _names = names;
        Ids = [.. names.Select(CsvColumnName.IdOf)];
        IsVersion1 = Is(0, "DATAFLOW");
        SubSeparator = CsvColumnName.SubSeparatorOf(names[0]) ?? ';';
        StructureType = IsVersion1 ? -1 : 0;
        StructureId = IsVersion1 ? 0 : Find("STRUCTURE_ID");
        Action = IsVersion1 ? -1 : Find("ACTION");
        HasNames = !IsVersion1 && Find("STRUCTURE_NAME") >= 0;
        _isIgnored = [.. Ids.Select((id, column) => column == StructureId || column == StructureType || column == Action || CsvColumnName.IsOfFormat(id))];
    }

    /// <summary>Ids of the columns, without labels and marks.</summary>
    public string[] Ids { get; }

    /// <summary>True for SDMX-CSV 1.0.</summary>
    public bool IsVersion1 { get; }

    /// <summary>Separator of several values in one field.</summary>
    public char SubSeparator { get; }

    /// <summary>Column of the type of structure; -1 for none.</summary>
    public int StructureType { get; }

    /// <summary>Column of the structure; -1 for none.</summary>
    public int StructureId { get; }

    /// <summary>Column of the action; -1 for none.</summary>
    public int Action { get; }

    /// <summary>True when columns of names stand behind those of codes (<c>labels=name</c>).</summary>
    public bool HasNames { get; }

    /// <summary>Reads a header row; null with an issue when it is none.</summary>
    public static CsvDataReaderHeader? Parse(string[] names, int line, IssueList issues)
    {
        CsvDataReaderHeader header = new(names);
        if (!header.IsVersion1 && !header.Is(0, "STRUCTURE"))
        {
            issues.Add(IssueCodes.UnknownFormat, new Location(line, 1), names[0]);
            return null;
        }

        if (header.StructureId < 0)
        {
            issues.Add(IssueCodes.CsvHeader, new Location(line), "STRUCTURE_ID");
            return null;
        }

        return header;
    }

    /// <summary>True when the fields of a column hold code and name (<c>labels=both</c>).</summary>
    public bool IsLabelled(int column) => _names[column].Contains(": ", StringComparison.Ordinal);

    /// <summary>True when the fields of a column can hold several values.</summary>
    public bool IsMultiple(int column) => CsvColumnName.IsMultiple(_names[column]);

    /// <summary>True when the fields of a column hold texts in several languages.</summary>
    public bool IsMultilingual(int column) => CsvColumnName.LanguagesOf(_names[column]) is not null;

    /// <summary>The header of a column as it was sent.</summary>
    public string NameOf(int column) => _names[column];

    /// <summary>True for columns of the format that say nothing that reading needs.</summary>
    public bool IsIgnored(int column) => _isIgnored[column];

    private bool Is(int column, string id) => Ids[column].Equals(id, StringComparison.OrdinalIgnoreCase);

    private int Find(string id) => Array.FindIndex(Ids, i => i.Equals(id, StringComparison.OrdinalIgnoreCase));
}
