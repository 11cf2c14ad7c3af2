using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;
using Dsm.Sdmx.Tests.Validation;

namespace Dsm.Sdmx.Tests.Rest;

public class ResolvedDataQueryTests
{
    private const string Data = """
        A.ARM.F UNIT=persons | 2019=10 OBS_STATUS=A | 2020=9.5 OBS_STATUS=P | 2021=NaN
        A.ARM._T UNIT=cases | 2020=100 OBS_STATUS=A
        M.GEO.F UNIT=persons | 2020-03=7 OBS_STATUS=A | 2020-12=8
        Q.KAZ.M | 2020-Q1=1 OBS_STATUS=P | 2020-Q4=2 OBS_STATUS=A
        """;

    [Theory]
    // keys
    [InlineData("", "A.ARM.F 2019, A.ARM.F 2020, A.ARM.F 2021, A.ARM._T 2020, M.GEO.F 2020-03, M.GEO.F 2020-12, Q.KAZ.M 2020-Q1, Q.KAZ.M 2020-Q4")]
    [InlineData("A.ARM.F", "A.ARM.F 2019, A.ARM.F 2020, A.ARM.F 2021")]
    [InlineData("*.*.F?c[TIME_PERIOD]=le:2019", "A.ARM.F 2019")]
    [InlineData("A.ARM._T,Q.KAZ", "A.ARM._T 2020, Q.KAZ.M 2020-Q1, Q.KAZ.M 2020-Q4")]
    [InlineData("A.NOWHERE", "")]
    [InlineData("A.ARM.F.*?c[TIME_PERIOD]=2020", "A.ARM.F 2020")]
    // filters on dimensions
    [InlineData("?c[AREA]=GEO,KAZ", "M.GEO.F 2020-03, M.GEO.F 2020-12, Q.KAZ.M 2020-Q1, Q.KAZ.M 2020-Q4")]
    [InlineData("?c[AREA]=ne:ARM+ne:GEO", "Q.KAZ.M 2020-Q1, Q.KAZ.M 2020-Q4")]
    [InlineData("A?c[AREA]=sw:A&c[SEX]=_T", "A.ARM._T 2020")]
    [InlineData("A.ARM?c[AREA]=GEO", "")]
    [InlineData("?c[AREA]=NOWHERE", "")]
    // time, by interval
    [InlineData("?c[TIME_PERIOD]=ge:2020-03+le:2020-03", "M.GEO.F 2020-03")]
    [InlineData("?c[TIME_PERIOD]=ge:2020+le:2020", "A.ARM.F 2020, A.ARM._T 2020, M.GEO.F 2020-03, M.GEO.F 2020-12, Q.KAZ.M 2020-Q1, Q.KAZ.M 2020-Q4")]
    [InlineData("?c[TIME_PERIOD]=ge:2020-10-01", "A.ARM.F 2021, M.GEO.F 2020-12, Q.KAZ.M 2020-Q4")]
    [InlineData("?c[TIME_PERIOD]=le:2020-03-31", "A.ARM.F 2019, M.GEO.F 2020-03, Q.KAZ.M 2020-Q1")]
    [InlineData("?c[TIME_PERIOD]=gt:2020", "A.ARM.F 2021")]
    [InlineData("?c[TIME_PERIOD]=lt:2020-Q4", "A.ARM.F 2019, M.GEO.F 2020-03, Q.KAZ.M 2020-Q1")]
    [InlineData("?c[TIME_PERIOD]=2019,2020-Q1", "A.ARM.F 2019, Q.KAZ.M 2020-Q1")]
    [InlineData("?c[TIME_PERIOD]=2019-A1", "A.ARM.F 2019")]
    // reporting years that end in the year they are named for; Gregorian periods stay
    [InlineData("?c[TIME_PERIOD]=ge:2020-Q3&reportingYearStartDay=--07-01", "A.ARM.F 2020, A.ARM.F 2021, A.ARM._T 2020, M.GEO.F 2020-03, M.GEO.F 2020-12, Q.KAZ.M 2020-Q1, Q.KAZ.M 2020-Q4")]
    [InlineData("?c[TIME_PERIOD]=ge:2021-Q1&reportingYearStartDay=--07-01", "A.ARM.F 2021, M.GEO.F 2020-12, Q.KAZ.M 2020-Q4")]
    [InlineData("?c[TIME_PERIOD]=2020-Q3&reportingYearStartDay=--07-01", "Q.KAZ.M 2020-Q1")]
    [InlineData("?c[TIME_PERIOD]=ge:2020-M09+le:2020-M09&reportingYearStartDay=--07-01", "M.GEO.F 2020-03")]
    [InlineData("?c[TIME_PERIOD]=lt:2020-A1&reportingYearStartDay=--07-01", "")]
    [InlineData("?c[TIME_PERIOD]=ge:2020+le:2020&reportingYearStartDay=--07-01", "A.ARM.F 2020, A.ARM._T 2020, M.GEO.F 2020-03, M.GEO.F 2020-12, Q.KAZ.M 2020-Q1, Q.KAZ.M 2020-Q4")]
    // attributes and measures
    [InlineData("?c[UNIT]=cases", "A.ARM._T 2020")]
    [InlineData("?c[UNIT]=ne:persons", "A.ARM._T 2020, Q.KAZ.M 2020-Q1, Q.KAZ.M 2020-Q4")]
    [InlineData("?c[OBS_STATUS]=P", "A.ARM.F 2020, Q.KAZ.M 2020-Q1")]
    [InlineData("?c[OBS_STATUS]=ne:A+ne:P", "A.ARM.F 2021, M.GEO.F 2020-12")]
    [InlineData("?c[OBS_VALUE]=ge:9.50+le:100", "A.ARM.F 2019, A.ARM.F 2020, A.ARM._T 2020")]
    [InlineData("?c[OBS_VALUE]=1,2", "Q.KAZ.M 2020-Q1, Q.KAZ.M 2020-Q4")]
    [InlineData("?c[OBS_VALUE]=10.0", "A.ARM.F 2019")]
    [InlineData("?c[OBS_VALUE]=gt:-1e999+lt:2", "Q.KAZ.M 2020-Q1")]
    [InlineData("?c[OBS_VALUE]=ge:9+lt:1e999", "A.ARM.F 2019, A.ARM.F 2020, A.ARM._T 2020")]
    [InlineData("?c[OBS_VALUE]=lt:1e40&c[AREA]=ARM", "A.ARM.F 2019, A.ARM.F 2020, A.ARM._T 2020")]
    [InlineData("?c[OBS_VALUE]=NaN", "A.ARM.F 2021")]
    [InlineData("?c[OBS_VALUE]=ne:10&c[AREA]=ARM", "A.ARM.F 2020, A.ARM.F 2021, A.ARM._T 2020")]
    public void Gives_the_observations_that_are_asked_for(string query, string expected)
    {
        string[] parts = query.Split('?');
        IssueList issues = new();
        Rest2.TryParse($"data/dataflow/T/DF/1.0/{parts[0]}", parts.ElementAtOrDefault(1), out RestQuery? parsed, issues).Should().BeTrue();
        ObservationBatch batch = TestStructures.Batch(TestStructures.Space(RestSchema.Schema), Data);

        ResolvedDataQuery resolved = ((DataQuery)parsed!).Resolve(RestSchema.Schema, issues);
        int fitting = resolved.Apply(batch);

        issues.Kept.Should().BeEmpty();
        string[] rows = [.. Enumerable.Range(0, batch.Count).Where(r => !batch.Refused[r]).Select(r => $"{batch.KeyOf(batch.SeriesOf[r])} {batch.Periods[r]}")];
        string.Join(", ", rows).Should().Be(expected);
        fitting.Should().Be(rows.Length);
        if (expected.Length == 0 && !query.Contains("TIME_PERIOD", StringComparison.Ordinal))
        {
            resolved.Codes.Should().Contain(c => c != null);
        }
    }

    [Fact]
    public void A_key_with_several_codes_of_line_1_gives_sets_for_the_store()
    {
        Rest15.TryParse("data/DF/A+M.ARM.", "startPeriod=2020&endPeriod=2020-06", out RestQuery? parsed, new IssueList()).Should().BeTrue();
        ResolvedDataQuery resolved = ((DataQuery)parsed!).Resolve(RestSchema.Schema, new IssueList());
        resolved.Codes[0].Should().BeEquivalentTo("A", "M");
        resolved.Codes[1].Should().BeEquivalentTo("ARM");
        resolved.Codes[2].Should().BeNull();
        resolved.From.Should().Be(new DateTime(2020, 1, 1));
        resolved.To.Should().Be(new DateTime(2020, 7, 1));
        resolved.IsComplete.Should().BeTrue();
        resolved.IsEmpty.Should().BeFalse();
    }

    [Theory]
    [InlineData("data/dataflow/T/DF/1.0/A.ARM.F.X.Y", null, "R0009")]
    [InlineData("data/dataflow/T/DF/1.0/*.*.*.*.*", null, "R0009")]
    [InlineData("data/dataflow/T/DF/1.0/A.ARM,*.*.*.*.*.*", null, "R0009")]
    [InlineData("data/dataflow/T/DF/1.0", "c[NOSUCH]=A", "R0010")]
    [InlineData("data/dataflow/T/DF/1.0", "attributes=NOSUCH", "R0010")]
    [InlineData("data/dataflow/T/DF/1.0", "dimensionAtObservation=NOSUCH", "R0010")]
    [InlineData("data/dataflow/T/DF/1.0", "dimensionAtObservation=OBS_STATUS", "R0010")]
    [InlineData("data/dataflow/T/DF/1.0", "measures=OBS_STATUS", "R0010")]
    [InlineData("data/dataflow/T/DF/1.0", "attributes=AREA", "R0010")]
    [InlineData("data/dataflow/T/DF/1.0", "sort=AREA+NOSUCH:desc", "R0010")]
    [InlineData("availability/dataflow/T/DF/1.0/*/NOSUCH", null, "R0010")]
    [InlineData("availability/dataflow/T/DF/1.0/*/OBS_STATUS", null, "R0010")]
    public void What_the_structure_does_not_have_is_an_issue(string path, string? queryString, string expected)
    {
        IssueList issues = new();
        Rest2.TryParse(path, queryString, out RestQuery? parsed, issues).Should().BeTrue();
        ((CubeQuery)parsed!).Resolve(RestSchema.Schema, issues);
        issues.Kept.Should().ContainSingle().Which.Code.Id.Should().Be(expected);
    }
}
