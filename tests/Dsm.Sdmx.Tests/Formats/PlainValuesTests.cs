using System.Text;
using CsCheck;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>Values read from bytes are those read from characters, or are left to them.</summary>
public class PlainValuesTests
{
    private static readonly Gen<string> Numbers = Gen.OneOf(Gen.String[Gen.Char["0123456789.-+eNa "], 0, 22], Gen.Long.Select(n => FormattableString.Invariant($"{n}")),
        Gen.Decimal.Select(n => FormattableString.Invariant($"{n}")), Any("NaN", "-0", "0", "0.0", "05", "5.", ".5", "-12.50", "123456789012345678", "1234567890123456789"));

    private static readonly Gen<string> Periods = Gen.OneOf(
        Gen.String[Gen.Char["0123456789-QMWSTAD/:P"], 0, 22],
        Gen.Select(Gen.Int[0, 2100], Any("", "-Q", "-", "-M", "-W", "-D", "-S", "-A", "-T"), Gen.Int[0, 14]).Select((year, kind, number) => FormattableString.Invariant($"{year:D4}{kind}{number}")),
        Gen.Select(Gen.Int[0, 9999], Gen.Int[0, 13], Gen.Int[0, 32]).Select((year, month, day) => FormattableString.Invariant($"{year:D4}-{month:D2}-{day:D2}")),
        Any("2024-02-29", "2023-02-29", "2024-01-01T10:00:00", "2024-01-01/P1M", "2024-Q5", "0000", "20X4"));

    [Fact]
    public void Reads_a_number_as_its_characters_are_read()
        => Numbers.Sample(text =>
        {
            if (PlainValues.TryNumber(Encoding.ASCII.GetBytes(text + "\"/>"), (byte)'"', out ObservationValue value, out int length))
            {
                value.Should().Be(ObservationValue.Parse(text));
                length.Should().Be(text.Length);
            }
            else
            {
                ObservationValue.Parse(text).Kind.Should().BeOneOf(ObservationValueKind.Text, ObservationValueKind.Absent);
            }
        }, iter: 50_000);

    [Fact]
    public void Reads_a_period_as_its_characters_are_read()
        => Periods.Sample(text =>
        {
            bool isPeriod = TimePeriod.TryParse(text, out TimePeriod expected);
            PlainValues.TryPeriod(Encoding.ASCII.GetBytes(text + "\" OBS_VALUE=\"1\"/>"), (byte)'"', out TimePeriod period, out int length).Should().Be(isPeriod, text);
            if (isPeriod)
            {
                period.Should().Be(expected);
                length.Should().Be(text.Length);
            }
        }, iter: 50_000);

    [Fact]
    public void Finds_codes_by_their_bytes_as_by_their_characters()
        => Gen.Select(Gen.String[Gen.Char["ABC_019Ж"], 0, 20].Array[0, 300], Gen.String[Gen.Char["ABC_019Ж"], 0, 20].Array[0, 50]).Sample((codes, others) =>
        {
            CodeIndex index = new(codes);
            foreach (string code in codes.Concat(others))
            {
                index.IndexOf(Encoding.UTF8.GetBytes(code)).Should().Be(index.IndexOf(code.AsSpan()));
            }
        }, iter: 1000);

    private static Gen<string> Any(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
