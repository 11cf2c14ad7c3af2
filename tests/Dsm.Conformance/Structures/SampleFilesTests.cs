using System.Text.Json;
using System.Xml.Linq;

namespace Dsm.Conformance.Structures;

/// <summary>The committed samples: registrations that resolve, files that are what they say they are.</summary>
public class SampleFilesTests
{
    private static readonly string Samples = Path.Combine(StructureFiles.RepositoryRoot, "samples");

    private static readonly HashSet<string> Known = StructureFiles.Artefacts()
        .Select(a => $"{a.Artefact.Name.LocalName}={(string?)a.Artefact.Attribute("agencyID")}:{(string?)a.Artefact.Attribute("id")}({(string?)a.Artefact.Attribute("version")})")
        .ToHashSet(StringComparer.Ordinal);

    [Fact]
    public void Every_registration_names_artefacts_that_exist()
    {
        foreach (JsonElement source in Sources())
        {
            string id = source.GetProperty("id").GetString()!;
            Known.Should().Contain(Tail(source.GetProperty("agreement").GetString()!), id);
            Known.Should().Contain(Tail(source.GetProperty("nationalStructure").GetString()!), id);
            if (source.GetProperty("map").GetString() is string map)
            {
                Known.Should().Contain(Tail(map), id);
            }
        }
    }

    [Fact]
    public void A_registration_has_its_agreement_to_itself()
    {
        Sources().Select(s => s.GetProperty("agreement").GetString()).Should().OnlyHaveUniqueItems();
        Sources().Select(s => s.GetProperty("id").GetString()).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("PA_ASYLAPP_", 12)]
    [InlineData("PA_RSD_", 12)]
    [InlineData("PA_WPERMIT_", 12)]
    public void All_twelve_states_have_a_source(string agreement, int states)
    {
        Sources().Select(s => s.GetProperty("agreement").GetString()!)
            .Where(a => a.Contains(agreement, StringComparison.Ordinal))
            .Select(a => a[(a.IndexOf(agreement, StringComparison.Ordinal) + agreement.Length)..][..3])
            .Distinct().Should().HaveCount(states);
    }

    [Fact]
    public void Work_permits_and_nothing_else_are_marked_as_synthetic()
    {
        foreach (JsonElement source in Sources())
        {
            bool permits = source.GetProperty("agreement").GetString()!.Contains("PA_WPERMIT_", StringComparison.Ordinal);
            source.GetProperty("synthetic").GetBoolean().Should().Be(permits, source.GetProperty("id").GetString());
        }
    }

    [Fact]
    public void At_least_five_formats_are_spoken()
    {
        Sources().Select(s => s.GetProperty("format").GetString()).Distinct().Should().HaveCountGreaterOrEqualTo(5);
    }

    [SharedFolderFact]
    public void Generic_files_are_valid_against_the_official_schemas()
    {
        string[] files = Read("data/index.json")
            .Where(e => e.GetProperty("mediaType").GetString()!.Contains("genericdata", StringComparison.Ordinal))
            .Select(e => e.GetProperty("file").GetString()!)
            .ToArray();

        files.Should().HaveCountGreaterThan(3);
        files.SelectMany(file =>
        {
            using FileStream stream = File.OpenRead(Path.Combine(Samples, "data", file));
            return OfficialSchemas.Errors(stream, "2.1").Select(e => $"{file}: {e}");
        }).Should().BeEmpty();
    }

    [Fact]
    public void Structure_specific_files_name_the_flow_they_are_registered_for()
    {
        foreach (JsonElement line in Read("data/index.json").Where(e => e.GetProperty("mediaType").GetString()!.EndsWith("3.0.0", StringComparison.Ordinal)))
        {
            XElement root = XDocument.Load(Path.Combine(Samples, "data", line.GetProperty("file").GetString()!)).Root!;
            string urn = $"Dataflow={line.GetProperty("agency").GetString()}:{line.GetProperty("flow").GetString()}({line.GetProperty("version").GetString()})";
            root.Descendants().Single(e => e.Name.LocalName == "StructureUsage").Value.Should().EndWith(urn);
        }
    }

    private static IEnumerable<JsonElement> Sources()
    {
        return Read("sources.json");
    }

    private static JsonElement[] Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Samples, file)));
        return document.RootElement.EnumerateArray().Select(e => e.Clone()).ToArray();
    }

    private static string Tail(string urn)
    {
        return urn[(urn.LastIndexOf('.', urn.IndexOf('=', StringComparison.Ordinal)) + 1)..];
    }
}
