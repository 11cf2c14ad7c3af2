using Dsm.Exchange.Access;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Submissions;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Tests.Warehouse;

/// <summary>A small flow of free form: dimensions, two measures and attributes without codelists. For the warehouse alone, without messages.</summary>
internal static class TestFlow
{
    public const string Urn = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:F(1.0)";
    private static readonly StructureReference Concepts = new(StructureType.ConceptScheme, "T", "C", "1.0");

    public static DataSchema Schema { get; } = Make();

    public static LoadTarget Target(long submission, string agreement = "A", bool snapshot = false, bool summed = false) => new()
    {
        SubmissionId = submission,
        Schema = Schema,
        FlowUrn = Urn,
        AgreementUrn = agreement,
        IsSnapshot = snapshot,
        IsSummed = summed,
    };

    /// <summary>Loads rows of key (<c>X.Y</c>), period, value, second measure, attribute.</summary>
    public static Task<(MergeResult Result, IssueList Issues)> LoadAsync(HubDatabase database, LoadTarget target, DataSetAction action, params (string Key, string Period, string Value, string? Second, string? Note)[] rows)
        => LoadAsync(database, target, action, 0, rows);

    /// <summary>The same after some observations were refused whose place is not known. A value that begins with <c>!</c> is refused in its place.</summary>
    public static async Task<(MergeResult Result, IssueList Issues)> LoadAsync(HubDatabase database, LoadTarget target, DataSetAction action, int unplaced, params (string Key, string Period, string Value, string? Second, string? Note)[] rows)
    {
        DataSetSpace space = new(new DataSetHeader { Structure = Schema.Reference, Action = action }, Schema);
        ObservationBatch batch = new(space, Math.Max(rows.Length, 1));
        string? last = null;
        foreach ((string key, string period, string value, string? second, string? note) in rows)
        {
            if (key != last)
            {
                int run = batch.AddSeries(0, 0);
                string[] codes = key.Split('.');
                batch.Dimensions[0].Set(run, codes[0]);
                batch.Dimensions[1].Set(run, codes[1]);
                last = key;
            }

            int row = batch.AddObservation(0, 0);
            batch.Periods[row] = TimePeriod.Parse(period);
            batch.Measures[0][row] = ObservationValue.Parse(value.TrimStart('!'));
            batch.Refused[row] = value.StartsWith('!');
            batch.Measures[1][row] = ObservationValue.Parse(second);
            batch.ObservationAttributes[0].Set(row, note);
        }

        IssueList issues = new();
        await using WarehouseLoad load = await WarehouseLoad.OpenAsync(database, target, CancellationToken.None);
        await load.StageAsync(batch, CancellationToken.None);
        MergeResult result = await load.MergeAsync(new MergeOptions { Read = rows.Length + unplaced, Refused = unplaced + rows.Count(r => r.Value.StartsWith('!')) }, issues, null, CancellationToken.None);
        return (result, issues);
    }

    /// <summary>Everything current, a line an observation.</summary>
    public static async Task<string[]> ReadAsync(HubDatabase database, DateTimeOffset? asOf = null, DateTimeOffset? updatedAfter = null)
    {
        WarehouseQuery query = new() { FlowUrn = Urn, Data = new DataQuery().Resolve(Schema, new IssueList()), AsOf = asOf, UpdatedAfter = updatedAfter };
        List<string> lines = [];
        await foreach (ObservationBatch batch in new WarehouseReader(database, TimeProvider.System).ReadAsync(query, ReaderAccess.Public, CancellationToken.None))
        {
            for (int row = 0; row < batch.Count; row++)
            {
                lines.Add(string.Join(' ', batch.Space.Header.Action == DataSetAction.Delete ? "-" : "+", batch.KeyOf(batch.SeriesOf[row]), batch.Periods[row], batch.Measures[0][row], batch.Measures[1][row], batch.ObservationAttributes[0][row]).TrimEnd());
            }
        }

        return [.. lines];
    }

    private static DataSchema Make()
    {
        DataStructure structure = new()
        {
            AgencyId = "T",
            Id = "D",
            Dimensions = [Of<Dimension>("X"), Of<Dimension>("Y"), Of<Dimension>("TIME_PERIOD") with { IsTime = true }],
            Measures = [new Measure { Id = "OBS_VALUE", Concept = Concept("OBS_VALUE") }, new Measure { Id = "SECOND", Concept = Concept("SECOND") }],
            Attributes = [new DataAttribute { Id = "NOTE", Concept = Concept("NOTE"), Relationship = AttributeRelationship.Observation }],
        };
        Dataflow flow = new() { AgencyId = "T", Id = "F", Structure = structure.Reference };
        ConceptScheme concepts = new()
        {
            AgencyId = "T",
            Id = "C",
            Concepts = [.. new[] { "X", "Y", "TIME_PERIOD", "OBS_VALUE", "SECOND", "NOTE" }.Select(id => new Concept { Id = id })],
        };
        return DataSchema.Resolve(new StructureSet([structure, flow, concepts]), flow.Reference, new IssueList())!;

        static Dimension Of<T>(string id) => new() { Id = id, Concept = Concept(id) };
    }

    private static StructureReference Concept(string id) => Concepts with { ItemId = id };
}
