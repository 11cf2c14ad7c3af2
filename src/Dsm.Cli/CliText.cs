using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Dsm.Cli;

/// <summary>What the program says, by language: one file a language in <c>Texts</c>.</summary>
internal sealed class CliText
{
    private readonly FrozenDictionary<string, string> _texts;

    private CliText(string language)
    {
        Language = language;
        using Stream stream = typeof(CliText).Assembly.GetManifestResourceStream($"Dsm.Cli.Texts.{language}.json")!;
        _texts = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary();
    }

    /// <summary>Languages there are texts for.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "ru"];

    /// <summary>The language, two letters.</summary>
    public string Language { get; }

    /// <summary>The keys there are texts for.</summary>
    public IEnumerable<string> Keys => _texts.Keys;

    /// <summary>A text.</summary>
    public string this[string key] => _texts.TryGetValue(key, out string? text) ? text : key;

    /// <summary>A text with values in the places {0}, {1} ...; numbers as the language writes them.</summary>
    public string Format(string key, params object?[] values) => string.Format(Culture, this[key], values);

    /// <summary>A whole number as the language writes it.</summary>
    public string Number(long value) => value.ToString("N0", Culture);

    /// <summary>The texts of a language (<c>ru</c>, <c>ru-RU</c>, <c>ru_RU.UTF-8</c>); English for one there is none of.</summary>
    public static CliText Of(string? language)
    {
        string two = (language ?? "").Split('-', '_', '.')[0].ToLowerInvariant();
        return new CliText(Languages.Contains(two) ? two : "en");
    }

    private CultureInfo Culture => CultureInfo.GetCultureInfo(Language);
}
