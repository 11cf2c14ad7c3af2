namespace Dsm.Sdmx.Formats.Reading;

/// <summary>
/// Gives one string for a text that is repeated (titles and notes stand on thousands of series and observations): the last text
/// seen for each of some hash values. Bounded: long texts are not kept.
/// </summary>
internal sealed class TextCache
{
    private const int Size = 256, LongestKept = 256;

    private readonly string?[] _texts = new string?[Size];

    public string Get(ReadOnlySpan<char> text)
    {
        if (text.Length > LongestKept)
        {
            return text.ToString();
        }

        ref string? place = ref _texts[string.GetHashCode(text, StringComparison.Ordinal) & (Size - 1)];
        return place is not null && text.SequenceEqual(place) ? place : place = text.ToString();
    }
}
