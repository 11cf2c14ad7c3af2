using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Opens XML from outside safely, and turns what the XML parser throws into findings.</summary>
internal static partial class XmlMessages
{
    // National systems still send windows-1251 and the like.
    static XmlMessages() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Most bytes of one value, tag or section; more is held by no real message.</summary>
    public const int MaxValue = 16 * 1024 * 1024;

    /// <summary>Settings for XML from outside: no DTD, nothing fetched, bounded.</summary>
    /// <param name="maxCharacters">Most characters the message may have.</param>
    public static XmlReaderSettings Settings(long maxCharacters) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = maxCharacters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = false,
        NameTable = new BoundedNames(),
    };

    /// <summary>
    /// The finding for an exception of the XML parser. The parser tells its errors apart only by its text, which is not localised
    /// on .NET; an unknown text is reported as malformed XML.
    /// </summary>
    public static Issue Finding(XmlException exception, long maxCharacters)
    {
        Location location = new(exception.LineNumber, exception.LinePosition);
        string text = exception.Message;
        if (text.Contains("DTD is prohibited", StringComparison.Ordinal))
        {
            return new Issue(IssueCodes.DtdForbidden, location);
        }

        if (text.Contains("MaxCharactersInDocument", StringComparison.Ordinal))
        {
            return new Issue(IssueCodes.TooLarge, location, "message", maxCharacters);
        }

        if (text.Contains("Unexpected end of file", StringComparison.Ordinal) || text.Contains("unclosed literal string", StringComparison.Ordinal)
            || text.Contains("Root element is missing", StringComparison.Ordinal))
        {
            return new Issue(IssueCodes.Truncated, location);
        }

        return text.Contains("given encoding", StringComparison.Ordinal) || text.Contains("does not support", StringComparison.Ordinal)
            ? new Issue(IssueCodes.InvalidEncoding, location, "the declared encoding")
            : Malformed(exception);
    }

    /// <summary>
    /// The finding for XML that is not well formed: the parser's words without places (the location says the failure's, and of a start
    /// tag the parser may not have seen it, see <see cref="PlainTagScanner"/>) and, of what it did not expect, with the first character
    /// only: how much more it shows depends on what its buffer holds.
    /// </summary>
    public static Issue Malformed(XmlException exception)
        => new(IssueCodes.MalformedXml, new Location(exception.LineNumber, exception.LinePosition), TokenPattern().Replace(PlacePattern().Replace(exception.Message, ""), "'$1"));

    /// <summary>The finding with the place of a document type declaration, which the parser does not tell.</summary>
    /// <param name="issue">A finding.</param>
    /// <param name="first">The first bytes of the message.</param>
    public static Issue Placed(Issue issue, ReadOnlySpan<byte> first)
    {
        if (issue.Code != IssueCodes.DtdForbidden || issue.Location.Line > 0)
        {
            return issue;
        }

        string text = Encoding.Latin1.GetString(first).Replace("\0", "", StringComparison.Ordinal);
        int at = text.IndexOf("<!DOCTYPE", StringComparison.Ordinal);
        return at < 0 ? issue : issue with { Location = new Location(text.AsSpan(0, at).Count('\n') + 1, at - text.LastIndexOf('\n', at)) };
    }

    [GeneratedRegex(@" Line \d+, position \d+\.$| on line \d+ position \d+", RegexOptions.CultureInvariant)]
    private static partial Regex PlacePattern();

    [GeneratedRegex(@"^'(.)[^']*(?=' is an unexpected token\.)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex TokenPattern();
}
