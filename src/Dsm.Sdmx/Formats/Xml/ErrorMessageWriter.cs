using System.Buffers;
using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>One message of an SDMX error: a code of the standard (100 no results, 140 syntax, 150 semantics, 500, 501 ...) and its text.</summary>
/// <param name="Code">Code.</param>
/// <param name="Text">Text by language.</param>
public sealed record ErrorMessage(string Code, LocalisedText Text)
{
    /// <summary>Where it stands in the message it was read from; none for errors to be written.</summary>
    public Location Location { get; init; } = Location.None;

    /// <summary>The message of an issue with its place, in every language there is.</summary>
    public static ErrorMessage Of(string code, Issue issue)
        => new(code, new LocalisedText(IssueText.Languages.Order(StringComparer.Ordinal).Select(l => KeyValuePair.Create(l, IssueText.Placed(issue, l)))));
}

/// <summary>Writes the SDMX-ML error message, 2.1, 3.0 or 3.1 (SDMXMessage.xsd, element Error).</summary>
public static class ErrorMessageWriter
{
    /// <summary>Writes a message of one or more errors.</summary>
    /// <exception cref="ArgumentException">There is no error, or one without text: the schema wants at least one.</exception>
    public static void Write(IBufferWriter<byte> output, SdmxNamespaces namespaces, params ImmutableArray<ErrorMessage> errors)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(namespaces);
        if (errors.IsDefaultOrEmpty || errors.Any(e => e.Text.IsEmpty))
        {
            throw new ArgumentException("An error message needs at least one error, each with a text.", nameof(errors));
        }

        Utf8Output text = new(output);
        text.Text($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<message:Error xmlns:message=\"{namespaces.Message}\" xmlns:common=\"{namespaces.Common}\">");
        foreach (ErrorMessage error in errors)
        {
            text.Raw("<message:ErrorMessage code=\""u8);
            XmlEscape.Write(text, error.Code);
            text.Raw("\">"u8);
            foreach ((string language, string value) in error.Text.Texts)
            {
                text.Raw("<common:Text xml:lang=\""u8);
                XmlEscape.Write(text, language);
                text.Raw("\">"u8);
                XmlEscape.Write(text, value);
                text.Raw("</common:Text>"u8);
            }

            text.Raw("</message:ErrorMessage>"u8);
        }

        text.Raw("</message:Error>"u8);
        text.Flush();
    }
}
