using System.Globalization;
using System.Text;
using System.Xml;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Walks an XML message forward, element by element. Whatever the body of a <see cref="Children"/> loop leaves unread is passed over,
/// so that no reader can lose its place. Findings are made with line and column.
/// </summary>
internal sealed class XmlCursor(XmlReader reader, IssueList issues)
{
    /// <summary>Deepest nesting that is followed; deeper messages are hostile.</summary>
    public const int MaxDepth = 128;

    private readonly List<string> _languages = [];

    /// <summary>Deepest nesting that is passed over where nothing is looked at: the parser holds something for each level.</summary>
    public const int MaxSkippedDepth = 100_000;

    private readonly IXmlLineInfo _lines = (IXmlLineInfo)reader;

    /// <summary>The findings.</summary>
    public IssueList Issues { get; } = issues;

    /// <summary>Name of the current element without prefix.</summary>
    public string Name => reader.LocalName;

    /// <summary>Namespace of the current element.</summary>
    public string Namespace => reader.NamespaceURI;

    /// <summary>Depth of the current element; the root has 0.</summary>
    public int Depth => reader.Depth;

    /// <summary>Where the cursor stands.</summary>
    public Location Location => new(_lines.LineNumber, _lines.LinePosition);

    /// <summary>Moves to the next element, however deep; false at the end of the message.</summary>
    public bool NextElement()
    {
        while (Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Passes over everything to the end of the message, so that a break in it is found.</summary>
    public void ToEnd()
    {
        while (Read())
        {
        }
    }

    /// <summary>Names of the child elements of the current element; the cursor stands on each in turn.</summary>
    /// <exception cref="NestingException">The element is nested too deep.</exception>
    public IEnumerable<string> Children()
    {
        int depth = reader.Depth;
        if (depth > MaxDepth)
        {
            throw new NestingException();
        }

        if (reader.IsEmptyElement)
        {
            yield break;
        }

        while (Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1)
            {
                yield return reader.LocalName;
            }
            else if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth)
            {
                yield break;
            }
        }
    }

    /// <summary>The text of the current element, that of elements inside included, as written.</summary>
    public string Text()
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        int depth = reader.Depth;
        string? first = null;
        StringBuilder? more = null;
        while (Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                if (first is null)
                {
                    first = reader.Value;
                }
                else
                {
                    (more ??= new StringBuilder(first)).Append(reader.Value);
                    if (more.Length > XmlMessages.MaxValue)
                    {
                        throw new MessageException(new Issue(IssueCodes.TooLarge, Location, "text", XmlMessages.MaxValue));
                    }
                }
            }
        }

        return more?.ToString() ?? first ?? "";
    }

    /// <summary>The text of the current element without blanks around it.</summary>
    public string Token() => Text().Trim();

    /// <summary>An attribute of the current element without blanks around it; null when absent or empty.</summary>
    public string? Attribute(string name) => reader.GetAttribute(name)?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>An attribute exactly as written; null when absent.</summary>
    public string? RawAttribute(string name) => reader.GetAttribute(name);

    /// <summary>An attribute of any namespace without blanks around it; null when absent or empty.</summary>
    public string? AnyAttribute(string localName)
    {
        string? found = null;
        for (bool any = reader.MoveToFirstAttribute(); any && found is null; any = reader.MoveToNextAttribute())
        {
            found = reader.LocalName == localName && reader.NamespaceURI != "http://www.w3.org/2000/xmlns/" ? reader.Value.Trim() : null;
        }

        reader.MoveToElement();
        return string.IsNullOrEmpty(found) ? null : found;
    }

    /// <summary>The type that the message says for the current element (xsi:type), without prefix; null when it says none.</summary>
    public string? TypeName
        => reader.GetAttribute("type", "http://www.w3.org/2001/XMLSchema-instance")?.Trim() is { Length: > 0 } type ? type[(type.IndexOf(':', StringComparison.Ordinal) + 1)..] : null;

    /// <summary>The content of the current element with its markup, without blanks around it; the namespace of XHTML goes without saying.</summary>
    public string Markup()
    {
        using XmlReader inside = reader.ReadSubtree();
        inside.Read();
        return XmlMarkup.WithoutXhtml(inside.ReadInnerXml()).Trim();
    }

    /// <summary>The language of the current element's text; English when not said (schema default).</summary>
    public string Language => Known(reader.GetAttribute("xml:lang"));

    // A message has few languages, but says them at every text: each is kept once.
    private string Known(string? language)
    {
        if (string.IsNullOrEmpty(language))
        {
            return "en";
        }

        foreach (string known in _languages)
        {
            if (known == language)
            {
                return known;
            }
        }

        if (_languages.Count < 32)
        {
            _languages.Add(language);
        }

        return language;
    }

    /// <summary>The language of the current element's text; null when not said.</summary>
    public string? StatedLanguage => reader.GetAttribute("xml:lang") is { Length: > 0 } language ? language : null;

    /// <summary>A yes/no attribute; null when absent or not readable (with an issue).</summary>
    public bool? Flag(string name)
    {
        switch (Attribute(name))
        {
            case null:
                return null;
            case "true" or "1":
                return true;
            case "false" or "0":
                return false;
            case string value:
                Report(IssueCodes.InvalidText, value, name, "true or false");
                return null;
        }
    }

    /// <summary>A whole-number attribute; null when absent or not readable (with an issue).</summary>
    public int? Whole(string name)
    {
        string? value = Attribute(name);
        if (value is null || int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) is false)
        {
            if (value is not null)
            {
                Report(IssueCodes.InvalidText, value, name, "a whole number");
            }

            return null;
        }

        return number;
    }

    /// <summary>A decimal attribute; null when absent or not readable (with an issue).</summary>
    public decimal? Number(string name)
    {
        string? value = Attribute(name);
        if (value is null || decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) is false)
        {
            if (value is not null)
            {
                Report(IssueCodes.InvalidText, value, name, "a number");
            }

            return null;
        }

        return number;
    }

    /// <summary>Makes a finding where the cursor stands.</summary>
    public void Report(IssueCode code, params object?[] arguments) => Issues.Add(code, Location, arguments);

    private bool Read() => reader.Read() && (reader.Depth <= MaxSkippedDepth ? true : throw new NestingException());

    /// <summary>Says that the current element does not belong here.</summary>
    public void Unexpected(string parent) => Report(IssueCodes.UnexpectedElement, Name, parent);

    /// <summary>Says that a part that the standard knows is not read here.</summary>
    public void Skipped(string what) => Report(IssueCodes.ArtefactSkipped, what);
}

/// <summary>Elements are nested deeper than <see cref="XmlCursor.MaxDepth"/>. Never leaves the reader that started the walk.</summary>
internal sealed class NestingException : Exception;
