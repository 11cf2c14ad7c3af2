using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures;

/// <summary>Differences to show, with the versions they are between, whose items are named in the page's language.</summary>
/// <param name="Changes">The differences.</param>
/// <param name="Before">The version before; null when it is not here.</param>
/// <param name="After">The version after; null when it is not here.</param>
public sealed record ChangesView(IReadOnlyList<StructureChange> Changes, Maintainable? Before, Maintainable? After)
{
    /// <summary>The former value of a difference; a dash for none.</summary>
    public string Former(StructureChange change, PageTexts texts) => Value(change?.Before, change?.Path, Before, texts);

    /// <summary>The new value of a difference; a dash for none.</summary>
    public string New(StructureChange change, PageTexts texts) => Value(change?.After, change?.Path, After, texts);

    // Whole items come as English text; the page names them itself.
    private static string Value(string? text, string? path, Maintainable? of, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (text is "True" or "False")
        {
            return texts["value." + text];
        }

        if (text is not null && path?.EndsWith(".Relationship", StringComparison.Ordinal) == true)
        {
            return texts["attached." + text];
        }

        if (text is null || path is null || of is not ItemScheme scheme || !path.EndsWith(']') || path.LastIndexOf('[') is not (>= 0 and int open))
        {
            return text ?? "–";
        }

        string id = path[(open + 1)..^1];
        return scheme.AllItems.FirstOrDefault(i => i.Id == id) is { } item && text.StartsWith(id, StringComparison.Ordinal) ? $"{id}: {texts.Of(item.Name)}".TrimEnd(' ', ':') : text;
    }
}

/// <summary>Differences between versions in the words of the page's language.</summary>
public static class ChangeView
{
    /// <summary>Where a difference is: <c>Codes[ARM].Name@en</c> becomes <c>code ARM, name (English)</c>.</summary>
    public static string Where(StructureChange change, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(texts);
        List<string> parts = [];
        string path = change.Path;
        for (int at = 0; at < path.Length;)
        {
            int end = at;
            while (end < path.Length && (char.IsLetterOrDigit(path[end]) || path[end] == '_'))
            {
                end++;
            }

            string words = Word(path[at..end], texts);
            if (end < path.Length && path[end] == '[')
            {
                int close = Closing(path, end);
                words += " " + Key(path[(end + 1)..close], texts);
                end = close + 1;
            }

            if (end < path.Length && path[end] == '@')
            {
                int stop = path.IndexOf('.', end) is >= 0 and int dot ? dot : path.Length;
                words += $" ({texts.LanguageName(path[(end + 1)..stop])})";
                end = stop;
            }

            if (path.AsSpan(end).StartsWith(" (order)"))
            {
                words += $" ({texts["change.order"]})";
                end += " (order)".Length;
            }

            parts.Add(words);
            at = end + 1;
        }

        return string.Join(", ", parts);
    }

    /// <summary>Class of the style sheet for the weight of a change.</summary>
    public static string Style(ChangeImpact impact) => impact switch
    {
        ChangeImpact.Major => "bad",
        ChangeImpact.Minor => "good",
        _ => "idle",
    };

    // Regions of constraints are recognised by what they say.
    private static string Key(string key, PageTexts texts)
    {
        string first = key.Split(' ')[0];
        return first is "included" or "excluded" ? texts["key." + first] + key[first.Length..] : key;
    }

    private static string Word(string property, PageTexts texts)
    {
        string key = "part." + property, word = texts[key];
        return word == key ? property : word;
    }

    // Keys of members may have brackets of their own.
    private static int Closing(string path, int open)
    {
        int depth = 0;
        for (int i = open; i < path.Length; i++)
        {
            depth += path[i] == '[' ? 1 : path[i] == ']' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return path.Length - 1;
    }
}
