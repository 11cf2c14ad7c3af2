using CsCheck;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;
using static Dsm.Sdmx.Tests.Validation.TestStructures;

namespace Dsm.Sdmx.Tests.Validation;

public class ValueCheckTests
{
    [Theory]
    [InlineData(SdmxDataType.Integer, "5 -5 +5 007 2147483647", "5.0 x 2147483648 -2147483649 1e3 -")]
    [InlineData(SdmxDataType.Long, "9223372036854775807", "9223372036854775808 1.5")]
    [InlineData(SdmxDataType.Short, "-32768 32767", "32768")]
    [InlineData(SdmxDataType.BigInteger, "123456789012345678901234567890 -1", "1.5 x")]
    [InlineData(SdmxDataType.Decimal, "1 1.5 .5 5. +1 -0.1", "1e5 INF x .")]
    [InlineData(SdmxDataType.Double, "1 1.5 1e5 1E-7 INF -INF NaN", "Infinity 1,5 e5 n/a")]
    [InlineData(SdmxDataType.Boolean, "true false 1 0", "yes TRUE 2")]
    [InlineData(SdmxDataType.Alpha, "abcZ", "a1 ж")]
    [InlineData(SdmxDataType.AlphaNumeric, "a1", "a_1")]
    [InlineData(SdmxDataType.Numeric, "007", "-1 1.5")]
    [InlineData(SdmxDataType.URI, "http://a/b urn:x", "a\u00A0b")]
    [InlineData(SdmxDataType.GregorianYear, "2024", "2024-01 24")]
    [InlineData(SdmxDataType.ReportingQuarter, "2024-Q1", "2024-Q5 2024")]
    [InlineData(SdmxDataType.StandardTimePeriod, "2024 2024-W07 2024-02-29", "2023-02-29 2024-01-01/P1D")]
    [InlineData(SdmxDataType.DateTime, "2024-01-01T10:00:00", "2024-01-01")]
    [InlineData(SdmxDataType.Month, "--12", "--13 12")]
    [InlineData(SdmxDataType.MonthDay, "--02-29", "--02-30")]
    [InlineData(SdmxDataType.Day, "---31", "---32 31")]
    [InlineData(SdmxDataType.Time, "10:00:00", "25:00:00")]
    [InlineData(SdmxDataType.Duration, "P1Y PT5M", "1Y")]
    [InlineData(SdmxDataType.String, "anything", "")]
    public void Knows_the_forms_of_the_data_types(SdmxDataType type, string right, string wrong)
    {
        ValueCheck check = Check(Text(type));
        right.Split(' ').Where(v => check.Find(v) is not null).Should().BeEmpty();
        wrong.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(v => check.Find(v) is null).Should().BeEmpty();
    }

    [Theory]
    [InlineData("[A-Z]{2}\\d", "AB1", "AB12 xAB1 ab1")]
    [InlineData("^[0-9]{4}$", "2024", "2024x")]
    [InlineData("a|b", "a b", "ab xb")]
    [InlineData("[a-z-[aeiou]]+", "xyz", "xay")]
    [InlineData("\\i\\c*", "_a-b.c", "1a")]
    [InlineData("a^b", "a^b", "ab")]
    [InlineData("\\p{IsCyrillic}+", "Жук", "Zuk")]
    public void Patterns_are_those_of_XML_Schema(string pattern, string right, string wrong)
    {
        ValueCheck check = Check(Text(SdmxDataType.String, f => f with { Pattern = pattern }));
        right.Split(' ').Where(v => check.Find(v) is not null).Should().BeEmpty();
        wrong.Split(' ').Where(v => check.Find(v) is null).Should().BeEmpty();
    }

    [Fact]
    public void Limits_of_numbers_are_kept()
    {
        ValueCheck check = Check(Text(SdmxDataType.Decimal, f => f with { MinValue = -1.5m, MaxValue = 10, Decimals = 2 }));
        new[] { "-1.5", "10", "10.00", "0.25" }.Where(v => check.Find(ObservationValue.Parse(v)) is not null).Should().BeEmpty();
        new[] { "-1.51", "10.01", "0.255", "-2", "11", "999999999999999999999999999999999999" }.Where(v => check.Find(ObservationValue.Parse(v)) is null).Should().BeEmpty();
        Check(Text(SdmxDataType.ExclusiveValueRange, f => f with { StartValue = 0, EndValue = 1 })).Find("1").Should().NotBeNull();
        Check(Text(SdmxDataType.InclusiveValueRange, f => f with { StartValue = 0, EndValue = 1 })).Find("1").Should().BeNull();
        Check(Text(SdmxDataType.Incremental, f => f with { StartValue = 1, Interval = 5 })).Find("7").Should().NotBeNull();
    }

    [Fact]
    public void Steps_are_kept_and_never_overflow()
    {
        ValueCheck check = Check(Text(SdmxDataType.Incremental, f => f with { StartValue = -1, Interval = 0.5m }));
        "-1 -0.5 0 79228162514264337593543950335".Split(' ').Where(v => check.Find(v) is not null).Should().BeEmpty();
        "-2 0.25 1.4".Split(' ').Where(v => check.Find(v) is null).Should().BeEmpty();
    }

    [Fact]
    public void The_quick_way_and_the_text_agree()
        => Gen.Select(Gen.Long[-3_000_000_000, 3_000_000_000], Gen.Int[0, 4], Gen.Int[0, 3]).Sample((mantissa, scale, which) =>
        {
            ValueCheck check = Check(which switch
            {
                0 => Text(SdmxDataType.Integer, f => f with { MinValue = 0 }),
                1 => Text(SdmxDataType.Decimal, f => f with { MaxValue = 1000.5m, Decimals = 3 }),
                2 => Text(SdmxDataType.Double),
                _ => Text(SdmxDataType.Long),
            });
            ObservationValue value = ObservationValue.Of(mantissa, scale);
            return (check.Find(value) is null) == (check.Find(value.ToString()) is null);
        }, seed: "0000KOIJabc1");

    [Fact]
    public void Periods_seen_twice_are_found_in_any_order()
        => Gen.Select(Gen.Int[0, 3], Gen.Int[1900, 2100], Gen.Int[1, 12]).Array[0, 200].Sample(observations =>
        {
            PeriodSets periods = new();
            HashSet<(int, string)> seen = [];
            return observations.All(o =>
            {
                string text = o.Item3 > 6 ? $"{o.Item2}-{o.Item3:D2}" : o.Item3 > 4 ? $"{o.Item2}-Q{o.Item3 - 4}" : $"{o.Item2}-0{o.Item3}-17";
                return periods.Add(o.Item1, TimePeriod.Parse(text)) == seen.Add((o.Item1, text));
            });
        }, iter: 2000, seed: "0000KOIJabc1");

    private static ValueCheck Check(Representation representation)
        => ValueCheck.For(Resolve(new StructureSet([Dsd("D", [Dimension("X", Text())], Measure(representation))]), Structure("D")).Measures[0])!;
}
