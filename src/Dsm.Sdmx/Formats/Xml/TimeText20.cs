namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Times of SDMX-ML 2.0 in the form of later versions. Two forms have changed (2.0 common schema, TimePeriodType): half-years are
/// <c>2001-B1</c>, now <c>2001-S1</c>; weeks have no leading zero, <c>2001-W1</c>, now <c>2001-W01</c>.
/// </summary>
internal static class TimeText20
{
    /// <summary>The time as later versions write it; anything else as it is.</summary>
    public static ReadOnlySpan<char> Later(ReadOnlySpan<char> text)
    {
        if (text.Length != 7 || text[4] != '-' || !char.IsAsciiDigit(text[6]))
        {
            return text;
        }

        return text[5] switch
        {
            'B' when text[6] is '1' or '2' => string.Concat(text[..5], "S", text[6..]),
            'W' when text[6] != '0' => string.Concat(text[..6], "0", text[6..]),
            _ => text,
        };
    }
}
