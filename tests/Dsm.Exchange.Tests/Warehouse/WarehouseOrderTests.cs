using System.Globalization;
using Dsm.Exchange.Access;
using Dsm.Exchange.Storage;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dsm.Exchange.Tests.Warehouse;

/// <summary>Order and paging, against a sorting of all observations written down here once more.</summary>
public sealed class WarehouseOrderTests : IAsyncLifetime
{
    // Codes of which one begins another, and characters below the dot: keys as texts sort otherwise.
    private static readonly string[] First = ["A", "A-B", "A$", "B", "a"];
    private static readonly string[] Second = ["9", "10", "X"];
    private static readonly string[] Values = ["1", "2", "10", "-3", "1.50", "1.5", "NaN", "", "text", "1e2"];
    private HubDatabase database = null!;
    private (string Key, string Period, string Value, string? Second, string? Note)[] rows = [];

    public async Task InitializeAsync()
    {
        database = new HubDatabase(await TestDatabase.CreateDatabaseAsync());
        await database.MigrateAsync(NullLogger.Instance, CancellationToken.None);
        Random random = new(815);
        rows = [.. from x in First
                   from y in Second
                   from year in Enumerable.Range(2010, 12)
                   where random.Next(4) > 0
                   select ($"{x}.{y}", random.Next(2) == 0 ? $"{year}" : $"{year}-Q{random.Next(1, 5)}", Values[random.Next(Values.Length)], (string?)null, random.Next(3) == 0 ? null : $"{random.Next(12)}")];
        await TestFlow.LoadAsync(database, TestFlow.Target(1), DataSetAction.Replace, rows);
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Theory]
    [InlineData("*")]
    [InlineData("*:desc")]
    [InlineData("X")]
    [InlineData("Y:desc")]
    [InlineData("Y:desc+X")]
    [InlineData("series_key:desc+TIME_PERIOD:desc")]
    [InlineData("series_key+OBS_VALUE:desc")]
    [InlineData("X+TIME_PERIOD")]
    [InlineData("TIME_PERIOD:desc")]
    [InlineData("TIME_PERIOD+Y:desc+X")]
    [InlineData("OBS_VALUE")]
    [InlineData("OBS_VALUE:desc+TIME_PERIOD")]
    [InlineData("NOTE+series_key")]
    [InlineData("NOTE:desc+*")]
    public async Task Observations_come_in_the_order_asked_for_and_pages_make_up_the_whole(string sort)
    {
        string[] whole = await ReadAsync(sort, 0, null);
        whole.Should().HaveCount(rows.Length).And.OnlyHaveUniqueItems();
        IsOrdered(whole, sort).Should().BeTrue(string.Join("\n", whole));
        List<string> pages = [];
        for (int offset = 0; offset < rows.Length; offset += 17)
        {
            pages.AddRange(await ReadAsync(sort, offset, 17));
        }

        pages.Should().Equal(whole);
        (await ReadAsync(sort, rows.Length, 5)).Should().BeEmpty();
    }

    [Fact]
    public async Task Groups_come_in_the_order_of_their_first_observations_each_in_one_piece()
    {
        string[] flat = await ReadAsync("TIME_PERIOD:desc+series_key", 0, 40);
        string[] grouped = await ReadAsync("TIME_PERIOD:desc+series_key", 0, 40, "TIME_PERIOD");
        grouped.Should().Equal(flat.GroupBy(l => l.Split(' ')[0]).SelectMany(g => g));
        string[] sections = await ReadAsync("TIME_PERIOD:desc+series_key", 0, 40, "X");
        sections.Should().Equal(flat.GroupBy(l => l.Split(' ')[0].Split('.')[1] + l.Split(' ')[1]).SelectMany(g => g));
    }

    [Fact]
    public async Task First_and_last_observations_are_those_in_time_whatever_the_order()
    {
        string[] lines = await ReadAsync("series_key+TIME_PERIOD:desc", 0, null, change: q => q with { FirstN = 1, LastN = 1 });
        foreach (IGrouping<string, string> series in lines.GroupBy(l => l.Split(' ')[0]))
        {
            TimePeriod[] all = [.. rows.Where(r => r.Key == series.Key).Select(r => TimePeriod.Parse(r.Period)).Order(PeriodOrder.Comparer)];
            series.Select(l => l.Split(' ')[1]).Should().BeEquivalentTo(new[] { all[0].ToString(), all[^1].ToString() }.Distinct());
        }
    }

    [Fact]
    public async Task Series_are_counted_where_only_series_are_wanted()
    {
        string[] keys = [.. rows.Select(r => r.Key).Distinct()];
        foreach (string? sort in new[] { null, "X:desc", "NOTE" })
        {
            List<string> pages = [];
            for (int offset = 0; offset < keys.Length; offset += 4)
            {
                pages.AddRange((await ReadAsync(sort, offset, 4, bySeries: true)).Select(l => l.Split(' ')[0]).Distinct());
            }

            pages.Should().BeEquivalentTo(keys).And.OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public async Task What_changed_is_paged_over_both_data_sets()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;
        await Task.Delay(20);
        await TestFlow.LoadAsync(database, TestFlow.Target(2), DataSetAction.Replace, ("N.1", "2001", "1", null, null), ("N.2", "2001", "2", null, null), ("N.1", "2002", "3", null, null));
        await TestFlow.LoadAsync(database, TestFlow.Target(3), DataSetAction.Delete, [.. rows.Take(2).Select(r => r with { Value = "", Note = null })]);
        foreach (string? sort in new[] { null, "OBS_VALUE:desc", "TIME_PERIOD" })
        {
            string[] whole = await ReadAsync(sort, 0, null, change: q => q with { UpdatedAfter = before });
            whole.Should().HaveCount(5);
            whole.Count(l => l.StartsWith('-')).Should().Be(2, "{0}: {1}", sort, string.Join("; ", whole));
            List<string> pages = [];
            for (int offset = 0; offset < 5; offset += 2)
            {
                pages.AddRange(await ReadAsync(sort, offset, 2, change: q => q with { UpdatedAfter = before }));
            }

            pages.Should().Equal(whole);
        }
    }

    private async Task<string[]> ReadAsync(string? sort, long offset, long? limit, string? groupedBy = null, bool bySeries = false, Func<WarehouseQuery, WarehouseQuery>? change = null)
    {
        IssueList issues = new();
        WarehouseQuery query = new() { FlowUrn = TestFlow.Urn, Data = new DataQuery { Sort = sort }.Resolve(TestFlow.Schema, issues) };
        issues.Kept.Should().BeEmpty();
        AnswerShape shape = new() { Window = new ObservationWindow(offset, limit), GroupedBy = groupedBy, BySeries = bySeries };
        List<string> lines = [];
        await foreach (ObservationBatch batch in new WarehouseReader(database, TimeProvider.System).ReadAsync(change?.Invoke(query) ?? query, ReaderAccess.Public, shape, CancellationToken.None))
        {
            bool isDeletion = batch.Space.Header.Action == DataSetAction.Delete;
            lines.AddRange(Enumerable.Range(0, batch.Count).Where(r => !batch.Refused[r]).Select(r =>
                $"{(isDeletion ? "-" : "")}{batch.KeyOf(batch.SeriesOf[r])} {batch.Periods[r]} {batch.Measures[0][r]} {batch.ObservationAttributes[0][r]}"));
        }

        return [.. lines];
    }

    private static bool IsOrdered(string[] lines, string sort)
    {
        string[] terms = [.. sort.Replace("*", "X+Y+TIME_PERIOD", StringComparison.Ordinal).Split('+')
            .SelectMany(t => t.StartsWith("series_key", StringComparison.Ordinal) ? new[] { "X" + t[10..], "Y" + t[10..] } : [t])];
        if (sort == "*:desc")
        {
            terms = ["X:desc", "Y:desc", "TIME_PERIOD:desc"];
        }

        return lines.Zip(lines.Skip(1)).All(p => Compare(p.First.Split(' '), p.Second.Split(' '), terms) <= 0);
    }

    private static int Compare(string[] left, string[] right, string[] terms)
    {
        foreach (string term in terms)
        {
            string id = term.Split(':')[0];
            int sign = term.EndsWith(":desc", StringComparison.Ordinal) ? -1 : 1;
            int order = id switch
            {
                "TIME_PERIOD" => sign * TimePeriod.Parse(left[1]).CompareTo(TimePeriod.Parse(right[1])),
                "X" => sign * string.CompareOrdinal(left[0].Split('.')[0], right[0].Split('.')[0]),
                "Y" => sign * string.CompareOrdinal(left[0].Split('.')[1], right[0].Split('.')[1]),
                "NOTE" => Absent(left[3], right[3]) ?? sign * Free(left[3], right[3]),
                _ => Absent(left[2], right[2]) ?? sign * Free(left[2], right[2]),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static int? Absent(string left, string right) => left.Length == 0 || right.Length == 0 ? (left.Length == 0).CompareTo(right.Length == 0) : null;

    // Numbers, then texts, then what is missing on purpose.
    private static int Free(string left, string right)
    {
        decimal? a = Number(left), b = Number(right);
        return a is not null && b is not null ? a.Value.CompareTo(b.Value)
            : a is not null ? -1 : b is not null ? 1
            : left == right ? 0 : left == "NaN" ? 1 : right == "NaN" ? -1 : string.CompareOrdinal(left, right);
    }

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;
}
