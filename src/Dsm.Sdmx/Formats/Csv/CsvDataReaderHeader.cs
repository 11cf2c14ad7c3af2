using System.Diagnostics.CodeAnalysis;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// The header row of SDMX-CSV 1.0 (<c>DATAFLOW</c> first) and 2.x (<c>STRUCTURE</c> first): where the columns of the format stand,
/// and the ids of the others.
/// </summary>
internal sealed class CsvDataReaderHeader
{
    private readonly string[] _names;

    private CsvDataReaderHeader(string[] names)
    {
        _names = names;
        Ids = [.. names.Select(Id)];
        IsVersion1 = Ids[0] == "DATAFLOW";
        SubSeparator = names[0].Length > "STRUCTURE[".Length && names[0].StartsWith("STRUCTURE[", StringComparison.Ordinal) ? names[0]["STRUCTURE[".Length] : ';';
        StructureType = IsVersion1 ? -1 : 0;
        StructureId = IsVersion1 ? 0 : Array.IndexOf(Ids, "STRUCTURE_ID");
        Action = IsVersion1 ? -1 : Array.IndexOf(Ids, "ACTION");
        HasNames = !IsVersion1 && Ids.Contains("STRUCTURE_NAME");
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

    /// <summary>The delimiter, by what stands behind the name of the first column.</summary>
    public static char SniffDelimiter(ReadOnlySpan<char> first)
    {
        int end = first.IndexOfAny('\r', '\n');
        ReadOnlySpan<char> header = end < 0 ? first : first[..end];
        int bracket = header.IndexOf(']');
        int at = header.StartsWith("\"") ? header[1..].IndexOf('"') + 2
            : header.StartsWith("STRUCTURE[", StringComparison.Ordinal) && bracket > 0 ? bracket + 1
            : header.IndexOfAny(",;\t|");
        return at > 0 && at < header.Length && !char.IsLetterOrDigit(header[at]) && header[at] is not ('"' or '_' or ' ') ? header[at] : ',';
    }

    /// <summary>Reads a header row; null with an issue when it is none.</summary>
    public static CsvDataReaderHeader? Parse(string[] names, int line, IssueList issues)
    {
        names[0] = names[0].TrimStart('\uFEFF');
        CsvDataReaderHeader header = new(names);
        if (header.Ids[0] is not ("DATAFLOW" or "STRUCTURE"))
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

    /// <summary>True when the fields of a column can hold several values or texts by language (<c>ATTR[]</c>, <c>ATTR[en;fr]</c>).</summary>
    public bool IsMultiple(int column) => _names[column].Contains('[', StringComparison.Ordinal);

    /// <summary>True for columns of the format that say nothing that reading needs.</summary>
    public bool IsIgnored(int column) => column == StructureId || column == StructureType || column == Action
        || Ids[column] is "STRUCTURE_NAME" or "SERIES_KEY" or "OBS_KEY" or "SERIESKEY" or "OBSKEY" or "SERIES_KEYS" or "OBS_KEYS";

    /// <summary>The structure of a record: <c>AGENCY:ID(VERSION)</c>, perhaps with a name behind it.</summary>
    public static bool TryParseStructure(ReadOnlySpan<char> type, ReadOnlySpan<char> id, [NotNullWhen(true)] out StructureReference? reference)
    {
        reference = null;
        StructureType? structureType = type.ToString().ToLowerInvariant() switch
        {
            "dataflow" or "" => Model.StructureType.Dataflow,
            "datastructure" => Model.StructureType.DataStructure,
            "dataprovision" or "provisionagreement" => Model.StructureType.ProvisionAgreement,
            _ => null,
        };
        int colon = id.IndexOf(':');
        if (structureType is null || colon <= 0)
        {
            return false;
        }

        ReadOnlySpan<char> rest = id[(colon + 1)..];
        int end = rest.IndexOfAny('(', ':');
        ReadOnlySpan<char> name = (end < 0 ? rest : rest[..end]).Trim();
        int close = rest.IndexOf(')');
        bool hasVersion = end >= 0 && rest[end] == '(';
        if (name.IsEmpty || (hasVersion && close < end))
        {
            return false;
        }

        string version = hasVersion ? rest[(end + 1)..close].Trim().ToString() : "1.0";
        reference = new StructureReference(structureType, id[..colon].Trim().ToString(), name.ToString(), version);
        return true;
    }

    /// <summary>The action of a record; null when it is none.</summary>
    public static DataSetAction? ParseAction(ReadOnlySpan<char> text) => text switch
    {
        "" or "I" => DataSetAction.Information,
        "M" => DataSetAction.Merge,
        "A" => DataSetAction.Append,
        "R" => DataSetAction.Replace,
        "D" => DataSetAction.Delete,
        _ => null,
    };

    private static string Id(string name)
    {
        int label = name.IndexOf(": ", StringComparison.Ordinal);
        string id = label < 0 ? name : name[..label];
        int bracket = id.IndexOf('[', StringComparison.Ordinal);

        // 'CONTACT[].NAME[]' is one id: a part of a reference metadata attribute.
        return (bracket < 0 || id.Contains("].", StringComparison.Ordinal) ? id : id[..bracket]).Trim();
    }
}
