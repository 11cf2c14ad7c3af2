namespace Dsm.Sdmx.Tests.Mapping;

/// <summary>Observations of a series are mapped a column at a time where all is well, else one by one: the outcome is the same.</summary>
public class ColumnMappingTests
{
    private const string Clean = "A.ARM.M UNIT=u | 2020=1 OBS_STATUS=A | 2021=2 OBS_STATUS=D NOTE=x | 2022=3 | 2023=NaN OBS_STATUS=A NOTE=y";

    private static readonly string[] Expected = ["A.ARM.M 2020=1 O", "A.ARM.M 2021=2 Q x", "A.ARM.M 2022=3 A", "A.ARM.M 2023=NaN O y"];

    [Fact]
    public void Maps_all_observations_of_a_series_at_once() => Map().Run(Clean).Should().Equal(Expected);

    [Fact]
    public void An_observation_that_cannot_be_mapped_leaves_the_others_as_they_are()
    {
        MapFixture map = Map();
        map.Run(Clean + " | 2024=5 OBS_STATUS=Q").Should().Equal(Expected);
        map.Refused.Should().Equal(false, false, false, false, true);
        map.Issues.Count.Should().Be(1);
    }

    [Fact]
    public void What_no_rule_fills_row_by_row_is_that_of_the_series()
        => new MapFixture("REG").Map("FREQ", "FREQ").Map("AREA", "AREA").Map("SEX", "SEX").Map("TIME_PERIOD", "TIME_PERIOD").Map("OBS_VALUE", "OBS_VALUE")
            .Map("UNIT", "NOTE").Fixed("OBS_STATUS=D").Run(Clean).Should().Equal("A.ARM.M 2020=1 D u", "A.ARM.M 2021=2 D u", "A.ARM.M 2022=3 D u", "A.ARM.M 2023=NaN D u");

    private static MapFixture Map() => new MapFixture("REG").Map("FREQ", "FREQ").Map("AREA", "AREA").Map("SEX", "SEX").Map("TIME_PERIOD", "TIME_PERIOD")
        .Map("OBS_VALUE", "OBS_VALUE").Map("NOTE", "NOTE").Map("UNIT", "UNIT").Map("OBS_STATUS", "OBS_STATUS", "A > O", "D > Q", " > A");
}
