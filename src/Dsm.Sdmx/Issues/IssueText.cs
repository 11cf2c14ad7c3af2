using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Dsm.Sdmx.Issues;

/// <summary>
/// Texts of issues by language. One embedded file a language (<c>Issues/Messages/en.json</c>): <c>{ "D0301": "Code {value} ..." }</c>.
/// Adding a language is adding a file. Other assemblies add theirs with <see cref="Register"/>.
/// </summary>
public static class IssueText
{
    private static readonly ConcurrentDictionary<string, FrozenDictionary<string, string>> Catalogues = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Lock Loading = new();

    static IssueText() => Register(typeof(IssueText).Assembly, "Dsm.Sdmx.Issues.Messages.");

    /// <summary>Languages there are texts for.</summary>
    public static IReadOnlyCollection<string> Languages => [.. Catalogues.Keys];

    /// <summary>Adds the message files embedded in an assembly under a resource prefix, one <c>language.json</c> each.</summary>
    public static void Register(Assembly assembly, string prefix)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        lock (Loading)
        {
            foreach (string name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal)))
            {
                using Stream stream = assembly.GetManifestResourceStream(name)!;
                Dictionary<string, string> texts = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
                string language = name[prefix.Length..^".json".Length];
                Dictionary<string, string> merged = Catalogues.TryGetValue(language, out FrozenDictionary<string, string>? old) ? new(old) : [];
                foreach ((string id, string text) in texts)
                {
                    merged[id] = text;
                }

                Catalogues[language] = merged.ToFrozenDictionary();
            }
        }
    }

    /// <summary>The template of a code in a language, or null when there is none (a test finds these).</summary>
    public static string? Template(string codeId, string language)
        => Catalogues.TryGetValue(language, out FrozenDictionary<string, string>? texts) && texts.TryGetValue(codeId, out string? text) ? text : null;

    /// <summary>The text of an issue in a language (two letters or a culture name); English when the language has no text.</summary>
    public static string For(Issue issue, string language)
    {
        ArgumentNullException.ThrowIfNull(issue);
        return Format(issue.Code, issue.Arguments.AsSpan(), language);
    }

    /// <summary>The text of an issue in a language, after its place in a message when it has one: <c>Line 3, column 7: ...</c>.</summary>
    public static string Placed(Issue issue, string language)
    {
        string text = For(issue, language);
        if (issue.Location.Line <= 0)
        {
            return text;
        }

        return Nearest(issue.Location.Column > 0 ? "place" : "place.line", language)!.Replace("{line}", issue.Location.Line.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{column}", issue.Location.Column.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) + ": " + text;
    }

    /// <summary>The text of a code with arguments in a language.</summary>
    public static string Format(IssueCode code, ReadOnlySpan<string> arguments, string language)
    {
        ArgumentNullException.ThrowIfNull(code);
        string text = Nearest(code.Id, language) ?? code.Id;
        for (int i = 0; i < arguments.Length && i < code.Arguments.Length; i++)
        {
            string name = code.Arguments[i];
            text = text.Replace("{" + name + "}", IssueWords.Of(name, arguments[i], language), StringComparison.Ordinal);
        }

        return text;
    }

    // In the language, in it without a region, in English.
    private static string? Nearest(string id, string language) => Template(id, language) ?? Template(id, language.Split('-')[0]) ?? Template(id, "en");
}
