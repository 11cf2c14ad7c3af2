using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Sdmx.Tests.Rest;

public class ObservationOrderTests
{
    [Theory]
    [InlineData("AREA", "TIME_PERIOD", "AREA")]
    [InlineData("AREA:desc+TIME_PERIOD:asc", "TIME_PERIOD", "AREA:desc TIME_PERIOD")]
    [InlineData("*", "TIME_PERIOD", "FREQ AREA SEX TIME_PERIOD")]
    [InlineData("*:desc", "AllDimensions", "FREQ:desc AREA:desc SEX:desc TIME_PERIOD:desc")]
    [InlineData("series_key:asc+TIME_PERIOD:desc", "TIME_PERIOD", "FREQ AREA SEX TIME_PERIOD:desc")]
    [InlineData("series_key", "AREA", "FREQ SEX TIME_PERIOD")]
    [InlineData("series_key:desc", "AllDimensions", "FREQ:desc AREA:desc SEX:desc")]
    [InlineData("SEX:desc+*", "TIME_PERIOD", "SEX:desc FREQ AREA TIME_PERIOD")]
    [InlineData("OBS_VALUE:desc+OBS_STATUS+UNIT", "TIME_PERIOD", "OBS_VALUE:desc OBS_STATUS UNIT")]
    public void Names_each_component_once_in_the_sequence_asked_for(string sort, string dimensionAtObservation, string expected)
    {
        IssueList issues = new();
        ObservationOrder order = ObservationOrder.Parse(sort, RestSchema.Schema, dimensionAtObservation, issues);
        issues.Kept.Should().BeEmpty();
        string.Join(' ', order.Terms.Select(t => t.Component.Id + (t.IsDescending ? ":desc" : ""))).Should().Be(expected);
    }

    [Theory]
    [InlineData("AREA", true)]
    [InlineData("AREA:desc+FREQ", true)]
    [InlineData("*", true)]
    [InlineData("series_key+OBS_VALUE:desc", true)]
    [InlineData("AREA+TIME_PERIOD", false)]
    [InlineData("TIME_PERIOD", false)]
    [InlineData("OBS_VALUE", false)]
    [InlineData("UNIT", false)]
    public void Knows_whether_series_stay_together(string sort, bool expected)
        => ObservationOrder.Parse(sort, RestSchema.Schema, "TIME_PERIOD", new IssueList()).KeepsSeriesTogether(RestSchema.Schema).Should().Be(expected);
}
