using System.IO.Compression;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using static Dsm.Sdmx.Tests.Formats.DataReaderSpecimens;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>Files that are broken by accident or on purpose: what can be read is read, and the place where it ends is said.</summary>
public class CsvHostileInputTests
{
    private const string Head = "DATAFLOW,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE,NOTE\n";

    private const string Good = "DSM:DF_TEST(1.0),A,AM,T,2020,1,\n";

    [Theory]
    [InlineData(Head + Good + "DSM:DF_TEST(1.0),A,AM,T,2021,2,\"never closed\n" + Good + Good, "M0018 3:7")]
    [InlineData(Head + Good + "DSM:DF_TEST(1.0),A,AM,T,2021,2,\"closed\" too early\n", "M0018 3:7")]
    [InlineData(Head + Good + "DSM:DF_TEST(1.0),A,AM,T,2021,2,a\0b\n", "M0007 3:33")]
    [InlineData(Head + Good + "DSM:DF_TEST(1.0),A,AM,T,2021", "M0005 3:0")]
    public void What_stands_before_the_fault_is_read_and_the_fault_has_a_place(string message, string fault)
    {
        (List<string> lines, IssueList issues) = Read(message);
        lines.Should().Equal("I A.AM.T 2020=1");
        Issue found = issues.Kept.Single();
        $"{found.Code.Id} {found.Location.Line}:{found.Location.Column}".Should().Be(fault);
    }

    [Theory]
    [InlineData(0xC3, 0x28)]
    [InlineData(0xED, 0xA0)]
    [InlineData(0xFF, 0xFE)]
    [InlineData(0xE2, 0x82)]
    public void Bytes_that_are_no_utf_8_have_a_place(byte first, byte second)
    {
        byte[] message = [.. Encoding.UTF8.GetBytes(Head + Good + "DSM:DF_TEST(1.0),A,AM,T,2021,2,Ж"), first, second, (byte)'\n', .. Encoding.UTF8.GetBytes(Good)];
        (List<string> lines, IssueList issues) = Read(message);
        lines.Should().HaveCount(1);
        issues.Kept.Single().Code.Should().Be(IssueCodes.InvalidEncoding);
        issues.Kept.Single().Location.Should().Be(new Location(3, 34));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Utf_16_is_read_and_its_faults_are_found(bool bigEndian)
    {
        UnicodeEncoding encoding = new(bigEndian, byteOrderMark: true);
        byte[] good = [.. encoding.GetPreamble(), .. encoding.GetBytes(Head + "DSM:DF_TEST(1.0),A,AM,T,2020,1,Ж😀\n")];
        Read(good).Lines.Should().Equal("I A.AM.T 2020=1 NOTE:Ж😀");
        (List<string> lines, IssueList issues) = Read([.. good, .. encoding.GetBytes("DSM"), .. bigEndian ? new byte[] { 0xD8, 0x00, 0x00, 0x41 } : [0x00, 0xD8, 0x41, 0x00]]);
        lines.Should().HaveCount(1);
        issues.Kept.Single().Code.Should().Be(IssueCodes.InvalidEncoding);
    }

    [Fact]
    public void Every_way_to_cut_a_message_gives_its_first_records()
    {
        byte[] message = Encoding.UTF8.GetBytes("\uFEFF" + Head + "DSM:DF_TEST(1.0),A,AM,T,2020,1,\"a \"\"Ж\"\"\r\nb\"\r\nDSM:DF_TEST(1.0),A,AM,T,2021,2,\r\nDSM:DF_TEST(1.0),A,AM,T,2022,3,end\r\n");
        List<string> all = Read(message).Lines;
        all.Should().HaveCount(3);
        for (int length = 0; length < message.Length; length++)
        {
            (List<string> lines, IssueList issues) = Read(message[..length]);

            // The last field of the last record may have been longer: nothing tells.
            lines.SkipLast(1).Should().Equal(all.Take(Math.Max(0, lines.Count - 1)));
            (lines.Count == 0 || lines[^1].StartsWith(all[lines.Count - 1].Split(" NOTE")[0], StringComparison.Ordinal)).Should().BeTrue($"{length} bytes");
            bool endsInside = length > 0 && Encoding.UTF8.GetString(message[..length]).Count(c => c == '"') % 2 == 1;
            (issues.Count > 0).Should().Be(lines.Count == 0 || endsInside || issues.Kept.Any(i => i.Code == IssueCodes.Truncated || i.Code == IssueCodes.InvalidEncoding), $"{length} bytes");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Any_size_of_reads_gives_the_same(int step)
    {
        StringBuilder message = new(Head);
        for (int i = 0; i < 9000; i++)
        {
            message.Append(System.Globalization.CultureInfo.InvariantCulture, $"DSM:DF_TEST(1.0),A,{(i % 3 == 0 ? "KZ" : "AM")},T,{2000 + (i % 25)},{i},{(i % 5 == 0 ? $"\"Ж, \"\"{i}\"\"\n\"" : "")}\r\n");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(message.ToString());
        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(new Steps(bytes, step), Resolve, issues)!;
        Describe(reader, 500).Should().Equal(Read(bytes).Lines).And.HaveCount(9000);
        issues.Count.Should().Be(0);
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_does_not_fill_the_memory()
    {
        byte[] start = Encoding.UTF8.GetBytes(Head + "DSM:DF_TEST(1.0),A,AM,T,2020,1,\"");
        long before = GC.GetTotalAllocatedBytes(true);
        (List<string> lines, IssueList issues) = Read(new Endless(start, (byte)'x', 1L << 30));
        lines.Should().BeEmpty();
        issues.Kept.Single().Code.Should().Be(IssueCodes.TooLarge);
        issues.Kept.Single().Location.Line.Should().Be(2);
        (GC.GetTotalAllocatedBytes(true) - before).Should().BeLessThan(200L << 20);
    }

    [Fact]
    public void A_gigantic_field_is_refused_with_its_place()
    {
        (List<string> lines, IssueList issues) = Read(Head + Good + "DSM:DF_TEST(1.0),A,AM,T,2021,2," + new string('x', (1024 * 1024) + 1) + "\n");
        lines.Should().HaveCount(1);
        issues.Kept.Single().Code.Should().Be(IssueCodes.TooLarge);
        issues.Kept.Single().Location.Should().Be(new Location(3, 7));
    }

    [Fact]
    public void Thousands_of_columns_are_read_and_tens_of_thousands_are_refused()
    {
        string columns = string.Concat(Enumerable.Range(0, 5000).Select(i => $",X{i}"));
        Read($"DATAFLOW,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE{columns}\nDSM:DF_TEST(1.0),A,AM,T,2020,1{new string(',', 5000)}\n").Lines.Should().HaveCount(1);
        IssueList issues = Read($"DATAFLOW{string.Concat(Enumerable.Repeat(",X", 20_000))}\n{Good}").Issues;
        issues.Kept.Single().Code.Should().Be(IssueCodes.TooLarge);
    }

    [Fact]
    public void A_zip_bomb_is_stopped()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Head));
            byte[] blank = new byte[1 << 20];
            Array.Fill(blank, (byte)'\n');
            for (int i = 0; i < 64; i++)
            {
                gzip.Write(blank);
            }
        }

        packed.Position = 0;
        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(packed, Resolve, issues, new DataReaderOptions { MaxBytes = 16 << 20 })!;
        reader.NextDataSet().Should().BeFalse();
        issues.Kept.Single().Code.Should().Be(IssueCodes.TooLarge);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"\"\"")]
    [InlineData("STRUCTURE[")]
    [InlineData("STRUCTURE[;],")]
    [InlineData("DATAFLOW\n\n\n")]
    [InlineData("DATAFLOW,\"")]
    [InlineData("STRUCTURE[,],STRUCTURE_ID\n,\n")]
    public void Scraps_of_headers_are_refused_without_an_exception(string scrap)
    {
        (List<string> lines, IssueList issues) = Read(scrap);
        lines.Should().BeEmpty();
        issues.Count.Should().BeGreaterThan(0);
    }

    private static (List<string> Lines, IssueList Issues) Read(Stream stream)
    {
        IssueList issues = new();
        using DataReader? reader = DataMessageReader.Open(stream, Resolve, issues);
        return (reader is null ? [] : Describe(reader, 64), issues);
    }

    private static (List<string> Lines, IssueList Issues) Read(string message) => DataReaderSpecimens.Read(message);

    private static (List<string> Lines, IssueList Issues) Read(byte[] message) => DataReaderSpecimens.Read(message);

    /// <summary>Gives few bytes at a time.</summary>
    private sealed class Steps(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(step, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(step, count));
    }

    /// <summary>A beginning, then one byte over and over.</summary>
    private sealed class Endless(byte[] start, byte then, long length) : MemoryStream
    {
        private long _left = length;
        private int _at;

        public override int Read(Span<byte> buffer)
        {
            int count = Math.Min(buffer.Length, start.Length - _at);
            if (count > 0)
            {
                start.AsSpan(_at, count).CopyTo(buffer);
                _at += count;
                return count;
            }

            int more = (int)Math.Min(_left, buffer.Length);
            buffer[..more].Fill(then);
            _left -= more;
            return more;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}
