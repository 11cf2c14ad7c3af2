using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Writes the SDMX-JSON message that has errors only (field guides, <c>errors</c>; 2.x: status information).</summary>
public static class JsonErrorMessageWriter
{
    /// <summary>Writes a message of one or more errors.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="format">Any SDMX-JSON format; its version counts.</param>
    /// <param name="header">Header of the message.</param>
    /// <param name="languages">Languages in order of preference, for the text that is not by language.</param>
    /// <param name="errors">The errors.</param>
    /// <exception cref="ArgumentException">There is no error, one without text, or one whose code is no number; or the header does not say when it was prepared.</exception>
    public static void Write(IBufferWriter<byte> output, SdmxFormat format, MessageHeader header, ImmutableArray<string> languages, params ImmutableArray<ErrorMessage> errors)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(header);
        if (errors.IsDefaultOrEmpty || errors.Any(e => e.Text.IsEmpty || !int.TryParse(e.Code, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            throw new ArgumentException("An error message needs at least one error, each with a number and a text.", nameof(errors));
        }

        JsonVersion version = JsonVersion.Of(format);
        Utf8Output text = new(output);
        JsonMessageStart.Write(text, version, header, languages);
        text.Raw(",\"errors\":["u8);
        for (int i = 0; i < errors.Length; i++)
        {
            text.Text($"{(i > 0 ? "," : "")}{{\"code\":{errors[i].Code.TrimStart('0').PadLeft(1, '0')}");
            ImmutableArray<string> all = [.. languages, .. errors[i].Text.Texts.Select(t => t.Key)];

            // The schema of 2.1 has no title beside the titles.
            JsonText.Names(text, errors[i].Text, null, all, version == JsonVersion.V21 ? "detail" : "title", version == JsonVersion.V21 ? "details" : "titles");
            text.Raw("}"u8);
        }

        text.Raw("]}"u8);
        text.Flush();
    }
}
