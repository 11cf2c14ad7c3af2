using System.Globalization;
using CsCheck;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Tests.Data;

public class TimePeriodTests
{
    private static readonly Gen<string> AnyPeriod = Gen.OneOf(
        Gen.Int[1, 9999].Select(y => $"{y:D4}"),
        Gen.Int[1, 9999].Select(y => $"{y:D4}-A1"),
        Gen.Select(Gen.Int[1, 9998], Gen.Int[1, 2], (y, n) => $"{y:D4}-S{n}"),
        Gen.Select(Gen.Int[1, 9998], Gen.Int[1, 3], (y, n) => $"{y:D4}-T{n}"),
        Gen.Select(Gen.Int[1, 9998], Gen.Int[1, 4], (y, n) => $"{y:D4}-Q{n}"),
        Gen.Select(Gen.Int[1, 9998], Gen.Int[1, 12], (y, n) => $"{y:D4}-{n:D2}"),
        Gen.Select(Gen.Int[1, 9998], Gen.Int[1, 12], (y, n) => $"{y:D4}-M{n:D2}"),
        Gen.Select(Gen.Int[2, 9998], Gen.Int[1, 52], (y, n) => $"{y:D4}-W{n:D2}"),
        Gen.Select(Gen.Int[1, 9998], Gen.Int[1, 365], (y, n) => $"{y:D4}-D{n:D3}"),
        Gen.Select(Gen.Int[1, 9998], Gen.Int[0, 364], (y, n) => new DateOnly(y, 1, 1).AddDays(n).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Gen.Select(Gen.Int[1, 9998], Gen.Int[1, 28], Gen.Int[0, 23], (y, d, h) => $"{y:D4}-02-{d:D2}T{h:D2}:30:00"),
        Gen.Select(Gen.Int[1, 9000], Gen.Int[1, 12], (y, m) => $"{y:D4}-01-01/P{m}M"));

    [Theory]
    [InlineData("2024", TimePeriodKind.GregorianYear, "2024-01-01", "2025-01-01")]
    [InlineData("2024-A1", TimePeriodKind.ReportingYear, "2024-01-01", "2025-01-01")]
    [InlineData("2024-S2", TimePeriodKind.Semester, "2024-07-01", "2025-01-01")]
    [InlineData("2024-T3", TimePeriodKind.Trimester, "2024-09-01", "2025-01-01")]
    [InlineData("2024-Q1", TimePeriodKind.Quarter, "2024-01-01", "2024-04-01")]
    [InlineData("2024-02", TimePeriodKind.GregorianMonth, "2024-02-01", "2024-03-01")]
    [InlineData("2024-M12", TimePeriodKind.ReportingMonth, "2024-12-01", "2025-01-01")]
    [InlineData("2020-W53", TimePeriodKind.Week, "2020-12-28", "2021-01-04")]
    [InlineData("2024-D366", TimePeriodKind.ReportingDay, "2024-12-31", "2025-01-01")]
    [InlineData("2024-02-29", TimePeriodKind.GregorianDay, "2024-02-29", "2024-03-01")]
    [InlineData("2024-02-29/P1M", TimePeriodKind.Range, "2024-02-29", "2024-03-29")]
    [InlineData("2024-01-01T00:00:00/P1Y6M", TimePeriodKind.Range, "2024-01-01", "2025-07-01")]
    [InlineData("2024Z", TimePeriodKind.GregorianYear, "2024-01-01", "2025-01-01")]
    [InlineData("2024+02:00", TimePeriodKind.GregorianYear, "2024-01-01", "2025-01-01")]
    [InlineData("2024-03-05:00", TimePeriodKind.GregorianMonth, "2024-03-01", "2024-04-01")]
    [InlineData("2024-02-29Z", TimePeriodKind.GregorianDay, "2024-02-29", "2024-03-01")]
    [InlineData("2024-Q1Z", TimePeriodKind.Quarter, "2024-01-01", "2024-04-01")]
    [InlineData("2024-M12+14:00", TimePeriodKind.ReportingMonth, "2024-12-01", "2025-01-01")]
    [InlineData("2024-W01Z", TimePeriodKind.Week, "2024-01-01", "2024-01-08")]
    [InlineData("2024-02-29Z/P1M", TimePeriodKind.Range, "2024-02-29", "2024-03-29")]
    [InlineData("2024-01-01T00:00:00+02:00/P1M", TimePeriodKind.Range, "2024-01-01", "2024-02-01")]
    [InlineData("2024-01-01T12:00:00-03:30", TimePeriodKind.DateTime, "2024-01-01T12:00:00", "2024-01-01T12:00:00.0000001")]
    [InlineData("2024-02-29T24:00:00Z", TimePeriodKind.DateTime, "2024-03-01", "2024-03-01T00:00:00.0000001")]
    [InlineData("2024-02-29T10:00:00.123456789+01:00", TimePeriodKind.DateTime, "2024-02-29T10:00:00.1234567", "2024-02-29T10:00:00.1234568")]
    public void Knows_every_form_with_its_first_and_last_instant(string text, TimePeriodKind kind, string start, string end)
    {
        TimePeriod period = TimePeriod.Parse(text);
        period.Kind.Should().Be(kind);
        period.Start.Should().Be(DateTime.Parse(start, CultureInfo.InvariantCulture));
        period.End.Should().Be(DateTime.Parse(end, CultureInfo.InvariantCulture));
        period.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 2024")]
    [InlineData("0000")]
    [InlineData("24")]
    [InlineData("2024-")]
    [InlineData("2024-13")]
    [InlineData("2024+15:00")]
    [InlineData("2024+2:00")]
    [InlineData("2024-Q5Z")]
    [InlineData("2024ZZ")]
    [InlineData("-2024Z")]
    [InlineData("2024-02-29T24:00:01")]
    [InlineData("2024-02-29T10:00:00.")]
    [InlineData("2024-00")]
    [InlineData("2024-1")]
    [InlineData("2024-Q5")]
    [InlineData("2024-Q0")]
    [InlineData("2024-Q01")]
    [InlineData("2024-q1")]
    [InlineData("2024Q1")]
    [InlineData("2024-M13")]
    [InlineData("2024-M1")]
    [InlineData("2021-W53")]
    [InlineData("2023-D366")]
    [InlineData("2023-02-29")]
    [InlineData("2023-04-31")]
    [InlineData("2024-02-14T25:00:00")]
    [InlineData("2024-02-14/1M")]
    [InlineData("2024-02-14/P")]
    [InlineData("2024/2025")]
    [InlineData("٢٠٢٤")]
    [InlineData("янв 2024")]
    public void Refuses_what_is_no_period(string text) => TimePeriod.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void Prints_exactly_what_was_read() => AnyPeriod.Sample(
        text => TimePeriod.Parse(text).ToString() == text && TimePeriod.Parse(text) == TimePeriod.Parse(text), seed: "0000KXn9uPk1", iter: 5000);

    [Fact]
    public void Orders_periods_as_their_instants_run() => Gen.Select(AnyPeriod, AnyPeriod).Sample(
        pair =>
        {
            TimePeriod a = TimePeriod.Parse(pair.Item1), b = TimePeriod.Parse(pair.Item2);
            int byTime = a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End);
            return Math.Sign(a.CompareTo(b)) == Math.Sign(byTime) && Math.Sign(b.CompareTo(a)) == -Math.Sign(byTime);
        },
        seed: "0000KXn9uPk1",
        iter: 20000);

    [Theory]
    [InlineData("2024-03", "2024-M03")]
    [InlineData("2024", "2024-A1")]
    [InlineData("2024-02-14", "2024-D045")]
    public void Takes_two_spellings_of_one_stretch_for_the_same(string one, string other)
    {
        TimePeriod.Parse(one).Ordinal.Should().Be(TimePeriod.Parse(other).Ordinal);
        (TimePeriod.Parse(one) == TimePeriod.Parse(other)).Should().BeFalse();
    }

    [Theory]
    [InlineData("A", "2024", true)]
    [InlineData("A", "2024-A1", true)]
    [InlineData("A", "2024-Q1", false)]
    [InlineData("S", "2024-S1", true)]
    [InlineData("S", "2024-01", false)]
    [InlineData("T", "2024-T1", true)]
    [InlineData("Q", "2024-Q1", true)]
    [InlineData("Q", "2024", false)]
    [InlineData("M", "2024-01", true)]
    [InlineData("M", "2024-M01", true)]
    [InlineData("M", "2024-01-01", false)]
    [InlineData("W", "2024-W01", true)]
    [InlineData("D", "2024-01-01", true)]
    [InlineData("B", "2024-01-01", true)]
    [InlineData("H", "2024-01-01T10:00:00", true)]
    [InlineData("H", "2024-01-01", false)]
    [InlineData("A_3", "2024", true)]
    [InlineData("A3", "2024-01", false)]
    [InlineData("M", "2024-01-01/P1M", true)]
    [InlineData("OTHER", "2024-Q1", true)]
    [InlineData("_Z", "2024-Q1", true)]
    [InlineData("", "2024-Q1", true)]
    public void Knows_which_periods_a_frequency_has(string frequency, string period, bool fits)
        => TimePeriod.Parse(period).FitsFrequency(frequency).Should().Be(fits);

    [Theory]
    [InlineData("9999")]
    [InlineData("9999-A1")]
    [InlineData("9999-S2")]
    [InlineData("9999-T3")]
    [InlineData("9999-Q4")]
    [InlineData("9999-12")]
    [InlineData("9999-W52")]
    [InlineData("9999-D365")]
    [InlineData("9999-12-31")]
    [InlineData("9999-12-31T23:59:59.9999999")]
    public void Ends_with_the_last_representable_instant_at_the_latest(string text)
        => TimePeriod.Parse(text).End.Should().Be(DateTime.MaxValue);

    [Theory]
    [InlineData("9999-Q3", "9999-10-01")]
    [InlineData("9999-11", "9999-12-01")]
    [InlineData("9998", "9999-01-01")]
    public void Ends_as_ever_just_before_that(string text, string end)
        => TimePeriod.Parse(text).End.Should().Be(DateTime.Parse(end, CultureInfo.InvariantCulture));

    [Fact]
    public void Is_no_period_by_default()
    {
        TimePeriod none = default;
        none.IsNone.Should().BeTrue();
        none.ToString().Should().BeEmpty();
    }

    [Fact]
    public void Never_throws_on_any_text() => Gen.String[Gen.Char["0123456789-/PTQWMDYAS:.Z "], 0, 24].Sample(
        text =>
        {
            if (TimePeriod.TryParse(text, out TimePeriod period))
            {
                _ = period.Start;
                _ = period.End;
                return period.ToString() == text;
            }

            return true;
        },
        seed: "0000KXn9uPk1",
        iter: 100_000);
}
