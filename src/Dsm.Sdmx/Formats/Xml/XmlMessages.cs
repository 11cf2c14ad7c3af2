using System.Text;
using System.Xml;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Opens XML from outside safely, and turns what the XML parser throws into findings.</summary>
internal static class XmlMessages
{
    // National systems still send windows-1251 and the like.
    static XmlMessages() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

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
            : new Issue(IssueCodes.MalformedXml, location, text);
    }
}
