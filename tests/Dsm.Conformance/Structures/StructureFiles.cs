using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace Dsm.Conformance.Structures;

/// <summary>The committed structure files, found from the test binary upwards, and the official schemas beside the repository.</summary>
internal static class StructureFiles
{
    public static readonly XNamespace Message = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message";
    public static readonly XNamespace Structure = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure";
    public static readonly XNamespace Common = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common";

    /// <summary>The folder that holds Dsm.Hub.sln.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Material that is not part of the repository: standards, published figures.</summary>
    public static string Shared { get; } = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared"));

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

    public static XmlSchemaSet OfficialSchemas()
    {
        string entry = Path.Combine(Shared, "standards", "sdmx-ml", "3.0", "schemas", "SDMXMessage.xsd");
        if (!File.Exists(entry))
        {
            throw new FileNotFoundException(
                $"The official SDMX-ML 3.0 schemas are absent: expected {entry}. They lie in the folder 'shared' beside the repository.");
        }

        XmlSchemaSet schemas = new() { XmlResolver = new XmlUrlResolver() };
        schemas.Add(null, entry);
        schemas.Compile();
        return schemas;
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

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dsm.Hub.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Dsm.Hub.sln was not found above the test binary.");
    }
}
