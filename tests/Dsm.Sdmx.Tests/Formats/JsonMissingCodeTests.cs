using System.Buffers;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using static Dsm.Sdmx.Tests.Formats.DataReaderSpecimens;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>Keys that lack a code, which is for validation to refuse, come through SDMX-JSON as they are, and so do the attributes of their groups.</summary>
public class JsonMissingCodeTests
{
    private const string Head = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,SEX,TIME_PERIOD,OBS_VALUE,TITLE\n";

    [Theory]
    [InlineData(null)]
    [InlineData("AllDimensions")]
    [InlineData("SEX")]
    public void A_title_of_a_group_without_codes_is_not_that_of_all_series(string? dimensionAtObservation)
    {
        string csv = Head + "dataflow,DSM:DF_TEST(1.0),R,A,AM,T,2020,1,\ndataflow,DSM:DF_TEST(1.0),R,A,,,2020,2,mine\n";
        Read(Write(csv, dimensionAtObservation)).Lines.Should().BeEquivalentTo(["R A.AM.T 2020=1", "R A.. 2020=2 TITLE:mine"]);
    }

    [Fact]
    public void A_group_of_series_without_observations_has_a_key_of_the_dimensions_that_there_are()
    {
        string json = Write(Head + "dataflow,DSM:DF_TEST(1.0),R,A,AM,T,,,mine\n", null);
        json.Should().Contain("\"observation\":[]}").And.Contain("{\":0:0\":[0]}");
        string[] read = ["R A.AM.T - TITLE:mine"];
        Read(json).Lines.Should().Equal(read);
        Read(json.Replace("{\":0:0\":", "{\":0:0:\":", StringComparison.Ordinal)).Lines.Should().Equal(read);
        Read(json.Replace("{\":0:0\":", "{\":0:0:~\":", StringComparison.Ordinal)).Issues.Count.Should().Be(0);
        Read(json.Replace("{\":0:0\":", "{\":0:0::\":", StringComparison.Ordinal)).Issues.Kept.Should().ContainSingle().Which.Code.Should().Be(IssueCodes.JsonKey);
    }

    [Fact]
    public void A_deletion_leaves_out_what_it_does_not_name()
    {
        string csv = Head + "dataflow,DSM:DF_TEST(1.0),D,A,,,,,\n";
        string json = Write(csv, null);
        json.Should().Contain("\"dimensionGroupAttributes\":{\"0::\":[]}");
        Read(json).Lines.Should().Equal(Read(csv).Lines);
        Read(json).Issues.Count.Should().Be(0);
    }

    private static string Write(string csv, string? dimensionAtObservation)
    {
        ArrayBufferWriter<byte> output = new();
        using DataReader reader = DataMessageReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), Resolve, new IssueList())!;
        reader.NextDataSet().Should().BeTrue();
        DataWriter writer = DataWriters.Create(MediaTypes.DataJson20, output, new DataWriterOptions { DimensionAtObservation = dimensionAtObservation });
        writer.Start(new MessageHeader { Id = "T", Prepared = "2024-05-06T07:08:09Z" }, [reader.DataSet!]);
        writer.StartDataSet(reader.DataSet!);
        ObservationBatch batch = new(reader.DataSet!);
        while (reader.Read(batch))
        {
            writer.Write(batch);
        }

        writer.EndDataSet();
        writer.End();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
