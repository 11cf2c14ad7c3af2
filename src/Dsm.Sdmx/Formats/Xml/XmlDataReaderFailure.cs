using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Turns the failure of an XML reader into a finding.</summary>
internal static partial class XmlDataReaderFailure
{
    public static Issue ToIssue(Exception exception, GuardedStream stream, bool isAtEnd, string root, IXmlLineInfo? lines)
    {
        if (exception is MessageException message)
        {
            Location here = message.Issue.Location.Line > 0 || lines is null ? message.Issue.Location : new Location(lines.LineNumber, lines.LinePosition);
            return message.Issue with { Location = here };
        }

        XmlException xml = (XmlException)exception;
        Location location = new(xml.LineNumber, xml.LinePosition);

        // The framework has no codes for its messages; they are in English whatever the culture.
        if (xml.Message.Contains("DTD", StringComparison.OrdinalIgnoreCase))
        {
            return new Issue(IssueCodes.DtdForbidden, location);
        }

        if (isAtEnd && BreaksOff(stream.Tail, root))
        {
            return new Issue(stream.Position == 0 ? IssueCodes.EmptyMessage : IssueCodes.Truncated, location);
        }

        if (EncodingPattern().Match(xml.Message) is { Success: true } match)
        {
            return new Issue(IssueCodes.InvalidEncoding, location, match.Groups["name"].Success ? match.Groups["name"].Value : "UTF-8");
        }

        return XmlMessages.Malformed(xml);
    }

    /// <summary>True when the last bytes are not the end tag of the message.</summary>
    private static bool BreaksOff(ReadOnlySpan<byte> tail, string root)
    {
        if (tail.Length == 0 || root.Length == 0)
        {
            return true;
        }

        // In UTF-16 every other byte is zero: left out, the tag reads the same.
        string end = Encoding.Latin1.GetString(tail).Replace("\0", "", StringComparison.Ordinal).TrimEnd();
        int bracket = end.LastIndexOf("</", StringComparison.Ordinal);
        return bracket < 0 || end[^1] != '>' || !(end[bracket..^1].TrimEnd().EndsWith(root, StringComparison.Ordinal)
            || end.EndsWith("Envelope>", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"in the given encoding|does not support '(?<name>[^']*)' encoding|encoding\.$", RegexOptions.CultureInvariant)]
    private static partial Regex EncodingPattern();
}
