using System.Text.Json;
using System.Xml;
using System.Xml.Schema;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;

namespace Dsm.Conformance.Structures;

/// <summary>The structure files and the samples through the library's own readers and validation.</summary>
public class SampleReadingTests
{
    private static readonly IssueList ReadingIssues = new();

    internal static readonly Lazy<StructureSet> Structures = new(() => new StructureSet(StructureFiles.All().SelectMany(file =>
    {
        using FileStream stream = File.OpenRead(file);
        return StructureMessageReader.Read(stream, ReadingIssues).All;
    })));

    public static TheoryData<string> Files()
    {
        string folder = Path.Combine(StructureFiles.RepositoryRoot, "samples", "data");
        TheoryData<string> files = [];
        foreach (string file in Directory.GetFiles(folder, "*.*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            files.Add(Path.GetRelativePath(folder, file).Replace('\\', '/'));
        }

        return files;
    }

    [Fact]
    public void Every_structure_file_is_read_without_a_finding()
    {
        Structures.Value.All.Should().HaveCount(StructureFiles.All().Count, "each file holds one artefact");
        ReadingIssues.Kept.Select(i => i.ToString()).Should().BeEmpty();
    }

    [Fact]
    public void Every_dataflow_resolves_to_a_schema()
    {
        Dataflow[] flows = Structures.Value.Of<Dataflow>().ToArray();

        flows.Should().HaveCountGreaterThan(30);
        IssueList issues = new();
        flows.Where(f => DataSchema.Resolve(Structures.Value, f.Reference, issues) is null).Select(f => f.Id).Should().BeEmpty();
        issues.Kept.Select(i => i.ToString()).Should().BeEmpty();
    }

    [SharedFolderTheory]
    [InlineData("2.1", ".structurespecificdata+xml")]
    [InlineData("3.0", ".data+xml")]
    public void Structure_specific_samples_are_valid_against_the_schemas_of_their_structures(string version, string kind)
    {
        string folder = Path.Combine(StructureFiles.RepositoryRoot, "samples", "data");
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "index.json")));
        JsonElement[] lines = index.RootElement.EnumerateArray().Where(e => e.GetProperty("mediaType").GetString()!.Contains(kind, StringComparison.Ordinal)).ToArray();
        XmlSchemaSet schemas = new() { XmlResolver = null };
        schemas.Add(OfficialSchemas.Of(version));
        HashSet<string> added = [];
        foreach (JsonElement line in lines)
        {
            StructureReference flow = StructureReference.ParseUrn($"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={line.GetProperty("agency").GetString()}:{line.GetProperty("flow").GetString()}({line.GetProperty("version").GetString()})");
            if (added.Add(flow.Urn))
            {
                using MemoryStream schema = new();
                StructureSpecificSchemaWriter.Write(DataSchema.Resolve(Structures.Value, flow, new IssueList())!, flow, version == "2.1" ? SdmxNamespaces.V21 : SdmxNamespaces.V30, null, schema);
                schema.Position = 0;
                using XmlReader schemaReader = XmlReader.Create(schema);
                schemas.Add(null, schemaReader);
            }
        }

        List<string> findings = [];
        foreach (string file in lines.Select(l => l.GetProperty("file").GetString()!))
        {
            XmlReaderSettings settings = new() { ValidationType = ValidationType.Schema, Schemas = schemas };
            settings.ValidationEventHandler += (_, e) => findings.Add($"{file}({e.Exception.LineNumber}): {e.Message}");
            using XmlReader reader = XmlReader.Create(Path.Combine(folder, file), settings);
            while (reader.Read() && findings.Count < 20)
            {
            }
        }

        lines.Should().HaveCountGreaterThan(5);
        findings.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_sample_is_valid_against_its_national_structure(string file)
    {
        IssueList issues = new();
        using FileStream stream = File.OpenRead(Path.Combine(StructureFiles.RepositoryRoot, "samples", "data", file));
        using DataReader? reader = DataMessageReader.Open(stream, reference => DataSchema.Resolve(Structures.Value, reference, issues), issues);
        reader.Should().NotBeNull("{0}", string.Join("; ", issues.Kept));
        long observations = 0;
        while (reader!.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!);
            DataValidator validator = new(reader.DataSet!, issues);
            while (reader.Read(batch))
            {
                validator.Validate(batch);
                observations += batch.Count;
            }
        }

        issues.Kept.Where(i => i.Severity >= Severity.Error).Select(i => i.ToString()).Should().BeEmpty();
        reader.Unreadable.Should().Be(0);
        observations.Should().BePositive();
    }
}
