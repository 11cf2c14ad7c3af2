using System.IO.Compression;
using System.Text;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Tests.Hostile;

/// <summary>
/// Each reader against each attack: a located finding, bounded memory, bounded time, and never an exception. Small attacks; the large
/// ones are in <see cref="HostileSizeTests"/>.
/// </summary>
public class HostileInputTests
{
    public static TheoryData<string> Readers => [.. HostileReader.All.Keys];

    public static TheoryData<string> XmlReaders => [.. HostileReader.Of("xml").Select(r => r.Name)];

    public static TheoryData<string> JsonReaders => [.. HostileReader.Of("json").Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public void The_message_itself_is_read(string reader)
        => HostileReader.All[reader].Run(HostileReader.All[reader].Bytes).Kept.Where(i => i.Severity >= Severity.Error).Select(i => i.ToString()).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(XmlReaders))]
    public void Document_types_are_refused_before_anything_in_them_is_looked_at(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        int root = r.Message.StartsWith("<?xml", StringComparison.Ordinal) ? r.Message.IndexOf("?>", StringComparison.Ordinal) + 2 : 0;
        foreach (string type in new[]
        {
            "<!DOCTYPE x>",
            "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
            "<!DOCTYPE x PUBLIC '-//X//X' 'http://127.0.0.1:1/x.dtd'>",
            "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>",
            "<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'> %p;]>",
            "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        })
        {
            IssueList issues = r.Run(Encoding.UTF8.GetBytes(r.Message.Insert(root, "\n" + type)));
            Issue found = issues.Kept.Should().ContainSingle(type).Subject;
            found.Code.Should().Be(IssueCodes.DtdForbidden);
            found.Location.Line.Should().BePositive(type);
        }
    }

    [Theory]
    [InlineData("&undefined;")]
    [InlineData("<a b='&undefined;'/>")]
    [InlineData("&#0;")]
    [InlineData("&#xD800;")]
    [InlineData("\0")]
    [InlineData("\u0001")]
    [InlineData("\uFFFE")]
    [InlineData("<a b='<'/>")]
    [InlineData("<a b='1' b='2'/>")]
    [InlineData("<no:prefix/>")]
    [InlineData("<!DOCTYPE a>")]
    [InlineData("</a>")]
    [InlineData("<?xml version='1.0'?>")]
    [InlineData("]]>")]
    [InlineData("<!-- -- -->")]
    [InlineData("<![CDATA[")]
    public void Bad_xml_has_a_place(string piece)
    {
        foreach (HostileReader r in HostileReader.Of("xml"))
        {
            IssueList issues = r.Run(Encoding.UTF8.GetBytes(r.Before + piece + r.After));
            issues.HasFatal.Should().BeTrue(r.Name);
            Issue fatal = issues.Kept.Single(i => i.Severity == Severity.Fatal);
            fatal.Location.Line.Should().BeGreaterThan(1, r.Name + ": " + fatal);
            fatal.Location.Column.Should().BePositive(r.Name);
        }
    }

    [Theory]
    [InlineData("'")]
    [InlineData("\"a\":\"\u0001\",")]
    [InlineData("\"a\":\0,")]
    [InlineData("\"a\":01,")]
    [InlineData("\"a\":+1,")]
    [InlineData("\"a\":NaN,")]
    [InlineData("\"a\":\"\\x\",")]
    [InlineData("\"a\":1,,")]
    [InlineData("/* */")]
    [InlineData("]")]
    [InlineData("\"a\" 1,")]
    public void Bad_json_has_a_place(string piece)
    {
        foreach (HostileReader r in HostileReader.Of("json"))
        {
            IssueList issues = r.Run(Encoding.UTF8.GetBytes(r.Before + "\n  " + piece + r.After));
            Issue fatal = issues.Kept.Single(i => i.Severity == Severity.Fatal);
            fatal.Code.Should().BeOneOf([IssueCodes.MalformedJson, IssueCodes.InvalidEncoding], r.Name);
            fatal.Location.Line.Should().BeGreaterThan(1, r.Name);
        }
    }

    [Theory]
    [MemberData(nameof(JsonReaders))]
    public void Odd_json_is_read_without_an_exception(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        foreach (string piece in new[]
        {
            "\"a\":1e999,", "\"a\":-1E-999,", "\"a\":99999999999999999999999999999999999999999,", "\"dataSets\":1e999,", "\"codelists\":1e999,", "\"structure\":[],", "\"structures\":{},",
            "\"codelists\":[{\"id\":1e999,\"codes\":{}}],", "\"dataSets\":null,", "\"codelists\":[null,[],\"\",{}],", "\"\":{},", "\"dataSets\":[{\"series\":{\"0:0:0\":{\"observations\":{\"0\":[1e999,1e999]}}}}],",
        })
        {
            FluentActions.Invoking(() => r.Run(Encoding.UTF8.GetBytes(r.Before + piece + r.After))).Should().NotThrow(piece);
        }
    }

    [Theory]
    [MemberData(nameof(JsonReaders))]
    public void Members_that_come_twice_do_no_harm(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        string whole = "\"data\":{" + r.After[..^1].TrimEnd();
        IssueList issues = r.Run(Encoding.UTF8.GetBytes(r.Before + r.After.TrimEnd()[..^1] + "," + whole + "}"));
        if (!reader.StartsWith("summary", StringComparison.Ordinal))
        {
            issues.Kept.Should().Contain(i => i.Code == IssueCodes.JsonDuplicateMember && i.Location.Line > 0);
        }
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    public void Halves_of_surrogate_pairs_are_refused(string escape)
    {
        foreach (HostileReader r in HostileReader.Of("json"))
        {
            foreach (string piece in new[] { $"\"{escape}\":1,", $"\"a\":\"{escape}\"," })
            {
                FluentActions.Invoking(() => r.Run(Encoding.UTF8.GetBytes(r.Before + "\n" + piece + r.After))).Should().NotThrow(r.Name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Bytes_that_are_no_utf_8_have_a_place(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        string note = r.Syntax switch { "xml" => "<!-- x", "json" => "\n\"x", _ => "x" };
        foreach (byte[] bad in new byte[][] { [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC0, 0x80], [0x80], [0xE2, 0x82] })
        {
            string after = r.Syntax switch { "xml" => " -->", "json" => "\":1,", _ => "" };
            IssueList issues = r.Run([.. Encoding.UTF8.GetBytes(r.Before + note), .. bad, .. Encoding.UTF8.GetBytes(after + r.After)]);
            Issue found = issues.Kept.Single(i => i.Severity == Severity.Fatal);
            found.Code.Should().Be(IssueCodes.InvalidEncoding, r.Name + " " + Convert.ToHexString(bad));
            found.Location.Line.Should().BeGreaterThan(1, r.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Utf_16_and_marks_are_read_or_refused(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        string message = r.Message.Replace("encoding=\"UTF-8\"", "", StringComparison.OrdinalIgnoreCase).Replace("encoding='UTF-8'", "", StringComparison.OrdinalIgnoreCase);
        int errors = r.Run(Encoding.UTF8.GetBytes(message)).Kept.Count();
        r.Run([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(message)]).Kept.Should().HaveCount(errors, "UTF-8 with a mark");
        foreach (bool bigEndian in new[] { false, true })
        {
            UnicodeEncoding encoding = new(bigEndian, byteOrderMark: true);
            byte[] bytes = encoding.GetBytes(message);
            r.Run([.. encoding.GetPreamble(), .. bytes]).Kept.Select(i => i.ToString()).Should().HaveCount(errors, $"UTF-16 {bigEndian}");
            IssueList unmarked = r.Run(bytes);
            (unmarked.Count == errors || unmarked.HasFatal).Should().BeTrue("UTF-16 without a mark is read or refused");

            // Half of a surrogate pair.
            IssueList broken = r.Run([.. encoding.GetPreamble(), .. encoding.GetBytes(r.Before), .. bigEndian ? new byte[] { 0xD8, 0x00 } : [0x00, 0xD8], .. encoding.GetBytes(r.After)]);
            broken.HasFatal.Should().BeTrue();
        }

        byte[] utf32 = [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes(message)];
        FluentActions.Invoking(() => r.Run(utf32)).Should().NotThrow();
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("utf-32")]
    [InlineData("ibm037")]
    [InlineData("iso-2022-jp")]
    [InlineData("x-cp50227")]
    [InlineData("hz-gb-2312")]
    [InlineData("gb18030")]
    [InlineData("big5")]
    [InlineData("us-ascii")]
    [InlineData("utf-16")]
    [InlineData("no-such")]
    [InlineData("")]
    public void Odd_encodings_are_read_or_refused(string encoding)
    {
        foreach (HostileReader r in HostileReader.Of("xml"))
        {
            int end = r.Message.StartsWith("<?xml", StringComparison.Ordinal) ? r.Message.IndexOf("?>", StringComparison.Ordinal) + 2 : 0;
            byte[] message = [.. Encoding.ASCII.GetBytes($"<?xml version=\"1.0\" encoding=\"{encoding}\"?>"), .. Encoding.UTF8.GetBytes(r.Before[end..]), 0x1B, 0x24, 0x40, 0xFF, 0xFE, 0x80, .. Encoding.UTF8.GetBytes(r.After)];
            IssueList issues = r.Run(message);
            issues.HasFatal.Should().BeTrue(r.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_message_cut_off_at_any_byte_is_told(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        byte[] message = Encoding.UTF8.GetBytes(r.Message.TrimEnd());
        int step = Math.Max(1, message.Length / 1000);
        for (int length = 0; length < message.Length; length += step)
        {
            IssueList issues = r.Run(message[..length]);
            if (r.Syntax != "csv")
            {
                issues.HasFatal.Should().BeTrue($"cut at {length}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Few_bytes_at_a_time_give_the_same(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        foreach (byte[] message in new[] { r.Bytes, Encoding.UTF8.GetPreamble().Concat(r.Bytes).ToArray() })
        {
            string whole = string.Join('\n', r.Run(message).Kept);
            if (!reader.StartsWith("summary", StringComparison.Ordinal))
            {
                string.Join('\n', r.Run(new OneByte(message)).Kept).Should().Be(whole);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Zeros_are_no_message(string reader)
    {
        foreach (int length in new[] { 1, 2, 3, 4, 100, 100_000 })
        {
            HostileReader.All[reader].Run(new byte[length]).HasFatal.Should().BeTrue($"{length} zeros");
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Damaged_gzip_and_zip_are_told(string reader)
    {
        HostileReader r = HostileReader.All[reader];
        if (!reader.StartsWith("summary", StringComparison.Ordinal) && !reader.StartsWith("data", StringComparison.Ordinal))
        {
            return; // structures and metadata are handed in unpacked
        }

        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(r.Bytes);
        }

        byte[] bytes = packed.ToArray();
        Random random = new(7);
        for (int round = 0; round < 100; round++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.Next(2, damaged.Length)] ^= (byte)(1 << random.Next(8));
            FluentActions.Invoking(() => r.Run(damaged)).Should().NotThrow($"round {round}");
            r.Run(bytes[..random.Next(2, bytes.Length - 8)]).HasFatal.Should().BeTrue($"cut in round {round}");
        }
    }

    private sealed class OneByte(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
