using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>SDMX-JSON data: layouts, order of members, findings with their places, hostile input; the quick scanner against the parser alone.</summary>
public class JsonDataReaderTests
{
    private const string Meta = "\"meta\":{\"id\":\"M1\",\"prepared\":\"2024-01-01T00:00:00Z\",\"sender\":{\"id\":\"S\"}}";

    private const string Structure = """
        {"links":[{"urn":"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=T:D(1.0)","rel":"datastructure"}],
         "dimensions":{"series":[{"id":"AREA","keyPosition":0,"values":[{"id":"AM","name":"Armenia"},{"id":"BY","name":"Belarus"}]}],
                       "observation":[{"id":"TIME_PERIOD","keyPosition":1,"values":[{"id":"2020","name":"2020"},{"id":"2021","name":"2021"},{"value":"2022"}]}]},
         "measures":{"observation":[{"id":"OBS_VALUE"}]},
         "attributes":{"dataSet":[{"id":"SOURCE"}],"dimensionGroup":[{"id":"UNIT","values":[{"id":"A","name":"a"}]}],
                       "series":[{"id":"TITLE"}],
                       "observation":[{"id":"STATUS","values":[null,{"id":"A","name":"a"},{"id":"B","name":"b"}]},{"id":"NOTE"},{"id":"LANGS"}]}}
        """;

    private const string DataSet = """
        {"structure":0,"action":"Replace","validFrom":"2024-01-01T00:00:00Z","attributes":["src"],"dimensionGroupAttributes":{"0:":[0]},
         "series":{"0":{"attributes":["t \u00e9 \"q\""],"observations":{"0":[1.50,1],"1":["NaN",0,"note"],"2":[null,null,null,[{"en":"a","ru":"б"},{"en":"c"}]]}},
                   "1":{"observations":{"1":[-7,2,"\ud83d\ude00"]}}}}
        """;

    private static readonly string[] Expected =
    [
        "AM 2020 1.50 SOURCE=src UNIT=A TITLE=t é \"q\" STATUS=A",
        "AM 2021 NaN SOURCE=src UNIT=A TITLE=t é \"q\" NOTE=note",
        "AM 2022  SOURCE=src UNIT=A TITLE=t é \"q\" LANGS=\"en:a;ru:б\";en:c",
        "BY 2021 -7 SOURCE=src STATUS=B NOTE=\U0001F600",
    ];

    public static TheoryData<string> Orders() => new()
    {
        Message(Meta, $"\"structures\":[{Structure}]", $"\"dataSets\":[{DataSet}]"),
        Message(Meta, $"\"dataSets\":[{DataSet}]", $"\"structures\":[{Structure}]"),
        $"{{\"data\":{{\"dataSets\":[{DataSet}],\"structures\":[{Structure}]}},{Meta}}}",
        $"{{\"dataSets\":[{DataSet}],\"structure\":{Structure},{Meta.Replace("meta", "header", StringComparison.Ordinal)}}}",
        Message(Meta, $"\"structures\":[{Structure}]", $"\"dataSets\":[{Backwards()}]"),
        Message(Meta, $"\"dataSets\":[{Backwards()}]", $"\"structures\":[{Structure}]"),
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Members_may_stand_in_any_order(string message)
    {
        foreach (bool parserOnly in new[] { false, true })
        {
            foreach (int block in new[] { 1, 3, 64, 100_000 })
            {
                (List<string> lines, IssueList issues, DataReader reader) = Read(Encoding.UTF8.GetBytes(message), parserOnly, block);
                issues.Kept.Select(i => i.ToString()).Should().BeEmpty();
                lines.Should().BeEquivalentTo(Expected);
                reader.Header!.Id.Should().Be("M1");
                reader.Unreadable.Should().Be(0);
            }
        }
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void Byte_order_marks_and_utf_16_are_read(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] message = [.. encoding.GetPreamble(), .. encoding.GetBytes(Message(Meta, $"\"structures\":[{Structure}]", $"\"dataSets\":[{DataSet}]"))];
        (List<string> lines, IssueList issues, _) = Read(message, false, 1000);
        issues.Kept.Should().BeEmpty();
        lines.Should().BeEquivalentTo(Expected);
    }

    [Theory]
    [InlineData("\"0\":[1.50,1]", "\"0\":[1.50,9]", "M0031", 10)]
    [InlineData("\"0\":[1.50,1]", "\"7\":[1.50,1]", "M0031", 0)]
    [InlineData("\"0\":[1.50,1]", "\"0:0\":[1.50,1]", "M0032", 0)]
    [InlineData("\"0\":[1.50,1]", "\"x\":[1.50,1]", "M0032", 0)]
    [InlineData("\"0\":[1.50,1]", "\"0\":[1.50,\"A\"]", "M0033", 10)]
    [InlineData("\"0\":[1.50,1]", "\"0\":{}", "M0033", 4)]
    [InlineData("\"1\":{\"observations\"", "\"5\":{\"observations\"", "M0031", 0)]
    [InlineData("\"action\":\"Replace\"", "\"action\":\"Remove\"", "D0004", 9)]
    [InlineData("\"structure\":0", "\"structure\":3", "M0031", -1)]
    [InlineData("\"action\":\"Replace\"", "\"action\":\"Replace\",\"action\":\"Delete\"", "M0034", 19)]
    [InlineData("\"0\":[1.50,1]", "\"0\":[1.50,1,\"\\ud800\"]", "M0007", 12)]
    public void What_is_wrong_is_reported_with_its_place(string right, string wrong, string code, int offset)
    {
        string message = Message(Meta, $"\"structures\":[{Structure}]", $"\"dataSets\":[\n{DataSet.Replace(right, wrong, StringComparison.Ordinal)}]");
        int at = message.IndexOf(wrong, StringComparison.Ordinal) + offset;
        foreach (bool parserOnly in new[] { false, true })
        {
            (_, IssueList issues, _) = Read(Encoding.UTF8.GetBytes(message), parserOnly, 1000);
            Issue issue = issues.Kept.First(i => i.Code.Id == code);
            issue.Location.Line.Should().BePositive();
            issue.Location.Column.Should().BePositive();
            if (offset >= 0)
            {
                string before = message[..at];
                (issue.Location.Line, issue.Location.Column).Should().Be((before.Count(c => c == '\n') + 1, at - before.LastIndexOf('\n')));
            }
        }
    }

    [Fact]
    public void Observations_that_cannot_be_placed_are_counted()
    {
        string message = Message(Meta, $"\"structures\":[{Structure}]", $"\"dataSets\":[{DataSet.Replace("\"0\":{\"attributes\"", "\"9\":{\"attributes\"", StringComparison.Ordinal)}]");
        (List<string> lines, _, DataReader reader) = Read(Encoding.UTF8.GetBytes(message), false, 1000);
        reader.Unreadable.Should().Be(3);
        lines.Should().HaveCount(1);
    }

    [Fact]
    public void Errors_without_data_are_fatal_and_beside_data_a_footer()
    {
        string errors = "\"errors\":[{\"code\":150,\"title\":\"No\",\"detail\":\"because\"}]";
        (_, IssueList alone, _) = Read(Encoding.UTF8.GetBytes($"{{{Meta},{errors}}}"), false, 1000, mayLack: true);
        alone.Kept.Should().ContainSingle(i => i.Code == IssueCodes.SdmxErrorMessage && i.Arguments[0] == "150" && i.Arguments[1] == "No because");
        (List<string> lines, IssueList beside, _) = Read(Encoding.UTF8.GetBytes($"{{{Meta},{errors},\"data\":{{\"structures\":[{Structure}],\"dataSets\":[{DataSet}]}}}}"), false, 1000);
        lines.Should().HaveCount(4);
        beside.Kept.Should().ContainSingle().Which.Code.Should().Be(IssueCodes.FooterMessage);
    }

    [Fact]
    public void A_number_beyond_all_limits_is_kept_as_text()
    {
        string message = Message(Meta, $"\"structures\":[{Structure}]", $"\"dataSets\":[{DataSet.Replace("1.50", "1e999", StringComparison.Ordinal)}]");
        (List<string> lines, IssueList issues, _) = Read(Encoding.UTF8.GetBytes(message), false, 1000);
        lines.Should().Contain(l => l.StartsWith("AM 2020 1e999 ", StringComparison.Ordinal));
        issues.Kept.Should().BeEmpty();
    }

    [Fact]
    public void Deep_nesting_and_huge_texts_end_reading()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 5000));
        (_, IssueList nested, _) = Read(Encoding.UTF8.GetBytes($"{{{Meta},\"x\":{deep}"), false, 1000, mayLack: true);
        nested.Kept.Should().ContainSingle(i => i.Code == IssueCodes.TooLarge || i.Code == IssueCodes.UnknownFormat);
        string huge = DataSet.Replace("note", new string('x', 3_000_000), StringComparison.Ordinal);
        (_, IssueList long1, _) = Read(Encoding.UTF8.GetBytes(Message(Meta, $"\"structures\":[{Structure}]", $"\"dataSets\":[{huge}]")), false, 100_000);
        long1.Kept.Should().Contain(i => i.Code == IssueCodes.TooLarge);
    }

    [Fact]
    public void A_message_that_breaks_off_anywhere_is_said_to()
    {
        foreach (string message in new[] { Message(Meta, $"\"structures\":[{Structure}]", $"\"dataSets\":[{DataSet}]"), Message(Meta, $"\"dataSets\":[{DataSet}]", $"\"structures\":[{Structure}]") })
        {
            byte[] bytes = Encoding.UTF8.GetBytes(message);
            int from = Encoding.UTF8.GetByteCount(message[..message.IndexOf("\"dataSets\"", StringComparison.Ordinal)]) + 20;
            for (int length = bytes.Length - 1; length > from; length -= 7)
            {
                (_, IssueList issues, _) = Read(bytes[..length], false, 50, mayLack: true);
                issues.Kept.Should().Contain(i => i.Code == IssueCodes.Truncated || i.Code == IssueCodes.InvalidEncoding, "of {0} bytes; found {1}", length, string.Join(", ", issues.Kept));
            }
        }
    }

    [Fact]
    public void Bytes_that_are_no_utf_8_are_located()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Message(Meta, $"\"structures\":[{Structure}]", $"\"dataSets\":[{DataSet}]"));
        bytes[bytes.AsSpan().IndexOf("note"u8)] = 0xFF;
        (_, IssueList issues, _) = Read(bytes, false, 1000);
        issues.Kept.Should().ContainSingle(i => i.Code == IssueCodes.InvalidEncoding && i.Location.Line > 5);
    }

    [Fact]
    public void The_scanner_and_the_parser_alone_agree_on_damaged_messages()
    {
        Random random = new(17);
        string plain = Message(Meta, $"\"structures\":[{Structure}]", $"\"dataSets\":[{DataSet},{DataSet.Replace("Replace", "Merge", StringComparison.Ordinal)}]");
        byte[][] messages = [Encoding.UTF8.GetBytes(plain), Encoding.UTF8.GetBytes(Message(Meta, $"\"dataSets\":[{DataSet}]", $"\"structures\":[{Structure}]"))];
        string pieces = "{}[]:,\"\\0159-+.eE ntf\n\u00e9~";
        for (int i = 0; i < 1500; i++)
        {
            byte[] message = [.. messages[i % 2]];
            for (int changes = random.Next(3); changes >= 0; changes--)
            {
                message[random.Next(message.Length)] = (byte)pieces[random.Next(pieces.Length)];
            }

            int block = 1 + random.Next(300);
            (List<string> quick, IssueList quickIssues, _) = Read(message, false, block, mayLack: true);
            (List<string> slow, IssueList slowIssues, _) = Read(message, true, 4096, mayLack: true);
            quick.Should().Equal(slow, Encoding.Latin1.GetString(message));
            quickIssues.Kept.Select(Text).Should().Equal(slowIssues.Kept.Select(Text), Encoding.Latin1.GetString(message));
        }

        static string Text(Issue issue) => issue.ToString();
    }

    [Fact]
    public void The_scanner_and_the_parser_alone_agree_on_flat_observations_that_repeat_each_other()
    {
        const string Flat = """
            {"links":[{"urn":"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=T:D(1.0)","rel":"datastructure"}],
             "dimensions":{"observation":[{"id":"AREA","keyPosition":0,"values":[{"id":"AM"},{"id":"BY"}]},
                                          {"id":"TIME_PERIOD","keyPosition":1,"values":[{"id":"2020"},{"id":"2021"},{"id":"2022"}]}]},
             "measures":{"observation":[{"id":"OBS_VALUE"}]},
             "attributes":{"observation":[{"id":"STATUS","values":[null,{"id":"A"},{"id":"B"}]},{"id":"UNIT","values":[null,{"id":"A"},{"id":"B"}]},
                                          {"id":"TITLE","values":[{"value":"t"},{"value":"u"}]},{"id":"NOTE"}]}}
            """;
        string[] values = ["1", "-2.5", "30", "0", "\"NaN\"", "null", "01", "1e3", "2 "];
        string[] tails = ["", ",1", ",1,1", ",1,1,0", ",1,1,0,\"n\"", ",1,1,0,\"m\"", ",1,1,0,null", ",2,1,1", ",1,2,0", ",1 ,1,0", ",1,null,0", ",9", ",1,1,0,7"];
        Random random = new(23);
        for (int i = 0; i < 1500; i++)
        {
            int variants = 1 + random.Next(tails.Length), first = random.Next(tails.Length);
            IEnumerable<string> observations = Enumerable.Range(0, 1 + random.Next(12)).Select(_ => string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"\"{(random.Next(5) == 0 ? 1 : 0)}:{random.Next(random.Next(9) == 0 ? 4 : 3)}\":[{values[random.Next(random.Next(3) == 0 ? values.Length : 3)]}{tails[(first + random.Next(random.Next(variants) + 1)) % tails.Length]}]"));
            string set = $"{{\"structure\":0,\"action\":\"Replace\",\"observations\":{{{string.Join(random.Next(2) == 0 ? "," : ",\n", observations)}}}}}";
            string[] parts = [$"\"structures\":[{Flat}]", $"\"dataSets\":[{set}]"];
            string message = Message(Meta, parts[i % 2], parts[1 - (i % 2)]);
            (List<string> quick, IssueList quickIssues, _) = Read(Encoding.UTF8.GetBytes(message), false, 1 + random.Next(300), mayLack: true);
            (List<string> slow, IssueList slowIssues, _) = Read(Encoding.UTF8.GetBytes(message), true, 4096, mayLack: true);
            quick.Should().Equal(slow, message);
            quickIssues.Kept.Select(issue => issue.ToString()).Should().Equal(slowIssues.Kept.Select(issue => issue.ToString()), message);
        }
    }

    private static string Message(string meta, string first, string second) => $"{{{meta},\"data\":{{\n{first},\n{second}}}}}";

    private static string Backwards() => """
        {"series":{"1":{"observations":{"1":[-7,2,"\ud83d\ude00"]}},
                   "0":{"observations":{"0":[1.50,1],"1":["NaN",0,"note"],"2":[null,null,null,[{"en":"a","ru":"б"},{"en":"c"}]]},"attributes":["t \u00e9 \"q\""]}},
         "dimensionGroupAttributes":{"0:":[0]},"attributes":["src"],"validFrom":"2024-01-01T00:00:00Z","action":"Replace","structure":0}
        """;

    private static (List<string> Lines, IssueList Issues, DataReader Reader) Read(byte[] message, bool parserOnly, int block, bool mayLack = false)
    {
        IssueList issues = new();
        DataReader? reader = DataMessageReader.Open(new Blocks(message, block), _ => Schema, issues, new DataReaderOptions { UsesJsonParserOnly = parserOnly });
        List<string> lines = [];
        if (reader is null)
        {
            mayLack.Should().BeTrue(string.Join("; ", issues.Kept));
            return (lines, issues, null!);
        }

        while (reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!, 2);
            while (reader.Read(batch))
            {
                for (int row = 0; row < batch.Count; row++)
                {
                    int series = batch.SeriesOf[row];
                    IEnumerable<string> attributes = batch.SeriesAttributes.Where(a => a.HasValue(series)).Select(a => $" {a.Component.Id}={a[series]}")
                        .Concat(batch.ObservationAttributes.Where(a => a.HasValue(row)).Select(a => $" {a.Component.Id}={a[row]}"));
                    lines.Add($"{batch.KeyOf(series)} {batch.BadPeriods[row] ?? batch.Periods[row].ToString()} {batch.Measures[0][row]}{string.Concat(attributes)}");
                }
            }
        }

        reader.Dispose();
        return (lines, issues, reader);
    }

    private static DataSchema Schema { get; } = MakeSchema();

    private static DataSchema MakeSchema()
    {
        static StructureReference Concept(string id) => new(StructureType.ConceptScheme, "T", "CS", "1.0", id);
        StructureReference list = new(StructureType.Codelist, "T", "CL", "1.0");
        DataAttribute Attribute(string id, AttributeRelationship relationship, Representation representation, params string[] dimensions)
            => new() { Id = id, Concept = Concept(id), Relationship = relationship, Dimensions = [.. dimensions], Representation = representation };
        DataStructure structure = new()
        {
            AgencyId = "T",
            Id = "D",
            Version = SdmxVersion.Parse("1.0"),
            Dimensions = [new Dimension { Id = "AREA", Concept = Concept("AREA") }, new Dimension { Id = "TIME_PERIOD", Concept = Concept("TIME_PERIOD"), IsTime = true }],
            Measures = [new Measure { Id = "OBS_VALUE", Concept = Concept("OBS_VALUE"), Representation = Representation.Of(SdmxDataType.Double) }],
            Attributes =
            [
                Attribute("SOURCE", AttributeRelationship.Dataflow, Representation.Of(SdmxDataType.String)),
                Attribute("UNIT", AttributeRelationship.Dimensions, Representation.Coded(list), "AREA"),
                Attribute("TITLE", AttributeRelationship.Dimensions, Representation.Of(SdmxDataType.String), "AREA"),
                Attribute("STATUS", AttributeRelationship.Observation, Representation.Coded(list)),
                Attribute("NOTE", AttributeRelationship.Observation, Representation.Of(SdmxDataType.String)),
                Attribute("LANGS", AttributeRelationship.Observation, new Representation { MaxOccurs = null, TextFormat = new TextFormat { IsMultilingual = true } }),
            ],
        };
        Codelist codes = new() { AgencyId = "T", Id = "CL", Version = SdmxVersion.Parse("1.0"), Codes = [new Code { Id = "A" }, new Code { Id = "B" }] };
        return DataSchema.Resolve(new StructureSet([structure, codes]), structure.Reference, new IssueList())!;
    }

    /// <summary>A stream that gives no more than so many bytes at once.</summary>
    private sealed class Blocks(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(size, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(size, count));
    }
}
