using System.Text;
using System.Xml.Linq;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Structures;

public class StructuresSchemaTests
{
    [SharedFolderFact]
    public void Every_structure_file_is_valid_against_the_official_schemas()
    {
        List<string> findings = [];
        foreach (string file in StructureFiles.All())
        {
            using FileStream stream = File.OpenRead(file);
            findings.AddRange(OfficialSchemas.Errors(stream, "3.0").Select(e => $"{StructureFiles.Relative(file)}: {e}"));
        }

        findings.Should().BeEmpty();
    }

    [SharedFolderFact]
    public void A_wrong_structure_file_is_refused_by_the_same_check()
    {
        string text = File.ReadAllText(StructureFiles.All()[0])
            .Replace("<com:Name", "<com:Nom", StringComparison.Ordinal)
            .Replace("</com:Name", "</com:Nom", StringComparison.Ordinal);

        OfficialSchemas.Errors(new MemoryStream(Encoding.UTF8.GetBytes(text)), "3.0").Should().NotBeEmpty();
    }

    [SharedFolderFact]
    public void The_whole_folder_is_valid_when_written_as_3_0_and_comes_back_as_it_was()
    {
        Maintainable[] artefacts = ReadAll();
        IssueList issues = new();
        using MemoryStream written = new();
        StructureMessageWriter30.Write(written, artefacts, new MessageHeader { Id = "ALL" }, issues);
        written.Position = 0;
        OfficialSchemas.Errors(written, "3.0").Should().BeEmpty();
        written.Position = 0;

        ModelText.Of(StructureMessageReader.Read(written, issues).All.OrderBy(a => a.Urn, StringComparer.Ordinal))
            .Should().Be(ModelText.Of(artefacts.OrderBy(a => a.Urn, StringComparer.Ordinal)));
        issues.Kept.Select(i => i.ToString()).Should().BeEmpty();
    }

    [SharedFolderFact]
    public void The_whole_folder_is_valid_when_written_as_2_1()
    {
        using MemoryStream written = new();
        StructureMessageWriter21.Write(written, ReadAll(), new MessageHeader { Id = "ALL" }, new IssueList());
        written.Position = 0;

        OfficialSchemas.Errors(written, "2.1").Should().BeEmpty();
    }

    [Fact]
    public void Every_file_is_named_after_the_artefact_it_holds()
    {
        foreach ((string file, XElement artefact) in StructureFiles.Artefacts())
        {
            string id = (string)artefact.Attribute("id")!;
            string version = (string?)artefact.Attribute("version") ?? "1.0";
            string name = Path.GetFileNameWithoutExtension(file);
            name.Should().EndWith($"{id}.{version}", StructureFiles.Relative(file));
            Path.GetFileName(Path.GetDirectoryName(file)).Should().Be(artefact.Name.LocalName.ToLowerInvariant(), StructureFiles.Relative(file));
        }
    }

    private static Maintainable[] ReadAll()
    {
        return StructureFiles.All().SelectMany(file =>
        {
            using FileStream stream = File.OpenRead(file);
            return StructureMessageReader.Read(stream, new IssueList()).All;
        }).ToArray();
    }
}
