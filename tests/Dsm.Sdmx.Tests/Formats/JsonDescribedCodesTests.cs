using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Model;
using static Dsm.Sdmx.Tests.Validation.TestStructures;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>What SDMX-JSON says of codes is kept ready made; it is the same for those that are not kept, and the next reader's own.</summary>
public class JsonDescribedCodesTests
{
    private const int Count = 5000;

    private static readonly Codelist Areas = new()
    {
        AgencyId = Agency,
        Id = "CL_AREA",
        Version = SdmxVersion.Default,
        Name = new LocalisedText([new("en", "Areas")]),
        Codes = [.. Enumerable.Range(0, Count).Select(i => new Code
        {
            Id = Id(i),
            Name = new LocalisedText([new("en", $"Area {i}"), new("ru", $"Край {i}")]),
            ParentId = i % 2 == 1 ? Id(i - 1) : null,
        })],
    };

    private static readonly DataSchema Schema = Resolve(
        new StructureSet([Codes("CL_FREQ", "A"), Areas, Dsd("D", [Dimension("FREQ", Coded("CL_FREQ")), Dimension("REF_AREA", Coded("CL_AREA")), Time()], Measure(Text(SdmxDataType.Double)))]),
        Structure("D"));

    [Fact]
    public void All_codes_of_a_long_list_are_described()
    {
        for (int pass = 0; pass < 2; pass++)
        {
            JsonElement[] values = Values("ru");
            values.Should().HaveCount(Count);
            for (int i = 0; i < Count; i++)
            {
                values[i].GetProperty("id").GetString().Should().Be(Id(i));
                values[i].GetProperty("name").GetString().Should().Be($"Край {i}");
                values[i].GetProperty("names").EnumerateObject().Should().ContainSingle().Which.Name.Should().Be("ru");
                values[i].TryGetProperty("parent", out JsonElement parent).Should().Be(i % 2 == 1);
                (i % 2 == 0 || parent.GetString() == Id(i - 1)).Should().BeTrue();
            }
        }
    }

    [Fact]
    public void Each_reader_has_names_in_his_languages()
    {
        Values("en")[7].GetProperty("name").GetString().Should().Be("Area 7");
        Values("ru")[7].GetProperty("name").GetString().Should().Be("Край 7");
        Values("en", "ru")[7].GetProperty("names").EnumerateObject().Select(n => n.Name).Should().Equal("en", "ru");
        Values("fr")[7].GetProperty("name").GetString().Should().Be("Area 7");
    }

    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"A{i:D4}");

    private static JsonElement[] Values(params ImmutableArray<string> languages)
    {
        DataSetSpace space = Space(Schema);
        ObservationBatch batch = Batch(space, string.Join('\n', Enumerable.Range(0, Count).Select(i => $"A.{Id(i)} | 2020=1")), Count);
        ArrayBufferWriter<byte> output = new();
        DataWriter writer = DataWriters.Create(MediaTypes.DataJson21, output, new DataWriterOptions { Languages = languages });
        writer.Start(new MessageHeader { Id = "T", Prepared = "2024-05-06T07:08:09Z" }, [space]);
        writer.StartDataSet(space);
        writer.Write(batch);
        writer.EndDataSet();
        writer.End();
        using JsonDocument message = JsonDocument.Parse(output.WrittenMemory);
        return [.. message.RootElement.GetProperty("data").GetProperty("structures")[0].GetProperty("dimensions").GetProperty("series")
            .EnumerateArray().First(d => d.GetProperty("id").GetString() == "REF_AREA").GetProperty("values").EnumerateArray().Select(v => v.Clone())];
    }
}
