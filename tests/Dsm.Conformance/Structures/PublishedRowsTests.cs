using System.Globalization;
using System.Text.Json;
using Dsm.SampleBuilder;
using Dsm.SampleBuilder.National;
using Dsm.SampleBuilder.Published;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;

namespace Dsm.Conformance.Structures;

/// <summary>
/// Every published row of UNHCR, through the committed national file, the library's reader, validation and the shipped map, to the
/// regional cell it belongs to. What is expected comes from the published file alone.
/// </summary>
public class PublishedRowsTests
{
    private static readonly JsonElement[] Sources = Read("sources.json");
    private static readonly JsonElement[] Index = Read("data/index.json");

    [SharedFolderFact]
    public void All_published_applications_arrive_and_nothing_else_does()
    {
        IReadOnlyList<PublishedApplication> published = new PublishedFigures(SharedFolder.Root).Applications();

        published.Should().HaveCount(4692);
        Mapped("PA_ASYLAPP_").Should().BeEquivalentTo(Expected(RegionalForm.Applications(published, "")));
    }

    [SharedFolderFact]
    public void All_published_decisions_arrive_and_nothing_else_does()
    {
        IReadOnlyList<PublishedDecision> published = new PublishedFigures(SharedFolder.Root).Decisions();

        published.Should().HaveCount(4703);
        Mapped("PA_RSD_").Should().BeEquivalentTo(Expected(RegionalForm.Decisions(published, "")));
    }

    [Theory]
    [InlineData("PA_ENTRY_")]
    [InlineData("PA_EXIT_")]
    [InlineData("PA_FSTOCK_")]
    [InlineData("PA_WPERMIT_")]
    public void The_other_flows_pass_their_maps_and_the_regional_checks(string agreement)
    {
        Mapped(agreement).Should().NotBeEmpty();
    }

    [Fact]
    public void The_ministry_s_total_is_the_sum_of_its_rows()
    {
        Dictionary<string, long?> entries = Mapped("PA_ENTRY_RUS_MVD");
        entries["A.RUS.IN.FOR._T._T._T._T.PS.2016"].Should().Be(9_677_910);
        entries.Where(e => !e.Key.Contains(".FOR.", StringComparison.Ordinal) && e.Key.EndsWith("._T._T._T._T.PS.2016", StringComparison.Ordinal))
            .Sum(e => e.Value).Should().Be(9_677_910);
    }

    private static Dictionary<string, long?> Expected(IEnumerable<SampleRow> rows)
    {
        return rows.ToDictionary(r => string.Join('.', r.Key.Values), r => (long?)long.Parse(r.Value!, CultureInfo.InvariantCulture));
    }

    /// <summary>Regional key and period to figure over all sources of a flow; any finding fails the test.</summary>
    private static Dictionary<string, long?> Mapped(string agreement)
    {
        StructureSet structures = SampleReadingTests.Structures.Value;
        Dictionary<string, long?> cells = [];
        foreach (JsonElement source in Sources.Where(s => s.GetProperty("agreement").GetString()!.Contains(agreement, StringComparison.Ordinal)))
        {
            IssueList issues = new();
            StructureReference flow = StructureReference.ParseUrn(source.GetProperty("nationalStructure").GetString()!);
            DataSchema national = DataSchema.Resolve(structures, flow, issues)!;
            DataSchema regional = DataSchema.Resolve(structures, StructureReference.ParseUrn(source.GetProperty("agreement").GetString()!), issues)!;
            CompiledStructureMap map = source.GetProperty("map").GetString() is string urn
                ? CompiledStructureMap.Compile(structures.Find<StructureMap>(StructureReference.ParseUrn(urn))!, structures, national, regional, issues)!
                : CompiledStructureMap.Identity(national, regional);
            string state = source.GetProperty("id").GetString()![..3];
            string file = Index.Single(e => e.GetProperty("state").GetString() == state && flow.Urn.EndsWith($"{e.GetProperty("agency").GetString()}:{e.GetProperty("flow").GetString()}({e.GetProperty("version").GetString()})", StringComparison.Ordinal)).GetProperty("file").GetString()!;

            Dictionary<string, long?> ofSource = Run(file, national, map, issues);
            issues.Kept.Where(i => i.Severity >= Severity.Error).Select(i => i.ToString()).Should().BeEmpty(file);
            foreach ((string key, long? value) in ofSource)
            {
                cells.Add(key, value);
            }
        }

        return cells;
    }

    private static Dictionary<string, long?> Run(string file, DataSchema national, CompiledStructureMap map, IssueList issues)
    {
        Dictionary<string, long?> cells = [];
        using FileStream stream = File.OpenRead(Path.Combine(StructureFiles.RepositoryRoot, "samples", "data", file));
        using DataReader reader = DataMessageReader.Open(stream, _ => national, issues)!;
        while (reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!);
            DataValidator before = new(reader.DataSet!, issues);
            StructureMapper mapper = map.Start(reader.DataSet!, issues);
            ObservationBatch target = new(mapper.Target);
            DataValidator after = new(mapper.Target, issues, ValidationOptions.Mapped(map.IsSummed));
            while (reader.Read(batch))
            {
                before.Validate(batch);
                mapper.Map(batch, target);
                after.Validate(target);
                Collect(target, cells);
            }
        }

        return cells;
    }

    private static void Collect(ObservationBatch batch, Dictionary<string, long?> cells)
    {
        for (int row = 0; row < batch.Count; row++)
        {
            batch.Refused[row].Should().BeFalse();
            int series = batch.SeriesOf[row];
            string key = string.Join('.', batch.Dimensions.Select(d => d[series]).Append(batch.Periods[row].ToString()));
            long? value = batch.Measures[0][row] is { HasValue: true } figure ? (long)figure.Number!.Value : null;
            cells[key] = cells.TryGetValue(key, out long? sum) ? sum + value : value;
        }
    }

    private static JsonElement[] Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(StructureFiles.RepositoryRoot, "samples", file)));
        return document.RootElement.EnumerateArray().Select(e => e.Clone()).ToArray();
    }
}
