using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Reads SDMX-JSON structure messages of 1.0, 2.0 and 2.1 (sdmx-twg/sdmx-json, structure message). Bad input never throws: whatever is
/// wrong becomes an issue with line and column, and what could be read is returned.
/// </summary>
public static class JsonStructureMessageReader
{
    /// <summary>Reads a message. The stream is read to its end and not disposed of.</summary>
    /// <param name="stream">The message.</param>
    /// <param name="format">Its format, as <see cref="FormatSniffer"/> tells it.</param>
    /// <param name="issues">Takes what is found.</param>
    public static StructureMessage ReadMessage(Stream stream, SdmxFormat format, IssueList issues)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(issues);
        List<Maintainable> artefacts = [];
        MessageHeader? header = null;
        JsonWalk.Run(stream, issues, cursor =>
        {
            JsonStructureParser parser = new(cursor, format.Version[..3], artefacts);
            foreach (string member in cursor.Members())
            {
                switch (member)
                {
                    case "meta":
                        header = JsonMeta.Read(cursor);
                        break;
                    case "data":
                        parser.Structures();
                        break;
                    case "errors":
                        ErrorMessageReader.Report(JsonErrors.Read(cursor), issues);
                        break;
                }
            }
        });
        return new StructureMessage(header, new StructureSet(artefacts)) { Format = format };
    }
}
