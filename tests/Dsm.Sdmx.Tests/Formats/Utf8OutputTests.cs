using System.Buffers;
using System.Text;
using Dsm.Sdmx.Formats;

namespace Dsm.Sdmx.Tests.Formats;

public class Utf8OutputTests
{
    [Theory]
    [InlineData(16 * 1024 - 1)]
    [InlineData(16 * 1024)]
    [InlineData(50_001)]
    public void Long_texts_pass_the_buffer_whole(int length)
    {
        string text = string.Concat(Enumerable.Repeat("x\U0001F600é", length / 4 + 1))[..length];
        ArrayBufferWriter<byte> target = new();
        Utf8Output output = new(target);
        for (int i = 0; i < 7; i++)
        {
            output.Text(text);
            output.Raw((byte)'|');
        }

        output.Flush();
        string expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) + "|";
        Encoding.UTF8.GetString(target.WrittenSpan).Should().Be(string.Concat(Enumerable.Repeat(expected, 7)));
    }
}
