using System.Collections.Immutable;
using System.Text;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>An artefact as found in a file.</summary>
/// <param name="Artefact">The artefact.</param>
/// <param name="Hash">SHA-256 of the file, or of the artefact alone when it is not alone in the file.</param>
/// <param name="Origin">Path of the file below the folder.</param>
internal sealed record StructureFile(Maintainable Artefact, string Hash, string Origin);

/// <summary>Reads a folder of structure messages.</summary>
internal static class StructureFiles
{
    /// <summary>Reads all artefacts below a folder, in order of path.</summary>
    /// <exception cref="StructuresException">A file cannot be read as SDMX, an artefact stands twice, or there is none.</exception>
    public static ImmutableArray<StructureFile> Read(string folder)
    {
        Dictionary<string, StructureFile> byUrn = [];
        List<string> faults = [];
        string[] paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xml", SearchOption.AllDirectories) : [];
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            string origin = Path.GetRelativePath(folder, path).Replace('\\', '/');
            string text = File.ReadAllText(path, Encoding.UTF8);
            (ImmutableArray<Maintainable> artefacts, IssueList issues) = Parse(text);
            faults.AddRange(issues.Kept.Where(i => i.Severity >= Severity.Error).Select(i => $"{origin}: {i}"));
            foreach (Maintainable artefact in artefacts)
            {
                string content = artefacts.Length == 1 ? text : StructureContent.Write(artefact);
                if (!byUrn.TryAdd(artefact.Urn, new StructureFile(artefact, StructureContent.Hash(content), origin)))
                {
                    faults.Add($"{origin}: {artefact.Urn} stands in {byUrn[artefact.Urn].Origin}, too");
                }
            }
        }

        if (byUrn.Count == 0)
        {
            faults.Add($"There is no structure file below {folder}.");
        }

        return faults.Count == 0 ? [.. byUrn.Values] : throw new StructuresException(faults);
    }

    /// <summary>Reads the artefacts of a message.</summary>
    public static (ImmutableArray<Maintainable> Artefacts, IssueList Issues) Parse(string content)
    {
        IssueList issues = new();
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(content), writable: false);
        return (StructureMessageReader.Read(stream, issues).All, issues);
    }
}
