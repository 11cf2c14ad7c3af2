namespace Dsm.Sdmx.Formats.Xml;

/// <summary>The pattern of SDMX identifiers (IDType, NestedIDType).</summary>
internal static class Ids
{
    /// <summary>True when a text is an identifier.</summary>
    public static bool IsMatch(ReadOnlySpan<char> id, bool allowDots = false)
    {
        if (id.IsEmpty)
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
