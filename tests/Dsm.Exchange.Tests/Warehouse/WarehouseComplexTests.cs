using Dsm.Exchange.Access;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Tests.Warehouse;

/// <summary>Several values, texts by language, and measures that are no numbers, through the warehouse.</summary>
public sealed class WarehouseComplexTests : IAsyncLifetime
{
    private const string Urn = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:F(1.0)";
    private static readonly DataSchema Schema = Make();
    private Exchange hub = null!;

    public async Task InitializeAsync() => hub = await Exchange.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Gives_back_several_values_and_texts_by_language_as_they_were_loaded()
    {
        string[] rows = ["A;B|1;2;3|en:Late;ru:Поздно|A", "\"x;y\";z|7||F", "B|\"a b\"|\"eu: members\"|F;N", "#N/A|NaN|plain|"];
        (MergeResult first, _) = await LoadAsync(1, DataSetAction.Replace, "en:Title;ru:Название", rows);
        (MergeResult again, _) = await LoadAsync(2, DataSetAction.Replace, "en:Title;ru:Название", rows);
        (MergeResult changed, _) = await LoadAsync(3, DataSetAction.Merge, "en:Title;ru:Название", "B;A|1;2;3|en:Late;ru:Поздно|A");

        (first.Counts.Added, again.Outcome, changed.Counts.Changed).Should().Be((4, MergeOutcome.Unchanged, 1));
        (await ReadAsync(ReaderAccess.Everything)).Should().Equal(
            "2020Z B;A|1;2;3|en:Late;ru:Поздно|A en:Title;ru:Название",
            "2021Z \"x;y\";z|7||F en:Title;ru:Название",
            "2022Z B|\"a b\"|\"eu: members\"|F;N en:Title;ru:Название",
            "2023Z #N/A|NaN|plain| en:Title;ru:Название");
    }

    [Fact]
    public async Task One_restricted_status_of_several_hides_an_observation()
    {
        await LoadAsync(1, DataSetAction.Replace, null, "A|1||F", "A|2||F;N");
        (await ReadAsync(ReaderAccess.Public)).Should().Equal("2020Z A|1||F");
    }

    private async Task<(MergeResult Result, IssueList Issues)> LoadAsync(long submission, DataSetAction action, string? title, params string[] rows)
    {
        DataSetSpace space = new(new DataSetHeader { Structure = Schema.Reference, Action = action }, Schema);
        ObservationBatch batch = new(space);
        int run = batch.AddSeries(0, 0);
        batch.Dimensions[0].Set(run, "a");
        batch.SeriesAttributes[0].Set(run, title);
        for (int i = 0; i < rows.Length; i++)
        {
            string[] cells = rows[i].Split('|');
            int row = batch.AddObservation(0, 0);
            batch.Periods[row] = TimePeriod.Parse($"{2020 + i}Z");
            batch.Measures[0][row] = ObservationValue.Parse(cells[1]);
            batch.Measures[1][row] = ObservationValue.Parse(cells[0]);
            batch.ObservationAttributes[0].Set(row, cells[2].Length == 0 ? null : cells[2]);
            batch.ObservationAttributes[1].Set(row, cells[3].Length == 0 ? null : cells[3]);
        }

        LoadTarget target = new() { SubmissionId = submission, Schema = Schema, FlowUrn = Urn, AgreementUrn = "A", IsSnapshot = false, IsSummed = false };
        IssueList issues = new();
        await using WarehouseLoad load = await WarehouseLoad.OpenAsync(hub.Database, target, CancellationToken.None);
        await load.StageAsync(batch, CancellationToken.None);
        return (await load.MergeAsync(new MergeOptions { Read = rows.Length, Refused = 0 }, issues, null, CancellationToken.None), issues);
    }

    private async Task<string[]> ReadAsync(ReaderAccess access)
    {
        WarehouseQuery query = new() { FlowUrn = Urn, Data = new DataQuery().Resolve(Schema, new IssueList()) };
        List<string> lines = [];
        await foreach (ObservationBatch batch in new WarehouseReader(hub.Database, TimeProvider.System).ReadAsync(query, access, CancellationToken.None))
        {
            for (int row = 0; row < batch.Count; row++)
            {
                lines.Add($"{batch.Periods[row]} {batch.Measures[1][row]}|{batch.Measures[0][row]}|{batch.ObservationAttributes[0][row]}|{batch.ObservationAttributes[1][row]} {batch.SeriesAttributes[0][batch.SeriesOf[row]]}".TrimEnd());
            }
        }

        return [.. lines];
    }

    private static DataSchema Make()
    {
        static StructureReference Concept(string id) => new(StructureType.ConceptScheme, "T", "C", "1.0", id);
        Codelist Codes(string id, params string[] codes) => new() { AgencyId = "T", Id = id, Codes = [.. codes.Select(c => new Code { Id = c })] };
        Codelist values = Codes("CL", "A", "B", "x;y", "z"), confidentiality = Codes("CL_CONF", "A", "F", "N");
        Representation text = new() { TextFormat = new TextFormat { IsMultilingual = true } };
        DataStructure structure = new()
        {
            AgencyId = "T",
            Id = "D",
            Dimensions = [new Dimension { Id = "X", Concept = Concept("X") }, new Dimension { Id = "TIME_PERIOD", Concept = Concept("TIME_PERIOD"), IsTime = true }],
            Measures =
            [
                new Measure { Id = "NUMBERS", Concept = Concept("NUMBERS"), Representation = Representation.Of(SdmxDataType.String) with { MaxOccurs = null } },
                new Measure { Id = "CODES", Concept = Concept("CODES"), Representation = Representation.Coded(values.Reference) with { MaxOccurs = null } },
            ],
            Attributes =
            [
                new DataAttribute { Id = "TITLE", Concept = Concept("TITLE"), Relationship = AttributeRelationship.Dimensions, Dimensions = ["X"], Representation = text },
                new DataAttribute { Id = "NOTE", Concept = Concept("NOTE"), Relationship = AttributeRelationship.Observation, Representation = text },
                new DataAttribute { Id = "CONF_STATUS", Concept = Concept("CONF_STATUS"), Relationship = AttributeRelationship.Observation, Representation = Representation.Coded(confidentiality.Reference) with { MaxOccurs = null } },
            ],
        };
        Dataflow flow = new() { AgencyId = "T", Id = "F", Structure = structure.Reference };
        return DataSchema.Resolve(new StructureSet([structure, flow, values, confidentiality]), flow.Reference, new IssueList())!;
    }
}
