using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Mapping;

/// <summary>The structure maps that the project ships.</summary>
public class RegionalMapsTests
{
    private static readonly Lazy<StructureSet> Structures = new(Load);

    public static TheoryData<string> Maps() => [.. Structures.Value.Of<StructureMap>().Select(m => m.Reference.ToString())];

    [Theory]
    [MemberData(nameof(Maps))]
    public void Compiles(string reference)
    {
        StructureMap map = Structures.Value.Of<StructureMap>().Single(m => m.Reference.ToString() == reference);
        IssueList issues = new();
        DataSchema source = DataSchema.Resolve(Structures.Value, map.Source, issues)!;
        DataSchema target = DataSchema.Resolve(Structures.Value, map.Target, issues)!;
        CompiledStructureMap? compiled = CompiledStructureMap.Compile(map, Structures.Value, source, target, issues);
        issues.Kept.Select(i => i.ToString()).Should().BeEmpty();
        compiled.Should().NotBeNull();
    }

    internal static StructureSet Load()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "structures")))
        {
            folder = folder.Parent;
        }

        IssueList issues = new();
        StructureSet all = StructureSet.Empty;
        List<Maintainable> artefacts = [];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(folder!.FullName, "structures"), "*.xml", SearchOption.AllDirectories))
        {
            using FileStream stream = File.OpenRead(file);
            artefacts.AddRange(StructureMessageReader.Read(stream, issues).All);
        }

        issues.HasErrors.Should().BeFalse();
        return all.With(artefacts);
    }
}
