namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// The header of one column: id, marks in brackets, label: <c>ATTR: Attribute</c>, <c>ATTR[]</c> (several values), <c>ATTR[en;fr]</c>
/// (several languages), <c>ATTR[][en;fr]</c>, and for the first column <c>STRUCTURE[;]</c> (separator of several values).
/// </summary>
internal static class CsvColumnName
{
    /// <summary>The id, without label and marks. <c>CONTACT[].NAME[]</c> gives <c>CONTACT.NAME</c>: a nested metadata attribute.</summary>
    public static string IdOf(string name)
    {
        ReadOnlySpan<char> rest = WithoutLabel(name);
        if (rest.IndexOf('[') < 0)
        {
            return rest.Trim().ToString();
        }

        System.Text.StringBuilder id = new();
        while (rest.IndexOf('[') is int open and >= 0)
        {
            id.Append(rest[..open]);
            int close = rest[open..].IndexOf(']');
            rest = close < 0 ? [] : rest[(open + close + 1)..];
        }

        return id.Append(rest).ToString().Trim();
    }

    /// <summary>The label; null when there is none.</summary>
    public static string? LabelOf(string name)
        => name.IndexOf(": ", StringComparison.Ordinal) is int label and >= 0 ? name[(label + 2)..] : null;

    /// <summary>True when fields can hold several values: the last part of the id is followed by empty brackets.</summary>
    public static bool IsMultiple(string name)
    {
        ReadOnlySpan<char> last = LastPart(name);
        return last.IndexOf("[]") >= 0;
    }

    /// <summary>The languages of a multilingual column as written between the brackets; null when it is none.</summary>
    public static string? LanguagesOf(string name)
    {
        ReadOnlySpan<char> last = LastPart(name);
        while (last.IndexOf('[') is int open and >= 0)
        {
            int close = last[open..].IndexOf(']');
            if (close > 1)
            {
                return last[(open + 1)..(open + close)].ToString();
            }

            last = last[(open + 1)..];
        }

        return null;
    }

    /// <summary>The separator in brackets behind the name of the first column; null when there is none.</summary>
    public static char? SubSeparatorOf(string name)
    {
        int open = name.IndexOf('[', StringComparison.Ordinal);
        return open > 0 && open + 1 < name.Length && name[open + 1] != ']' ? name[open + 1] : null;
    }

    /// <summary>True for columns of the format, and of known services, that are no components.</summary>
    public static bool IsOfFormat(string id) => id.ToUpperInvariant() is "STRUCTURE_NAME" or "SERIES_KEY" or "OBS_KEY"
        or "SERIESKEY" or "OBSKEY" or "SERIES_KEYS" or "OBS_KEYS" or "LAST UPDATE" or "UPDATED";

    private static ReadOnlySpan<char> WithoutLabel(string name)
        => name.IndexOf(": ", StringComparison.Ordinal) is int label and >= 0 ? name.AsSpan(0, label) : name;

    private static ReadOnlySpan<char> LastPart(string name)
    {
        ReadOnlySpan<char> id = WithoutLabel(name);
        return id[(id.LastIndexOf('.') + 1)..];
    }
}
