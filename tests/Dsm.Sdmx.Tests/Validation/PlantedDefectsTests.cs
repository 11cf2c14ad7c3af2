using System.Diagnostics;
using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;
using Dsm.Tests;

using Process = System.Diagnostics.Process;

namespace Dsm.Sdmx.Tests.Validation;

/// <summary>Messages with planted defects: exactly those are found, none is missed, none invented, each at its line.</summary>
public sealed class PlantedDefectsTests : IDisposable
{
    private static readonly Dictionary<string, string> Codes = new()
    {
        ["unknown_code"] = "D0301",
        ["unknown_attr_code"] = "D0301",
        ["bad_period"] = "D0303",
        ["freq_mismatch"] = "D0304",
        ["non_numeric_value"] = "D0305",
        ["missing_mandatory_attr"] = "D0102",
        ["duplicate_key"] = "D0307",
        ["constraint_violation"] = "D0302",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dsm-planted-");

    public void Dispose() => _folder.Delete(true);

    [SharedFolderTheory]
    [InlineData("ss21", "structure21")]
    [InlineData("ss21flat", "structure21")]
    [InlineData("generic21", "structure21")]
    [InlineData("ss30", "structure30")]
    [InlineData("ss30flat", "structure30")]
    [InlineData("csv1", "structure21")]
    [InlineData("csv2", "structure30")]
    public void Finds_exactly_the_planted_defects(string format, string structureFormat)
    {
        Generate("--format", structureFormat, "--out", "dsd.xml");
        Generate("--obs", "40000", "--format", format, "--seed", "7", "--errors", "0.001", "--out", "bad");
        StructureSet structures = Structures();
        IssueList issues = new() { SamplesPerGroup = int.MaxValue, MaxGroups = int.MaxValue };
        List<long> refused = [];
        long ordinal = 0;
        using (DataReader reader = DataMessageReader.Open(File.OpenRead(PathOf("bad")), r => DataSchema.Resolve(structures, r, issues), issues)!)
        {
            while (reader.NextDataSet())
            {
                DataValidator validator = new(reader.DataSet!, issues);
                ObservationBatch batch = new(reader.DataSet!, 1000);
                while (reader.Read(batch))
                {
                    validator.Validate(batch);
                    refused.AddRange(Enumerable.Range(0, batch.Count).Where(row => batch.Refused[row]).Select(row => ordinal + row));
                    ordinal += batch.Count;
                }
            }
        }

        Defect[] planted = Planted();
        planted.Length.Should().Be(40);
        ordinal.Should().Be(40_000);
        refused.Should().Equal(planted.Select(d => d.Ordinal));
        issues.Kept.Select(i => (i.Code.Id, i.Location.Component, i.Location.Key)).Should().BeEquivalentTo(
            planted.Select(d => (Codes[d.Kind], d.Kind == "duplicate_key" ? null : d.Field, d.Key)));
        issues.Kept.Sum(i => i.Observations).Should().Be(40);
        EachStandsOnItsLine(issues, format);
    }

    private void EachStandsOnItsLine(IssueList issues, string format)
    {
        string[] lines = File.ReadAllLines(PathOf("bad"));
        foreach (Issue issue in issues.Kept)
        {
            string line = lines[issue.Location.Line - 1];
            string shown = issue.Code.Id switch
            {
                "D0102" or "D0307" => issue.Location.Period!,
                _ => issue.Arguments[0],
            };

            // In generic messages the series key stands inside the series, one line below.
            string near = format == "generic21" && issue.Location.Period is null ? line + lines[issue.Location.Line] : line;
            near.Should().Contain(shown, issue.ToString());
        }
    }

    private StructureSet Structures()
    {
        IssueList issues = new();
        using FileStream stream = File.OpenRead(PathOf("dsd.xml"));
        StructureSet structures = StructureMessageReader.Read(stream, issues);
        issues.Count.Should().Be(0);
        return structures;
    }

    private Defect[] Planted()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(PathOf("bad.errors.json")));
        JsonElement list = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement : json.RootElement.GetProperty("errors");
        return [.. list.EnumerateArray().Select(e => new Defect(
            e.GetProperty("ordinal").GetInt64(),
            e.GetProperty("kind").GetString()!,
            e.GetProperty("field").GetString()!,
            string.Join('.', e.GetProperty("key").EnumerateObject().Select(p => p.Value.GetString()))))];
    }

    private void Generate(params string[] arguments)
    {
        ProcessStartInfo start = new("python3", [SharedFolder.Path("perf", "gen_sdmx.py"), .. arguments]) { WorkingDirectory = _folder.FullName };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private sealed record Defect(long Ordinal, string Kind, string Field, string Key);
}
