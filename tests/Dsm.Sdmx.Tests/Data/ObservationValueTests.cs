using System.Globalization;
using CsCheck;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Tests.Data;

public class ObservationValueTests
{
    private static readonly string[] Special =
        ["NaN", "", "#N/A", "-0", "0", "0.0", "00", ".5", "5.", "-", "-.", "1e5", "+1", "999999999999999999", "1000000000000000000", "-9223372036854775808", "0.000000000000000001"];

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Long.Select(n => n.ToString(CultureInfo.InvariantCulture)),
        Gen.Decimal.Select(d => d.ToString(CultureInfo.InvariantCulture)),
        Gen.Double.Select(d => d.ToString("R", CultureInfo.InvariantCulture)),
        Gen.String[Gen.Char["0123456789.-+eE "], 0, 22],
        Gen.String,
        Gen.Int[0, Special.Length - 1].Select(i => Special[i]));

    [Fact]
    public void Prints_any_text_as_it_was_sent() => AnyText.Sample(
        text =>
        {
            ObservationValue value = ObservationValue.Parse(text);
            Span<char> buffer = stackalloc char[64];
            bool formatted = text.Length > 64 || (value.TryFormat(buffer, out int written) && buffer[..written].SequenceEqual(text));
            return value.ToString() == text && formatted && value == ObservationValue.Parse(text);
        },
        seed: "0000KXn9uPk1",
        iter: 50_000);

    [Fact]
    public void Reads_numbers_as_the_framework_does() => AnyText.Sample(
        text =>
        {
            ObservationValue value = ObservationValue.Parse(text);
            return value.Kind != ObservationValueKind.Number || value.Number == decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
        },
        seed: "0000KXn9uPk1",
        iter: 50_000);

    [Theory]
    [InlineData("", ObservationValueKind.Absent)]
    [InlineData("NaN", ObservationValueKind.NotANumber)]
    [InlineData("nan", ObservationValueKind.Text)]
    [InlineData("100", ObservationValueKind.Number)]
    [InlineData("-12.50", ObservationValueKind.Number)]
    [InlineData("12,5", ObservationValueKind.Text)]
    [InlineData("1e5", ObservationValueKind.Text)]
    [InlineData("007", ObservationValueKind.Text)]
    [InlineData("#N/A", ObservationValueKind.Text)]
    public void Tells_what_was_sent(string text, ObservationValueKind kind) => ObservationValue.Parse(text).Kind.Should().Be(kind);

    [Fact]
    public void Keeps_spellings_of_one_number_apart()
    {
        ObservationValue whole = ObservationValue.Parse("100"), point = ObservationValue.Parse("100.0");
        (whole == point).Should().BeFalse();
        whole.Number.Should().Be(point.Number);
        (whole.IsInteger, point.IsInteger).Should().Be((true, false));
        ObservationValue.Parse("1e5").Number.Should().Be(100_000m);
        ObservationValue.Parse("about 5").Number.Should().BeNull();
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ru-RU")]
    public void Reads_and_prints_the_same_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            ObservationValue.Parse("-1234.50").ToString().Should().Be("-1234.50");
            ObservationValue.Of(-1234.5m).Number.Should().Be(-1234.5m);
            TimePeriod.Parse("2024-Q1").ToString().Should().Be("2024-Q1");
            TimePeriod.Parse("2024-02-29").ToString().Should().Be("2024-02-29");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
