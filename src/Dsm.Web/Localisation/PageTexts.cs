using System.Globalization;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Localisation;

/// <summary>Texts in the language of the current page; injected into pages as <c>T</c>.</summary>
public sealed class PageTexts(TextCatalogue catalogue)
{
    /// <summary>Language of the page, two letters.</summary>
    public string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>Languages there are.</summary>
    public IReadOnlyList<string> Languages => catalogue.Languages;

    /// <summary>The text of a key.</summary>
    public string this[string key] => catalogue.Find(Language, key);

    /// <summary>The text of a key with arguments put in, formatted by the page's culture.</summary>
    public string Format(string key, params object?[] arguments) => string.Format(CultureInfo.CurrentCulture, this[key], arguments);

    /// <summary>The plural form of a key for a number.</summary>
    public string Plural(string key, long count) => catalogue.Plural(Language, key, count);

    /// <summary>Name of a language in the language of the page, as it stands within a sentence: <c>English</c>, <c>английский</c>.</summary>
    public string LanguageName(string language)
        => CultureInfo.GetCultures(CultureTypes.NeutralCultures).FirstOrDefault(c => c.Name == language)?.DisplayName ?? language;

    /// <summary>Name of a language as it stands alone: <c>Английский</c>.</summary>
    public string LanguageTitle(string language)
    {
        string name = LanguageName(language);
        return name.Length == 0 ? name : char.ToUpper(name[0], CultureInfo.CurrentCulture) + name[1..];
    }

    /// <summary>A text of the model in the page's language, else in English, else in any.</summary>
    public string Of(LocalisedText text, string fallback = "") => text.Best(Language) ?? fallback;

    /// <summary>A text by language in the page's language, else in English, else in any.</summary>
    public string Of(IReadOnlyDictionary<string, string> text, string fallback = "")
        => text.TryGetValue(Language, out string? own) ? own : text.TryGetValue("en", out string? english) ? english : text.Values.FirstOrDefault() ?? fallback;
}
