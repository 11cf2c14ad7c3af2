using System.Xml.Linq;

namespace Dsm.Conformance.Structures;

/// <summary>The committed structure files.</summary>
internal static class StructureFiles
{
    public static readonly XNamespace Message = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message";
    public static readonly XNamespace Structure = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure";
    public static readonly XNamespace Common = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common";

    public static string RepositoryRoot => SharedFolder.RepositoryRoot;

    public static IReadOnlyList<string> All()
    {
        return Directory.GetFiles(Path.Combine(RepositoryRoot, "structures"), "*.xml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToArray();
    }

    public static string Relative(string file)
    {
        return Path.GetRelativePath(RepositoryRoot, file).Replace('\\', '/');
    }

    /// <summary>Every maintainable artefact of every file: the children of the containers under Structures.</summary>
    public static IEnumerable<(string File, XElement Artefact)> Artefacts()
    {
        foreach (string file in All())
        {
            XElement root = XDocument.Load(file).Root!;
            foreach (XElement artefact in root.Element(Message + "Structures")!.Elements().Elements())
            {
                yield return (file, artefact);
            }
        }
    }
}
