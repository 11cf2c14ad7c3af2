using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dsm.Sdmx.Issues;

/// <summary>
/// Words inside findings: arguments that are not data but phrases of ours or of the XML and JSON parsers, which speak English only.
/// One embedded file a language (<c>Issues/Words/ru.json</c>): English phrase to phrase, <c>{0}</c> standing for what changes.
/// </summary>
internal sealed class IssueWords
{
    private static readonly ConcurrentDictionary<string, IssueWords?> Languages = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private readonly List<(Regex Pattern, string Text)> _patterns = [];

    private IssueWords(Dictionary<string, string> texts)
    {
        foreach ((string english, string text) in texts)
        {
            if (english.Contains("{0}", StringComparison.Ordinal))
            {
                string pattern = Regex.Replace(Regex.Escape(english), @"\\\{([0-9])}", "(?<a$1>.*)", RegexOptions.CultureInvariant);
                _patterns.Add((new Regex($"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking), text));
            }
            else
            {
                _words.Add(english, text);
            }
        }
    }

    /// <summary>An argument in a language: translated when it is one that can be a phrase and is known, else as it is.</summary>
    /// <param name="name">Name of the argument; those that hold data are never touched.</param>
    /// <param name="text">The argument.</param>
    /// <param name="language">Two letters or a culture name.</param>
    public static string Of(string name, string text, string language)
        => name is "detail" or "what" or "expected" or "encoding" or "found"
            && Languages.GetOrAdd(language.Split('-')[0], Load) is { } words ? words.Find(text) : text;

    private string Find(string text)
    {
        if (_words.TryGetValue(text, out string? word))
        {
            return word;
        }

        foreach ((Regex pattern, string translation) in _patterns)
        {
            if (pattern.Match(text) is { Success: true } match)
            {
                return Regex.Replace(translation, @"\{([0-9])}", m => match.Groups["a" + m.Groups[1].Value].Value, RegexOptions.CultureInvariant);
            }
        }

        return text;
    }

    private static IssueWords? Load(string language)
    {
        using Stream? stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Dsm.Sdmx.Issues.Words.{language.ToLowerInvariant()}.json");
        return stream is null ? null : new IssueWords(JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!);
    }
}
