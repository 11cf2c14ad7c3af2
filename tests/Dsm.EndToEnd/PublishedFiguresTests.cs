using System.Globalization;
using Dsm.EndToEnd.Hubs;
using Dsm.SampleBuilder;
using Dsm.SampleBuilder.National;
using Dsm.SampleBuilder.Published;

namespace Dsm.EndToEnd;

/// <summary>What the hub answers over SDMX REST against the files as they were published: <c>samples/README.md</c> says which filter gives which sum.</summary>
[Collection(SharedHub.Collection)]
public sealed class PublishedFiguresTests(SharedHub hub)
{
    private const string Csv1 = "application/vnd.sdmx.data+csv;version=1.0.0";
    private const string Csv2 = "application/vnd.sdmx.data+csv;version=2.0.0";

    [SharedFolderFact]
    public async Task The_sums_of_applications_by_state_and_year_are_the_published_ones()
    {
        IReadOnlyList<PublishedApplication> published = new PublishedFigures(SharedFolder.Root).Applications();
        foreach (IGrouping<(string State, string Unit), PublishedApplication> group in published.GroupBy(p => (p.State, Unit: RegionalForm.Unit(p.Unit))))
        {
            Dictionary<int, decimal> expected = group.GroupBy(p => p.Year).ToDictionary(y => y.Key, y => (decimal)y.Sum(p => p.Applied));

            (await SumsAsync($"/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0/A.{group.Key.State}.*._T._T.*.*.LODGED.{group.Key.Unit}", Csv2)).Should().Equal(expected, "{0}", group.Key);
            (await SumsAsync($"/sdmx/v1/data/EECA,DF_ASYLAPP,1.0.0/A.{group.Key.State}.._T._T...LODGED.{group.Key.Unit}", Csv1)).Should().Equal(expected, "{0}", group.Key);
        }
    }

    [SharedFolderFact]
    public async Task The_sums_of_decisions_by_state_and_year_are_the_published_ones()
    {
        IReadOnlyList<PublishedDecision> published = new PublishedFigures(SharedFolder.Root).Decisions();
        (string Outcomes, Func<PublishedDecision, long> Figure)[] columns =
            [("_T", d => d.Total), ("REC,TEMP", d => d.Recognized), ("NEG", d => d.Rejected), ("CLO", d => d.Closed)];
        foreach (IGrouping<(string State, string Unit), PublishedDecision> group in published.GroupBy(p => (p.State, Unit: RegionalForm.Unit(p.Unit))))
        {
            foreach ((string outcomes, Func<PublishedDecision, long> figure) in columns)
            {
                Dictionary<int, decimal> expected = group.GroupBy(p => p.Year).ToDictionary(y => y.Key, y => (decimal)y.Sum(figure));

                (await SumsAsync($"/sdmx/v2/data/dataflow/EECA/DF_RSD/1.0.0/A.{group.Key.State}.*._T._T.*.*.*.{group.Key.Unit}?c[OUTCOME]={outcomes}", Csv2))
                    .Should().Equal(expected, "{0} {1}", group.Key, outcomes);
                (await SumsAsync($"/sdmx/v1/data/EECA,DF_RSD,1.0.0/A.{group.Key.State}.._T._T...{outcomes.Replace(',', '+')}.{group.Key.Unit}", Csv1))
                    .Should().Equal(expected, "{0} {1}", group.Key, outcomes);
            }
        }
    }

    [SharedFolderFact]
    public async Task One_state_and_year_is_asked_for_by_its_period()
    {
        decimal published = new PublishedFigures(SharedFolder.Root).Applications().Where(p => p is { State: "RUS", Year: 2016, Unit: "P" }).Sum(p => p.Applied);

        (await SumsAsync("/sdmx/v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0/A.RUS.*._T._T.*.*.LODGED.PS?c[TIME_PERIOD]=2016", Csv2)).Should().Equal(new Dictionary<int, decimal> { [2016] = published });
        (await SumsAsync("/sdmx/v1/data/EECA,DF_ASYLAPP,1.0.0/A.RUS.._T._T...LODGED.PS?startPeriod=2016&endPeriod=2016", Csv1)).Should().Equal(new Dictionary<int, decimal> { [2016] = published });
        published.Should().BePositive();
    }

    [SharedFolderFact]
    public async Task Every_published_application_is_served_in_its_regional_cell_and_nothing_else_is()
    {
        IReadOnlyList<PublishedApplication> published = new PublishedFigures(SharedFolder.Root).Applications();

        published.Should().HaveCount(4692);
        await MatchAsync("DF_ASYLAPP", ["FREQ", "REF_AREA", "CITIZENSHIP", "SEX", "AGE", "APPL_TYPE", "PROC_AUTH", "CASE_EVENT", "UNIT_MEASURE"], RegionalForm.Applications(published, ""));
    }

    [SharedFolderFact]
    public async Task Every_published_decision_is_served_in_its_regional_cell_and_nothing_else_is()
    {
        IReadOnlyList<PublishedDecision> published = new PublishedFigures(SharedFolder.Root).Decisions();

        published.Should().HaveCount(4703);
        await MatchAsync("DF_RSD", ["FREQ", "REF_AREA", "CITIZENSHIP", "SEX", "AGE", "DEC_LEVEL", "PROC_AUTH", "OUTCOME", "UNIT_MEASURE"], RegionalForm.Decisions(published, ""));
    }

    private async Task MatchAsync(string flow, string[] dimensions, IEnumerable<SampleRow> rows)
    {
        string[] columns = [.. dimensions, "TIME_PERIOD"];
        string[] expected = [.. rows.Select(r => $"{string.Join('.', columns.Select(c => r.Key[c]))}={r.Value}")];
        string[] served = [.. CsvAnswer.Rows(await hub.Anonymous.TextAsync($"/sdmx/v2/data/dataflow/EECA/{flow}/1.0.0/*", Csv2))
            .Select(r => $"{string.Join('.', columns.Select(c => r[c]))}={r["OBS_VALUE"]}")];

        expected.Except(served).Should().BeEmpty();
        served.Except(expected).Should().BeEmpty();
        served.Should().HaveCount(expected.Length);
    }

    private async Task<Dictionary<int, decimal>> SumsAsync(string path, string format)
        => CsvAnswer.Rows(await hub.Anonymous.TextAsync(path, format))
            .GroupBy(r => int.Parse(r["TIME_PERIOD"], CultureInfo.InvariantCulture))
            .ToDictionary(y => y.Key, y => y.Sum(r => r.Figure()));
}
