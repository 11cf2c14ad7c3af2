using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// Finds the code in what senders write for it: the code, code and name (<c>A: Annual</c>, <c>labels=both</c>), or, against the
/// standard but seen in files of statistical offices, the name alone.
/// </summary>
internal sealed class CsvLabelledValue(SchemaComponent component)
{
    private Dictionary<string, string?>? _byName;

    /// <summary>The code of a text; the text itself when it is neither a code nor names one.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="hasLabels">True when the header says that names stand behind the codes.</param>
    /// <param name="isName">True when the name alone was sent.</param>
    public string CodeOf(string text, bool hasLabels, out bool isName)
    {
        isName = false;
        CodeIndex? codes = component.Codes;
        if (codes is null)
        {
            return hasLabels && component.Role != ComponentRole.Attribute ? WithoutEqualLabel(text) : text;
        }

        if (codes.IndexOf(text) >= 0)
        {
            return text;
        }

        int label = text.IndexOf(": ", StringComparison.Ordinal);
        if (label > 0 && (hasLabels || codes.IndexOf(text.AsSpan(0, label)) >= 0))
        {
            return text[..label];
        }

        _byName ??= Names(component.Codelist);
        isName = _byName.TryGetValue(text.Trim(), out string? code) && code is not null;
        return isName ? code! : text;
    }

    /// <summary>The value of an uncoded dimension or measure: only a label that repeats the value surely is one.</summary>
    private static string WithoutEqualLabel(string text)
    {
        int label = text.IndexOf(": ", StringComparison.Ordinal);
        if (label <= 0)
        {
            return text;
        }

        ReadOnlySpan<char> value = text.AsSpan(0, label);
        return value.SequenceEqual(text.AsSpan(label + 2)) ? value.ToString() : text;
    }

    /// <summary>Codes by their names in all languages; null for names of several codes.</summary>
    private static Dictionary<string, string?> Names(Codelist? codelist)
    {
        Dictionary<string, string?> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string id, string name) in codelist is null ? [] : codelist.Codes.SelectMany(i => i.Name.Texts.Select(t => (i.Id, t.Value.Trim()))))
        {
            byName[name] = byName.TryGetValue(name, out string? other) && other != id ? null : id;
        }

        return byName;
    }
}
