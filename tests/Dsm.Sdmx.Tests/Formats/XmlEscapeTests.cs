using System.Text;
using System.Xml;
using CsCheck;
using Dsm.Sdmx.Formats.Xml;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>Any text, however odd, gives well-formed output that reads back the same where the format can carry it.</summary>
public class XmlEscapeTests
{
    [Fact]
    public void Any_text_survives_in_an_attribute_of_xml() => OddTexts.Any.Sample(
        text =>
        {
            byte[] bytes = [.. "<a b=\""u8, .. XmlEscape.ToBytes("", text, ""), .. "\"/>"u8];
            using XmlReader reader = XmlReader.Create(new MemoryStream(bytes));
            reader.Read();
            reader.GetAttribute("b").Should().Be(Carried(text));
        }, seed: "0N0XIzNsQ0O2", iter: 5000, threads: 1);

    /// <summary>What XML 1.0 can carry of a text: lone surrogates and illegal characters are U+FFFD.</summary>
    private static string Carried(string text)
    {
        StringBuilder carried = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool legal = rune.Value is '\t' or '\n' or '\r' || (rune.Value >= 32 && rune.Value is not (0xFFFE or 0xFFFF));
            carried.Append(legal ? rune.ToString() : "\uFFFD");
        }

        return carried.ToString();
    }
}
