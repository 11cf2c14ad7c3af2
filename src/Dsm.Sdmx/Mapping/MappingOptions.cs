namespace Dsm.Sdmx.Mapping;

/// <summary>How a structure map is compiled.</summary>
public sealed record MappingOptions
{
    /// <summary>The default.</summary>
    public static readonly MappingOptions Default = new();

    /// <summary>
    /// True when a source value without an exact match is compared once more with its spelling evened out: blanks, Unicode form,
    /// ё and е, Cyrillic letters that look like Latin ones, footnote marks stuck to names, national number forms.
    /// Never case, never similarity: what still has no match stays unmapped.
    /// </summary>
    public bool NormalizesSource { get; init; } = true;
}
