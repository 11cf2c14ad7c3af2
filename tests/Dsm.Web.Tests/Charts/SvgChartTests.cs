using System.Xml.Linq;
using Dsm.Web.Charts;

namespace Dsm.Web.Tests.Charts;

public sealed class SvgChartTests
{
    private static readonly ChartData Data = new(
        "Заявления & решения",
        "Рост с 5 до 40",
        ["2020", "2021", "2022", "2023"],
        [new ChartSeries("Armenia <1>", [new(0, 5), new(1, 12), new(2, null), new(3, 40, IsProvisional: true)])]);

    [Fact]
    public void Is_well_formed_and_carries_title_and_description()
    {
        XElement svg = XElement.Parse(SvgChart.Lines(Data).ToString()!);

        svg.Element("title")!.Value.Should().Be("Заявления & решения");
        svg.Element("desc")!.Value.Should().Be("Рост с 5 до 40");
        svg.Attribute("aria-labelledby")!.Value.Should().Be($"{svg.Element("title")!.Attribute("id")!.Value} {svg.Element("desc")!.Attribute("id")!.Value}");
    }

    [Fact]
    public void Leaves_a_gap_where_a_value_is_missing_and_draws_provisional_figures_hollow()
    {
        XElement svg = XElement.Parse(SvgChart.Lines(Data).ToString()!);

        svg.Descendants("path").Single().Attribute("d")!.Value.Count(c => c == 'M').Should().Be(2);
        svg.Descendants("circle").Select(c => c.Attribute("class")!.Value).Should().Equal("dot", "dot", "hollow");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(7, 8)]
    [InlineData(99, 100)]
    [InlineData(1234567, 1500000)]
    public void Scales_start_at_zero_and_end_at_a_round_value(int largest, int top)
    {
        ChartScale scale = new(largest);

        scale.Ticks[0].Should().Be(0);
        scale.Top.Should().Be(top);
        scale.Ticks.Length.Should().BeLessThan(7);
    }

    [Fact]
    public void Columns_start_at_zero()
    {
        XElement svg = XElement.Parse(SvgChart.Columns(Data).ToString()!);

        foreach (XElement rect in svg.Descendants("rect"))
        {
            double bottom = (double)rect.Attribute("y")! + (double)rect.Attribute("height")!;
            bottom.Should().BeApproximately(268, 0.2);
        }
    }

    [Fact]
    public void Leaves_room_for_long_numbers_and_breaks_long_names_into_lines()
    {
        ChartData data = Data with { Series = [new ChartSeries("Georgia, Border crossings of foreigners", [new(0, 9_677_910)])] };

        XElement svg = XElement.Parse(SvgChart.Lines(data).ToString()!);

        XElement[] numbers = [.. svg.Elements("text").Where(t => t.Attribute("text-anchor")!.Value == "end")];
        numbers.Should().Contain(t => t.Value.Length >= 10);
        numbers.Should().OnlyContain(t => double.Parse(t.Attribute("x")!.Value, System.Globalization.CultureInfo.InvariantCulture) >= t.Value.Length * 7);
        string[] name = [.. svg.Descendants("text").Where(t => t.Attribute("class")?.Value == "label").Select(t => t.Value)];
        name.Length.Should().BeGreaterThan(1);
        string.Join(' ', name).Should().Be("Georgia, Border crossings of foreigners");
    }
}
