using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Corpus;

/// <summary>The official samples of all versions and our own structure files, read, written and read again.</summary>
public class OfficialSampleTests
{
    private static readonly MessageHeader Header = new() { Id = "TEST", Prepared = "2026-01-01T00:00:00Z", SenderId = "DSM" };

    [SharedFolderTheory]
    [InlineData("2.1", 15)]
    [InlineData("3.0", 14)]
    [InlineData("3.1", 19)]
    public void Official_structure_samples_are_read(string version, int expected)
    {
        int read = 0;
        foreach (string file in Directory.EnumerateFiles(SharedFolder.Path("standards", "sdmx-ml", version, "samples"), "*.xml", SearchOption.AllDirectories))
        {
            IssueList issues = new();
            using FileStream stream = File.OpenRead(file);
            StructureMessage message = StructureMessageReader.ReadMessage(stream, issues);
            if (message.Format?.Kind == MessageKind.Structure)
            {
                read++;
                issues.HasFatal.Should().BeFalse(file);
                issues.Kept.Where(i => i.Severity == Severity.Error && i.Code != IssueCodes.DuplicateId).Should().BeEmpty(file);
            }
            else
            {
                issues.Kept.Should().NotBeEmpty("{0} is no structure message", file);
            }
        }

        read.Should().Be(expected);
    }

    [Fact]
    public void Our_own_structures_are_read_without_a_finding_and_come_back_as_they_were()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(SharedFolder.RepositoryRoot, "structures"), "*.xml", SearchOption.AllDirectories))
        {
            IssueList issues = new();
            using FileStream stream = File.OpenRead(file);
            StructureMessage message = StructureMessageReader.ReadMessage(stream, issues);
            issues.Kept.Should().BeEmpty(file);
            message.Structures.All.Should().NotBeEmpty(file);
            MemoryStream written = new();
            if (message.Format == MediaTypes.StructureXml21)
            {
                StructureMessageWriter21.Write(written, message.Structures.All, Header, issues);
            }
            else
            {
                StructureMessageWriter30.Write(written, message.Structures.All, Header, issues);
            }

            issues.Kept.Should().BeEmpty(file);
            written.Position = 0;
            ModelText.Of(StructureMessageReader.Read(written, issues).All).Should().Be(ModelText.Of(message.Structures.All), file);
        }
    }

    [SharedFolderTheory]
    [InlineData("2.1")]
    [InlineData("3.0")]
    public void Our_own_structures_are_valid_in_both_versions_in_one_message(string version)
    {
        List<Maintainable> all = [];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(SharedFolder.RepositoryRoot, "structures"), "*.xml", SearchOption.AllDirectories))
        {
            using FileStream stream = File.OpenRead(file);
            all.AddRange(StructureMessageReader.Read(stream, new IssueList()).All);
        }

        MemoryStream written = new();
        IssueList issues = new();
        if (version == "2.1")
        {
            StructureMessageWriter21.Write(written, new StructureSet(all).All, Header, issues, indented: true);
        }
        else
        {
            StructureMessageWriter30.Write(written, new StructureSet(all).All, Header, issues, indented: true);
        }

        written.Position = 0;
        OfficialSchemas.Errors(written, version).Should().BeEmpty();
    }

    [SharedFolderTheory]
    [InlineData("2.1")]
    [InlineData("3.0")]
    public void Stubs_are_valid(string version)
    {
        foreach (Maintainable artefact in CorpusIndex.All.Where(f => f.Format == $"SDMX-ML {version} Structure" && f.Validity.StartsWith("XSD-valid", StringComparison.Ordinal))
            .SelectMany(Artefacts).Where(a => a is not ItemScheme { IsPartial: true }).GroupBy(a => a.Type).Select(g => g.First()))
        {
            MemoryStream written = new();
            Maintainable[] stub = [artefact with { IsExternalReference = true, StructureUrl = "http://example.org/" }];
            if (version == "2.1")
            {
                StructureMessageWriter21.Write(written, stub, Header, new IssueList());
            }
            else
            {
                StructureMessageWriter30.Write(written, stub, Header, new IssueList());
            }

            written.Position = 0;
            OfficialSchemas.Errors(written, version).Should().BeEmpty(artefact.Type.Class);
        }
    }

    private static IEnumerable<Maintainable> Artefacts(CorpusFile file)
    {
        using Stream stream = file.Open();
        return StructureMessageReader.Read(stream, new IssueList()).All;
    }
}
