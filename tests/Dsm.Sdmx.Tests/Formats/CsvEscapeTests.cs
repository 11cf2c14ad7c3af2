using System.Text;
using CsCheck;
using Dsm.Sdmx.Formats.Csv;

namespace Dsm.Sdmx.Tests.Formats;

public class CsvEscapeTests
{
    [Fact]
    public void Any_text_survives_in_a_field_of_csv() => OddTexts.Any.Sample(
        text =>
        {
            string field = Encoding.UTF8.GetString(CsvEscape.Comma.ToBytes(text));
            bool quoted = field.StartsWith('"') && field.EndsWith('"') && field.Length > 1;
            string content = quoted ? field[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : field;
            content.Should().Be(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
            quoted.Should().Be(text.AsSpan().IndexOfAny(",\"\r\n") >= 0);
        }, seed: "0N0XIzNsQ0O2", iter: 5000, threads: 1);
}
