using Dsm.SampleBuilder;
using Dsm.SampleBuilder.National;
using Dsm.SampleBuilder.Published;

namespace Dsm.Conformance.Structures;

/// <summary>From the published files to the national ones. Skipped with its reason when ../shared is absent.</summary>
public class SampleBuilderTests
{
    private static readonly Lazy<IReadOnlyList<NationalDataset>> Built = new(() => SampleCatalogue.Build(StructureFiles.RepositoryRoot, SharedFolder.Root));

    [SharedFolderFact]
    public void The_committed_files_are_what_the_builder_makes()
    {
        string copy = Directory.CreateTempSubdirectory("samples").FullName;
        try
        {
            foreach (string file in Directory.GetFiles(Path.Combine(StructureFiles.RepositoryRoot, "structures", "provisionagreement")))
            {
                string target = Path.Combine(copy, "structures", "provisionagreement", Path.GetFileName(file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            Directory.CreateDirectory(Path.Combine(copy, "samples"));
            SampleFiles.Write(copy, Built.Value);
            string committed = Path.Combine(StructureFiles.RepositoryRoot, "samples");
            string[] made = Directory.GetFiles(Path.Combine(copy, "samples"), "*", SearchOption.AllDirectories);
            foreach (string file in made)
            {
                string name = Path.GetRelativePath(Path.Combine(copy, "samples"), file);
                File.ReadAllBytes(file).SequenceEqual(File.ReadAllBytes(Path.Combine(committed, name))).Should().BeTrue($"{name} is committed as the builder makes it");
            }

            Directory.GetFiles(Path.Combine(committed, "data"), "*", SearchOption.AllDirectories).Should().HaveCount(made.Length - 1, "sources.json lies beside data/");
        }
        finally
        {
            Directory.Delete(copy, true);
        }
    }

    [SharedFolderFact]
    public void Every_published_application_is_in_its_state_s_file()
    {
        PublishedFigures figures = new(SharedFolder.Root);
        AsylumForms forms = new(figures.Countries());
        ILookup<string, PublishedApplication> byState = figures.Applications().ToLookup(r => r.State);
        int rows = 0;
        foreach (IGrouping<string, PublishedApplication> state in byState)
        {
            NationalDataset dataset = Dataset(state.Key, "PA_ASYLAPP_");
            Dictionary<string, string?> cells = dataset.Rows.ToDictionary(r => KeyOf(dataset, r), r => r.Value);
            if (dataset.Map is null)
            {
                rows += CheckRegional(state, dataset, RegionalForm.Applications);
                continue;
            }

            foreach (PublishedApplication row in state)
            {
                SampleRow expected = forms.Application(row);
                cells[KeyOf(dataset, expected)].Should().Be(row.Applied.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{row}");
                rows++;
            }
        }

        rows.Should().Be(4692);
    }

    [SharedFolderFact]
    public void Every_published_decision_is_in_its_state_s_file()
    {
        PublishedFigures figures = new(SharedFolder.Root);
        AsylumForms forms = new(figures.Countries());
        int rows = 0;
        foreach (IGrouping<string, PublishedDecision> state in figures.Decisions().GroupBy(r => r.State))
        {
            NationalDataset dataset = Dataset(state.Key, "PA_RSD_");
            if (dataset.Map is null)
            {
                rows += CheckRegional(state, dataset, RegionalForm.Decisions);
                continue;
            }

            Dictionary<string, string?> cells = dataset.Rows.ToDictionary(r => KeyOf(dataset, r), r => r.Value);
            foreach (PublishedDecision row in state)
            {
                foreach (SampleRow expected in forms.Decision(row))
                {
                    cells[KeyOf(dataset, expected)].Should().Be(expected.Value, $"{row}");
                }

                rows++;
            }
        }

        rows.Should().Be(4703);
    }

    [SharedFolderFact]
    public void Synthetic_permits_hold_together()
    {
        NationalDataset permits = Dataset("ARM", "PA_WPERMIT_");
        Dictionary<string, long> cells = permits.Rows.ToDictionary(r => string.Join('|', r.Key.Where(k => k.Key != "CASE_EVENT").Select(k => k.Value)) + "|" + r.Key["CASE_EVENT"], r => long.Parse(r.Value!, System.Globalization.CultureInfo.InvariantCulture));
        string[] keys = cells.Keys.Where(k => k.EndsWith("|DECIDED", StringComparison.Ordinal)).Select(k => k[..^"DECIDED".Length]).ToArray();

        keys.Should().NotBeEmpty();
        keys.Should().OnlyContain(k => cells[k + "DECIDED"] == cells[k + "GRANTED"] + cells[k + "REFUSED"] + cells[k + "CLOSED"]);
        permits.Rows.Should().OnlyContain(r => r.Attributes["OBS_STATUS"] == "G" && r.Attributes["COMMENT_OBS"] == SyntheticPermits.Note);
    }

    private static int CheckRegional<T>(IGrouping<string, T> state, NationalDataset dataset, Func<IEnumerable<T>, string, IReadOnlyList<SampleRow>> form)
    {
        // Rows that meet in one regional key are added, so each row is looked up alone and must be covered by the sum it is part of.
        Dictionary<string, long> cells = dataset.Rows.ToDictionary(r => KeyOf(dataset, r), r => long.Parse(r.Value!, System.Globalization.CultureInfo.InvariantCulture));
        Dictionary<string, long> rebuilt = [];
        int rows = 0;
        foreach (T row in state)
        {
            foreach (SampleRow part in form([row], "X"))
            {
                string key = KeyOf(dataset, part);
                rebuilt[key] = rebuilt.GetValueOrDefault(key) + long.Parse(part.Value!, System.Globalization.CultureInfo.InvariantCulture);
            }

            rows++;
        }

        rebuilt.Should().BeEquivalentTo(cells, state.Key);
        return rows;
    }

    private static NationalDataset Dataset(string state, string agreement)
    {
        return Built.Value.Single(d => d.State == state && d.Agreement.StartsWith(agreement, StringComparison.Ordinal));
    }

    private static string KeyOf(NationalDataset dataset, SampleRow row)
    {
        return string.Join('|', dataset.Shape.Dimensions.Select(d => row.Key[d]).Append(row.Key.GetValueOrDefault("TIME_PERIOD", "")));
    }
}
