using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests;

/// <summary>The region's own structures, read once.</summary>
internal static class StructureSelectionSpecimens
{
    public static Lazy<StructureSet> Structures { get; } = new(() => new StructureSet(
        Directory.GetFiles(Path.Combine(SharedFolder.RepositoryRoot, "structures"), "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(file =>
            {
                using FileStream stream = File.OpenRead(file);
                return StructureMessageReader.Read(stream, new IssueList()).All;
            })));

    public static IEnumerable<Maintainable> All => Structures.Value.All;
}
