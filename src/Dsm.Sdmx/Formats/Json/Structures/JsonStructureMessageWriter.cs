using System.Text.Encodings.Web;
using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Writes SDMX-JSON structure messages of 1.0, 2.0 and 2.1. What a version cannot carry becomes an issue.</summary>
public static class JsonStructureMessageWriter
{
    /// <summary>Writes artefacts as one message in UTF-8. The stream is not disposed of.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="format">One of the SDMX-JSON structure formats of <see cref="MediaTypes"/>.</param>
    /// <param name="artefacts">What; of an external reference only the stub is written.</param>
    /// <param name="header">The header.</param>
    /// <param name="issues">Takes what could not be carried.</param>
    /// <param name="indented">True for line breaks and indentation.</param>
    /// <exception cref="ArgumentException">The format is another one.</exception>
    public static void Write(
        Stream stream, SdmxFormat format, IEnumerable<Maintainable> artefacts, MessageHeader header, IssueList issues, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(artefacts);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(issues);
        if (format.Kind != MessageKind.JsonStructure)
        {
            throw new ArgumentException($"{format.Name} is not an SDMX-JSON structure format.", nameof(format));
        }

        string version = format.Version[..3];
        // Letters outside ASCII stay readable; the message is never put into HTML.
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        StructureJson writer = version == "1.0" ? new StructureJson10(json, issues) : new StructureJson20(json, version, issues);
        writer.Message([.. artefacts], header);
    }
}
