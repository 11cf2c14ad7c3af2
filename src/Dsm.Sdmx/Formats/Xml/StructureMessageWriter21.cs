using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Writes SDMX-ML 2.1 structure messages, with Ref elements and never URNs (clients of 2.1 find no link in URNs). What 2.1 cannot
/// carry becomes an issue: value lists, maps, metadata providers, structures with several measures, drafts, and parts of artefacts.
/// </summary>
public static class StructureMessageWriter21
{
    /// <summary>True when 2.1 has a form for an artefact.</summary>
    public static bool CanWrite(Maintainable artefact) => StructureXml21.HasForm(artefact);

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
        new StructureXml21(xml, issues).Message([.. artefacts], header);
    }
}
