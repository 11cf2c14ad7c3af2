namespace Dsm.Sdmx.Formats.Csv;

/// <summary>Finds the delimiter of a message: the character behind the name of the first column (field guide 2.0, "Columns").</summary>
internal static class CsvDelimiter
{
    /// <summary>The delimiter, by the first bytes of a message; a comma when it cannot be told.</summary>
    public static byte Of(ReadOnlySpan<byte> first)
    {
        int end = first.IndexOfAny((byte)'\r', (byte)'\n');
        ReadOnlySpan<byte> header = end < 0 ? first : first[..end];
        int at = header.StartsWith("\""u8) ? header[1..].IndexOf((byte)'"') + 2 : EndOfName(header);
        if (at <= 0 || at >= header.Length || !CanBe(header[at]))
        {
            return (byte)',';
        }

        return header[at] == ',' && Second(header[(at + 1)..]) is { } other ? other : header[at];
    }

    /// <summary>True for bytes that can stand between fields.</summary>
    public static bool CanBe(byte b) => b < 0x80 && !char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'"' or (byte)'_' or (byte)' ' or (byte)'\r' or (byte)'\n' or 0);

    private static int EndOfName(ReadOnlySpan<byte> header)
    {
        int name = header.IndexOfAnyExcept(Letters);
        if (name < 0 || header[name] != '[')
        {
            return name;
        }

        int bracket = header.IndexOf((byte)']');
        return bracket < 0 ? -1 : bracket + 1;
    }

    /// <summary>
    /// The field guides have an example whose first column ends with a comma and all others with a semicolon
    /// (<c>MDSTRUCTURE[|],MDSTRUCTURE_ID;METADATASET_ID</c>): the name of the second column is known, so what ends it is right.
    /// </summary>
    private static byte? Second(ReadOnlySpan<byte> rest)
    {
        int name = rest.IndexOfAnyExcept(Letters);
        return name > 0 && rest[..name].EndsWith("STRUCTURE_ID"u8) && rest[name] != ',' && CanBe(rest[name]) ? rest[name] : null;
    }

    private static readonly System.Buffers.SearchValues<byte> Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);
}
