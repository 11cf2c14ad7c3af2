using Dsm.Exchange.Overview;
using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Tests.Overview;

public sealed class FreshnessOptionsTests
{
    [Theory]
    [InlineData("2024-03", "2024-04-29", Freshness.Fresh)]
    [InlineData("2024-03", "2024-05-01", Freshness.Due)]
    [InlineData("2024-03", "2024-05-31", Freshness.Due)]
    [InlineData("2024-03", "2024-06-01", Freshness.Late)]
    [InlineData("2024-Q1", "2024-06-30", Freshness.Fresh)]
    [InlineData("2024-Q1", "2024-08-30", Freshness.Due)]
    [InlineData("2024-Q1", "2024-08-31", Freshness.Late)]
    [InlineData("2023", "2024-12-31", Freshness.Fresh)]
    [InlineData("2023", "2025-04-01", Freshness.Due)]
    [InlineData("2023", "2025-04-02", Freshness.Late)]
    [InlineData("2023-S2", "2024-06-30", Freshness.Fresh)]
    [InlineData("2023-S2", "2024-09-30", Freshness.Late)]
    public void Figures_are_due_a_cycle_and_a_lag_after_the_last_period(string last, string today, Freshness expected)
        => new FreshnessOptions().Of(TimePeriod.Parse(last), DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture)).Should().Be(expected);

    [Fact]
    public void The_lag_is_a_setting_and_no_figures_are_no_figures()
    {
        DateOnly today = new(2024, 6, 1);
        (new FreshnessOptions { MonthDays = 45 }).Of(TimePeriod.Parse("2024-03"), today).Should().Be(Freshness.Due);
        new FreshnessOptions().Of(default, today).Should().Be(Freshness.None);
    }
}
