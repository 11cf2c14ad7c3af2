using System.Diagnostics.CodeAnalysis;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>The fields of a record that say what it follows and what is to be done with it.</summary>
internal static class CsvStructureField
{
    /// <summary>The structure of a record: <c>AGENCY:ID(VERSION)</c>, perhaps with a name behind it. Without a version 1.0 is meant.</summary>
    public static bool TryParse(ReadOnlySpan<char> type, ReadOnlySpan<char> id, [NotNullWhen(true)] out StructureReference? reference)
    {
        reference = null;
        StructureType? structureType = type.ToString().ToLowerInvariant() switch
        {
            "dataflow" or "" => StructureType.Dataflow,
            "datastructure" => StructureType.DataStructure,
            "dataprovision" or "provisionagreement" => StructureType.ProvisionAgreement,
            _ => null,
        };
        return structureType is not null && TryParse(structureType, id, out reference);
    }

    /// <summary>The artefact of a known type that a field names.</summary>
    public static bool TryParse(StructureType type, ReadOnlySpan<char> id, [NotNullWhen(true)] out StructureReference? reference)
    {
        reference = null;
        int colon = id.IndexOf(':');
        if (colon <= 0)
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
        ReadOnlySpan<char> agency = id[..colon].Trim();
        if (agency.IsEmpty || version.Length == 0 || !IsName(agency) || !IsName(name) || !IsName(version))
        {
            return false;
        }

        reference = new StructureReference(type, agency.ToString(), name.ToString(), version);
        return true;
    }

    // Ids and versions, wildcards of versions included; letters of any script, which some registries let through.
    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '@' or '$' or '-' or '.' or '+' or '*' or '~'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The action of a record; null when it is none.</summary>
    public static DataSetAction? ActionOf(ReadOnlySpan<char> text) => text switch
    {
        "" or "I" => DataSetAction.Information,
        "M" => DataSetAction.Merge,
        "A" => DataSetAction.Append,
        "R" => DataSetAction.Replace,
        "D" => DataSetAction.Delete,
        _ => null,
    };
}
