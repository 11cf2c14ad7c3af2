using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Seed;

/// <summary>The seed is what it says: right SDMX, every type of artefact, nothing dangling.</summary>
public class SeedTests
{
    public static TheoryData<string> Files => new(Directory.GetFiles(SeededHub.Structures, "*.xml").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));

    [SharedFolderTheory]
    [MemberData(nameof(Files))]
    public void Files_are_valid_by_the_official_schemas(string file)
    {
        using FileStream message = File.OpenRead(Path.Combine(SeededHub.Structures, file));
        OfficialSchemas.Errors(message, file.StartsWith("version3", StringComparison.Ordinal) ? "3.0" : "2.1").Should().BeEmpty();
    }

    [Fact]
    public void Every_type_of_artefact_is_there()
        => StructureType.All.Except(Structures().All.Select(a => a.Type)).Should().Equal(StructureType.MetadataSet);

    [Fact]
    public void Every_reference_leads_to_something()
    {
        StructureSet structures = Structures();
        structures.All.SelectMany(a => a.References.Where(r => structures.Find(r) is null).Select(r => $"{a.Reference} to {r}")).Should().BeEmpty();
    }

    private static StructureSet Structures()
    {
        IssueList issues = new();
        List<Maintainable> artefacts = [];
        foreach (string file in Directory.GetFiles(SeededHub.Structures, "*.xml"))
        {
            using FileStream message = File.OpenRead(file);
            artefacts.AddRange(StructureMessageReader.Read(message, issues).All);
        }

        issues.Kept.Should().BeEmpty();
        return new StructureSet(artefacts);
    }
}
