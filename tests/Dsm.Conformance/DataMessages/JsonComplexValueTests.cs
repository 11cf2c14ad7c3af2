using System.Buffers;
using System.Globalization;
using System.Text;
using Dsm.Conformance.JsonSchemas;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>SDMX-JSON with several values, languages and measures, in every layout, by a fixed seed; and error messages.</summary>
public class JsonComplexValueTests
{
    private static readonly Dictionary<string, string?[]> Cells = new()
    {
        ["CODES"] = ["A", "A;B", "B;C;A", null],
        ["LANGS"] = ["en:Late", "en:Late;ru:Поздно", "plain text", null],
        ["BOTH"] = ["\"en:a;ru:б\";en:c", "en:one", null],
        ["NUMBERS"] = ["5", "5;6.5;7", "1;2", null],
        ["GROUP_TEXTS"] = ["x;y", "\"x;y\";z", "q\"uote"],
        ["FLAG"] = ["true", "false", null],
        ["WHOLE"] = ["5", "007", "NaN", null],
        ["STATUS"] = ["A", "B", null],
    };

    [SharedFolderFact]
    public void Any_data_in_any_layout_are_valid_and_read_back_the_same()
    {
        Random random = new(4711);
        DataSchema schema = Schema();
        for (int round = 0; round < 60; round++)
        {
            SdmxFormat format = random.Next(2) == 0 ? MediaTypes.DataJson20 : MediaTypes.DataJson21;
            string dimension = new[] { "TIME_PERIOD", DataSchema.AllDimensions, "AREA", "SEX" }[random.Next(4)];
            DataSetSpace space = new(new DataSetHeader { Structure = schema.Reference, Action = DataSetAction.Replace }, schema);
            List<ObservationBatch> batches = Batches(space, random);

            byte[] message = WrittenMessage.Write(format, new DataWriterOptions { DimensionAtObservation = dimension }, (space, batches));

            OfficialJsonSchemas.Errors(message, "data", format.Version[..3]).Should().BeEmpty("{0} {1} {2}", round, format.Name, dimension);
            WrittenMessage.ReadLines(message, schema).Should().Equal(WrittenMessage.Lines(batches), "round {0} {1} {2}", round, format.Name, dimension);
        }
    }

    [SharedFolderFact]
    public void What_1_0_cannot_carry_is_reported()
    {
        DataSchema schema = Schema();
        DataSetSpace space = new(new DataSetHeader { Structure = schema.Reference, Action = DataSetAction.Replace }, schema);
        IssueList issues = new();
        byte[] message = WrittenMessage.Write(MediaTypes.DataJson1, new DataWriterOptions { Issues = issues }, (space, Batches(space, new Random(1))));

        // Values of dimensions have nothing but an id in 1.0, so that free text stands there although the schema wants none.
        OfficialJsonSchemas.Errors(message, "data", "1.0").Should().OnlyContain(e => e.Contains("values[", StringComparison.Ordinal) && e.Contains(".id: 'free text", StringComparison.Ordinal));
        issues.Kept.Should().OnlyContain(i => i.Code == IssueCodes.NotCarried).And.Contain(i => i.Arguments[0] == "ObservationBatch.Measures SECOND").And.Contain(i => i.Arguments[0] == "ComplexValue.Values CODES");
    }

    [SharedFolderFact]
    public void Error_messages_are_valid_and_are_read()
    {
        MessageHeader header = new() { Id = "E1", Prepared = "2024-05-06T07:08:09", SenderId = "HUB" };
        foreach (SdmxFormat format in new[] { MediaTypes.ErrorJson1, MediaTypes.ErrorJson20, MediaTypes.ErrorJson21 })
        {
            ArrayBufferWriter<byte> output = new();
            JsonErrorMessageWriter.Write(output, format, header, ["ru", "en"],
                new ErrorMessage("150", new LocalisedText([new("en", "Unknown \"code\""), new("ru", "Неизвестный код")])), new ErrorMessage("100", LocalisedText.Of("None")));
            byte[] message = output.WrittenSpan.ToArray();
            OfficialJsonSchemas.Errors(message, "data", format.Version[..3]).Should().BeEmpty(Encoding.UTF8.GetString(message));
            IssueList issues = new();
            FormatSniffer.Sniff(message, issues).Should().Be(format);
            DataMessageReader.Open(new MemoryStream(message), _ => null, issues).Should().BeNull();
            issues.Kept.Where(i => i.Code == IssueCodes.SdmxErrorMessage).Select(i => string.Join(' ', i.Arguments)).Should().Equal("150 Неизвестный код", "100 None");
        }
    }

    private static List<ObservationBatch> Batches(DataSetSpace space, Random random)
    {
        int capacity = 5 + random.Next(60);
        List<ObservationBatch> batches = [new(space, capacity)];
        HashSet<string> keys = [];
        for (int s = 0; s < 25; s++)
        {
            if (batches[^1].IsFull)
            {
                batches.Add(new ObservationBatch(space, capacity));
            }

            ObservationBatch batch = batches[^1];
            int run = batch.AddSeries(0, 0);
            batch.Dimensions[0].Set(run, "ABC"[random.Next(3)].ToString());
            batch.Dimensions[1].Set(run, $"free text {random.Next(5)}");
            foreach (ValueColumn column in batch.SeriesAttributes)
            {
                string scope = column.Component.Level == AttachmentLevel.DataSet ? "" : column.Component.Level == AttachmentLevel.Group ? batch.Dimensions[0][run]! : batch.KeyOf(run);
                string?[] cells = Cells[column.Component.Id];
                column.Set(run, cells[scope.Sum(c => c) % cells.Length]);
            }

            for (int i = 0, year = 2000 + random.Next(10); i < random.Next(1, 6) && batch.Count < capacity && keys.Add($"{batch.KeyOf(run)} {year}"); i++, year++)
            {
                int row = batch.AddObservation(0, 0);
                batch.Periods[row] = TimePeriod.Parse(year.ToString(CultureInfo.InvariantCulture) + (random.Next(4) == 0 ? "-M02" : ""));
                batch.Measures[0][row] = ObservationValue.Parse(new[] { "1", "2.50", "NaN", "1e5", "", "-0.1" }[random.Next(6)]);
                batch.Measures[1][row] = ObservationValue.Parse(new[] { "A", "B", "" }[random.Next(3)]);
                foreach (ValueColumn column in batch.ObservationAttributes)
                {
                    string?[] cells = Cells[column.Component.Id];
                    column.Set(row, cells[random.Next(cells.Length)]);
                }
            }
        }

        return batches;
    }

    private static DataSchema Schema()
    {
        static StructureReference Concept(string id) => new(StructureType.ConceptScheme, "T", "CS", "1.0", id);
        StructureReference list = new(StructureType.Codelist, "T", "CL", "1.0");
        DataAttribute Attribute(string id, AttributeRelationship relationship, Representation representation, params string[] dimensions)
            => new() { Id = id, Concept = Concept(id), Relationship = relationship, Dimensions = [.. dimensions], Representation = representation };
        static Representation Text(SdmxDataType type, int? most, bool multilingual) => new() { MaxOccurs = most, TextFormat = new TextFormat { DataType = type, IsMultilingual = multilingual } };
        DataStructure structure = new()
        {
            AgencyId = "T",
            Id = "D",
            Version = SdmxVersion.Parse("1.0"),
            Dimensions =
            [
                new Dimension { Id = "AREA", Concept = Concept("AREA"), Representation = Representation.Coded(list) },
                new Dimension { Id = "SEX", Concept = Concept("SEX"), Representation = Representation.Of(SdmxDataType.String) },
                new Dimension { Id = "TIME_PERIOD", Concept = Concept("TIME_PERIOD"), IsTime = true },
            ],
            Measures =
            [
                new Measure { Id = "OBS_VALUE", Concept = Concept("OBS_VALUE"), Representation = Representation.Of(SdmxDataType.Double) },
                new Measure { Id = "SECOND", Concept = Concept("SECOND"), Representation = Representation.Coded(list) },
            ],
            Attributes =
            [
                Attribute("LANGS", AttributeRelationship.Dataflow, Text(SdmxDataType.String, 1, true)),
                Attribute("GROUP_TEXTS", AttributeRelationship.Dimensions, Text(SdmxDataType.String, null, false), "AREA"),
                Attribute("CODES", AttributeRelationship.Dimensions, Representation.Coded(list) with { MaxOccurs = 5 }, "AREA", "SEX"),
                Attribute("BOTH", AttributeRelationship.Observation, Text(SdmxDataType.String, 3, true)),
                Attribute("NUMBERS", AttributeRelationship.Observation, Text(SdmxDataType.Double, null, false)),
                Attribute("FLAG", AttributeRelationship.Observation, Text(SdmxDataType.Boolean, 1, false)),
                Attribute("WHOLE", AttributeRelationship.Observation, Text(SdmxDataType.Integer, 1, false)),
                Attribute("STATUS", AttributeRelationship.Observation, Representation.Coded(list)),
            ],
        };
        Codelist codes = new() { AgencyId = "T", Id = "CL", Version = SdmxVersion.Parse("1.0"), Codes = [.. "ABC".Select(c => new Code { Id = c.ToString() })] };
        return DataSchema.Resolve(new StructureSet([structure, codes]), structure.Reference, new IssueList())!;
    }
}
