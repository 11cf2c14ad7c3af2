namespace Dsm.Sdmx.Formats.Xml;

/// <summary>The pattern of SDMX identifiers (IDType, NestedIDType).</summary>
internal static class Ids
{
    /// <summary>
    /// An identifier made of a text: other characters become <c>_</c>. Headers of SDMX 2.0 and of free texts have ids that later schemas refuse.
    /// </summary>
    public static string Made(string text)
        => IsMatch(text) || text.Length == 0 ? text : string.Concat(text.Select(c => IsMatch([c]) ? c : '_'));

    /// <summary>True when a text is an identifier.</summary>
    public static bool IsMatch(ReadOnlySpan<char> id, bool allowDots = false)
    {
        if (id.IsEmpty || (allowDots && (id[0] == '.' || id[^1] == '.' || id.Contains("..", StringComparison.Ordinal))))
        {
            return false;
        }

        foreach (char c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '@' or '$' or '-') && !(allowDots && c == '.'))
            {
                return false;
            }
        }

        return true;
    }
}
