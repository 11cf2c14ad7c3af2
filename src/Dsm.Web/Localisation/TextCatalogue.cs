using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Dsm.Web.Localisation;

/// <summary>
/// Texts of the pages, one embedded file a language (<c>Texts/en.json</c>): key to text, with <c>{0}</c> for arguments. Plural forms are
/// keys with the endings <c>.one</c>, <c>.few</c>, <c>.many</c>, <c>.other</c> (CLDR categories). Adding a language is adding a file.
/// </summary>
public sealed class TextCatalogue
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _texts;

    /// <summary>Loads every language embedded in the assembly.</summary>
    public TextCatalogue()
    {
        const string prefix = "Dsm.Web.Texts.";
        Assembly assembly = typeof(TextCatalogue).Assembly;
        _texts = assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(n => n[prefix.Length..^".json".Length], n => Load(assembly, n));
        Languages = [.. _texts.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Languages with texts, two letters each; <c>en</c> is the fallback.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>All keys of a language.</summary>
    public IReadOnlyCollection<string> Keys(string language) => _texts[language].Keys;

    /// <summary>The text of a key in a language; English, then the key itself, when it is missing.</summary>
    public string Find(string language, string key)
        => _texts.TryGetValue(language, out FrozenDictionary<string, string>? texts) && texts.TryGetValue(key, out string? text) ? text
            : _texts["en"].GetValueOrDefault(key, key);

    /// <summary>The plural form of a key for a number in a language, with the number as <c>{0}</c>.</summary>
    public string Plural(string language, string key, long count)
    {
        string form = PluralForm(language, count);
        string text = Find(language, $"{key}.{form}");
        return string.Format(CultureInfo.CurrentCulture, text, count.ToString("N0", CultureInfo.CurrentCulture));
    }

    /// <summary>CLDR plural category of a whole number.</summary>
    internal static string PluralForm(string language, long count)
    {
        long ones = Math.Abs(count) % 10, tens = Math.Abs(count) % 100;
        return language switch
        {
            "ru" => ones == 1 && tens != 11 ? "one" : ones is >= 2 and <= 4 && tens is (< 12 or > 14) ? "few" : "many",
            _ => count == 1 ? "one" : "other",
        };
    }

    private static FrozenDictionary<string, string> Load(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary();
    }
}
