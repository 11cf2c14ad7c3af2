using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Writes SDMX-ML 3.0 structure messages. What 3.0 cannot carry becomes an issue.</summary>
public static class StructureMessageWriter30
{
    /// <summary>Writes artefacts as one message in UTF-8. The stream is not disposed of.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="artefacts">What; of an external reference only the stub is written.</param>
    /// <param name="header">The header.</param>
    /// <param name="issues">Takes what could not be carried.</param>
    /// <param name="indented">True for line breaks and indentation.</param>
    public static void Write(Stream stream, IEnumerable<Maintainable> artefacts, MessageHeader header, IssueList issues, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(artefacts);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(issues);
        using XmlWriter xml = XmlWriter.Create(stream, XmlSettings.Of(indented));
        new StructureXml30(xml, SdmxNamespaces.V30, issues).Message([.. artefacts], header);
    }
}
