using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>An artefact as found in a file.</summary>
/// <param name="Artefact">The artefact.</param>
/// <param name="Content">It alone as an SDMX-ML 3.0 structure message.</param>
/// <param name="Hash">SHA-256 of the content.</param>
/// <param name="Origin">Path of the file below the folder.</param>
internal sealed record StructureFile(Maintainable Artefact, string Content, string Hash, string Origin)
{
    public static StructureFile Of(Maintainable artefact, string content, string origin)
        => new(artefact, content, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))), origin);
}

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
                string content = artefacts.Length == 1 ? text : Write(artefact);
                if (!byUrn.TryAdd(artefact.Urn, StructureFile.Of(artefact, content, origin)))
                {
                    faults.Add($"{origin}: {artefact.Urn} stands in {byUrn[artefact.Urn].Origin}, too");
                }
            }
        }

        faults.AddRange(Dangling([.. byUrn.Values.Select(f => f.Artefact)]));
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

    private static IEnumerable<string> Dangling(ImmutableArray<Maintainable> artefacts)
    {
        StructureSet set = new(artefacts);
        return artefacts.SelectMany(a => a.References.Where(r => set.Find(r) is null).Select(r => $"{a.Urn} refers to {r}, which is not there"));
    }

    /// <summary>Writes an artefact in the version of SDMX-ML that carries all of it, else in the one that loses least.</summary>
    private static string Write(Maintainable artefact)
    {
        // No instant in the header: the same artefact must give the same bytes.
        MessageHeader header = new() { Id = artefact.Id, Prepared = "2000-01-01T00:00:00Z", SenderId = artefact.AgencyId };
        (string Content, long Lost) best = ("", long.MaxValue);
        foreach (Action<Stream, IEnumerable<Maintainable>, MessageHeader, IssueList, bool> write in
            new Action<Stream, IEnumerable<Maintainable>, MessageHeader, IssueList, bool>[] { StructureMessageWriter30.Write, StructureMessageWriter31.Write, StructureMessageWriter21.Write })
        {
            using MemoryStream stream = new();
            IssueList lost = new();
            write(stream, [artefact], header, lost, false);
            if (lost.Count < best.Lost)
            {
                best = (Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length), lost.Count);
            }

            if (best.Lost == 0)
            {
                break;
            }
        }

        return best.Content;
    }
}
