using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>
/// A text in several languages (InternationalString of the information model). The default value has no text.
/// Equality is by content.
/// </summary>
public readonly struct LocalisedText : IEquatable<LocalisedText>
{
    private readonly ImmutableArray<KeyValuePair<string, string>> _texts;

    /// <summary>Makes a text from language and text pairs, in their order.</summary>
    public LocalisedText(params IEnumerable<KeyValuePair<string, string>> texts) => _texts = [.. texts];

    /// <summary>Text in one language.</summary>
    public static LocalisedText Of(string text, string language = "en") => new([new(language, text)]);

    /// <summary>All texts with their languages, in the order of the source.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Texts => _texts.IsDefault ? [] : _texts;

    /// <summary>True when there is no text in any language.</summary>
    public bool IsEmpty => _texts.IsDefaultOrEmpty;

    /// <summary>The text in exactly a language; null when there is none.</summary>
    public string? this[string language]
    {
        get
        {
            foreach ((string key, string text) in Texts)
            {
                if (string.Equals(key, language, StringComparison.OrdinalIgnoreCase))
                {
                    return text;
                }
            }

            return null;
        }
    }

    /// <summary>The text in the first of the languages that has one, else in English, else in any; null when there is none.</summary>
    public string? Best(params ReadOnlySpan<string> languages)
    {
        foreach (string language in languages)
        {
            if (this[language] is { } text)
            {
                return text;
            }
        }

        return this["en"] ?? (Texts.IsEmpty ? null : Texts[0].Value);
    }

    /// <inheritdoc/>
    public bool Equals(LocalisedText other) => Texts.SequenceEqual(other.Texts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LocalisedText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Texts.IsEmpty ? 0 : Texts[0].GetHashCode();

    /// <summary>Equality by content.</summary>
    public static bool operator ==(LocalisedText left, LocalisedText right) => left.Equals(right);

    /// <summary>Inequality by content.</summary>
    public static bool operator !=(LocalisedText left, LocalisedText right) => !left.Equals(right);

    /// <summary>The English text, or any.</summary>
    public override string ToString() => Best() ?? "";
}
