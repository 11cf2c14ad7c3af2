using Dsm.Exchange.Submissions;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Tests.Warehouse;

public sealed class WarehouseLoadTests : IAsyncLifetime
{
    private Exchange hub = null!;

    public async Task InitializeAsync() => hub = await Exchange.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Theory]
    [InlineData("0")]
    [InlineData("12.50")]
    [InlineData("-0.05")]
    [InlineData("0.000")]
    [InlineData("100000")]
    [InlineData("10000.0001")]
    [InlineData("999999999999999999")]
    [InlineData("-0.00000000000000001")]
    [InlineData("12345678901234.5678")]
    [InlineData("NaN")]
    [InlineData("1e5")]
    [InlineData("+7")]
    [InlineData("007")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("менее 5")]
    public async Task Gives_back_every_value_exactly_as_sent(string value)
    {
        await TestFlow.LoadAsync(hub.Database, TestFlow.Target(1), DataSetAction.Append, ("a.b", "2020", value, value, "n"), ("a.b", "2021", "1", null, null));

        (await TestFlow.ReadAsync(hub.Database)).Should().Equal($"+ a.b 2020 {value} {value} n", "+ a.b 2021 1");
    }

    [Fact]
    public async Task Keeps_every_form_of_period_and_spreads_long_series_over_chunks()
    {
        string[] periods = ["1999", "2000", "2020-A1", "2020-S1", "2020-T2", "2019-Q4", "2020-Q1", "2009-12", "2010-M01", "2020-W53", "2020-D366", "2021-01-01", "2020-02-14T10:00:00", "2020-02-14/P1M", "2018Z", "2018-03+02:00", "2020-01-01T00:00:00+02:00/P1M"];

        (MergeResult result, _) = await TestFlow.LoadAsync(hub.Database, TestFlow.Target(1), DataSetAction.Append, [.. periods.Select((p, i) => ("a.b", p, i.ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)null, (string?)null))]);
        (MergeResult again, _) = await TestFlow.LoadAsync(hub.Database, TestFlow.Target(2), DataSetAction.Append, [.. periods.Reverse().Select((p, i) => ("a.b", p, (periods.Length - 1 - i).ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)null, (string?)null))]);

        result.Counts.Added.Should().Be(periods.Length);
        again.Outcome.Should().Be(MergeOutcome.Unchanged);
        (await TestFlow.ReadAsync(hub.Database)).Should().BeEquivalentTo(periods.Select((p, i) => $"+ a.b {p} {i}"));
        (await hub.ChunkVersionsAsync()).Should().BeGreaterThan(8);
    }

    [Fact]
    public async Task Takes_two_spellings_of_a_period_for_one_observation()
    {
        await TestFlow.LoadAsync(hub.Database, TestFlow.Target(1), DataSetAction.Append, ("a.b", "2020-03", "1", null, null));

        (MergeResult result, _) = await TestFlow.LoadAsync(hub.Database, TestFlow.Target(2), DataSetAction.Append, ("a.b", "2020-M03", "2", null, null));

        result.Counts.Changed.Should().Be(1);
        (await TestFlow.ReadAsync(hub.Database)).Should().Equal("+ a.b 2020-M03 2");
    }

    [Fact]
    public async Task Rewrites_only_the_chunk_that_changed()
    {
        (string, string, string, string?, string?)[] years = [.. Enumerable.Range(0, 20).Select(y => ("a.b", $"{2000 + y}-06", "1", (string?)null, (string?)null))];
        await TestFlow.LoadAsync(hub.Database, TestFlow.Target(1), DataSetAction.Append, years);
        long before = await hub.ChunkVersionsAsync();

        await TestFlow.LoadAsync(hub.Database, TestFlow.Target(2), DataSetAction.Append, ("a.b", "2021-06", "2", null, null));
        await TestFlow.LoadAsync(hub.Database, TestFlow.Target(3), DataSetAction.Append, ("a.b", "2005-06", "2", null, null));

        before.Should().Be(2);
        (await hub.ChunkVersionsAsync()).Should().Be(4);
        (await hub.ScalarAsync("SELECT count(*) FROM series_chunk WHERE closed_by = 3")).Should().Be(1);
    }

    [Fact]
    public async Task Adds_up_where_the_map_says_so_and_counts_every_source()
    {
        (MergeResult result, _) = await TestFlow.LoadAsync(
            hub.Database, TestFlow.Target(1, summed: true), DataSetAction.Append,
            ("a.b", "2020", "1.5", "1", "x"), ("c.d", "2020", "7", null, null), ("a.b", "2020", "2", "2", "y"), ("a.b", "2020", "", null, "x"));

        result.Counts.Should().Be(new MergeCounts { Read = 4, Added = 4 });
        (await TestFlow.ReadAsync(hub.Database)).Should().Equal("+ a.b 2020 3.5 3 x; y", "+ c.d 2020 7");
    }

    [Fact]
    public async Task Refuses_collisions_where_no_sum_is_declared()
    {
        (MergeResult result, IssueList issues) = await TestFlow.LoadAsync(
            hub.Database, TestFlow.Target(1), DataSetAction.Append, ("a.b", "2020", "1", null, null), ("c.d", "2020", "7", null, null), ("a.b", "2020", "2", null, null));

        result.Counts.Should().Be(new MergeCounts { Read = 3, Added = 1, Refused = 2 });
        issues.CountOf(IssueCodes.MappingCollision).Should().Be(1);
    }

    [Fact]
    public async Task Refuses_a_sum_of_which_a_part_was_refused()
    {
        await TestFlow.LoadAsync(hub.Database, TestFlow.Target(1, summed: true), DataSetAction.Append, ("a.b", "2020", "5", null, null));

        (MergeResult result, IssueList issues) = await TestFlow.LoadAsync(
            hub.Database, TestFlow.Target(2, summed: true), DataSetAction.Append,
            ("a.b", "2020", "1", null, null), ("a.b", "2021", "3", null, null), ("c.d", "2020", "1", null, null), ("a.b", "2020", "!2", null, null), ("c.d", "2020", "!1", null, null));

        result.Counts.Should().Be(new MergeCounts { Read = 5, Added = 1, Refused = 4 });
        issues.CountOf(ExchangeIssues.IncompleteSum).Should().Be(2);
        (await TestFlow.ReadAsync(hub.Database)).Should().Equal("+ a.b 2020 5", "+ a.b 2021 3");
    }

    [Fact]
    public async Task Does_not_withdraw_what_a_snapshot_has_and_was_refused()
    {
        await TestFlow.LoadAsync(hub.Database, TestFlow.Target(1, snapshot: true), DataSetAction.Append, ("a.b", "2020", "1", null, null), ("a.b", "2021", "2", null, null), ("c.d", "2020", "3", null, null), ("e.f", "2020", "4", null, null));

        (MergeResult result, IssueList issues) = await TestFlow.LoadAsync(
            hub.Database, TestFlow.Target(2, snapshot: true), DataSetAction.Append, ("a.b", "2020", "!9", null, null), ("c.d", "2020", "!9", null, null), ("g.h", "2020", "!9", null, null));

        result.Counts.Should().Be(new MergeCounts { Read = 5, Removed = 2, Withdrawn = 2, Refused = 3 });
        issues.Kept.Should().BeEmpty();
        (await TestFlow.ReadAsync(hub.Database)).Should().Equal("+ a.b 2020 1", "+ c.d 2020 3");
    }

    [Fact]
    public async Task Keeps_the_places_of_any_number_of_refused_observations()
    {
        (string, string, string, string?, string?)[] Months(string mark) => [.. Enumerable.Range(0, 100).Select(m => ("a.b", $"{2000 + (m / 12)}-{(m % 12) + 1:00}", mark + "1", (string?)null, (string?)null))];
        await TestFlow.LoadAsync(hub.Database, TestFlow.Target(1, snapshot: true), DataSetAction.Append, Months(""));

        (MergeResult result, _) = await TestFlow.LoadAsync(hub.Database, TestFlow.Target(2, snapshot: true), DataSetAction.Append, Months("!"));

        result.Counts.Should().Be(new MergeCounts { Read = 100, Refused = 100 });
        (await TestFlow.ReadAsync(hub.Database)).Should().HaveCount(100);
    }

    [Fact]
    public async Task Withdraws_nothing_by_the_silence_of_a_snapshot_of_which_something_could_not_be_placed()
    {
        await TestFlow.LoadAsync(hub.Database, TestFlow.Target(1, snapshot: true), DataSetAction.Append, ("a.b", "2020", "1", null, null), ("a.b", "2021", "2", null, null), ("c.d", "2020", "3", null, null));

        (MergeResult result, IssueList issues) = await TestFlow.LoadAsync(hub.Database, TestFlow.Target(2, snapshot: true), DataSetAction.Append, 2, ("a.b", "2021", "7", null, null));

        result.Counts.Should().Be(new MergeCounts { Read = 3, Changed = 1, Refused = 2 });
        issues.Kept.Should().ContainSingle().Which.Code.Should().Be(ExchangeIssues.NothingWithdrawn);
        (await TestFlow.ReadAsync(hub.Database)).Should().Equal("+ a.b 2020 1", "+ a.b 2021 7", "+ c.d 2020 3");
    }

    [Fact]
    public async Task Leaves_a_series_to_the_agreement_that_brought_it_first()
    {
        await TestFlow.LoadAsync(hub.Database, TestFlow.Target(1, "P=first"), DataSetAction.Append, ("a.b", "2020", "1", null, null));

        (MergeResult result, IssueList issues) = await TestFlow.LoadAsync(
            hub.Database, TestFlow.Target(2, "P=second", snapshot: true), DataSetAction.Append, ("a.b", "2020", "2", null, null), ("c.d", "2020", "3", null, null));

        result.Counts.Should().Be(new MergeCounts { Read = 2, Added = 1, Refused = 1 });
        issues.Kept.Should().ContainSingle().Which.Arguments.Should().Equal("first");
        (await TestFlow.ReadAsync(hub.Database)).Should().Equal("+ a.b 2020 1", "+ c.d 2020 3");
    }

    [Fact]
    public async Task Balances_and_agrees_with_a_plain_model_under_random_messages()
    {
        Random random = new(20_26);
        SortedDictionary<(string Key, string Period), (string Value, string? Note)> model = [];
        List<(DateTimeOffset At, string[] State)> history = [];
        string[] keys = ["a.a", "a.b", "b.a", "b.b"], notes = ["x", "y", "я"];
        for (int message = 1; message <= 60; message++)
        {
            DataSetAction action = random.Next(6) switch { 0 => DataSetAction.Delete, 1 => DataSetAction.Replace, _ => DataSetAction.Append };
            bool snapshot = action == DataSetAction.Append && random.Next(4) == 0;
            var rows = Enumerable.Range(0, random.Next(1, 30))
                .Select(_ => (Key: keys[random.Next(4)], Period: $"{1995 + random.Next(8)}-{1 + random.Next(12):D2}", Value: $"{random.Next(3)}.{random.Next(2)}", Second: (string?)null, Note: random.Next(3) == 0 ? notes[random.Next(3)] : null))
                .Select(r => action == DataSetAction.Delete && random.Next(2) == 0 ? r with { Value = "", Note = null } : r)
                .DistinctBy(r => (r.Key, r.Period)).ToArray();

            (MergeResult result, _) = await TestFlow.LoadAsync(hub.Database, TestFlow.Target(message, snapshot: snapshot), action, rows);

            int before = model.Count;
            MergeCounts expected = Apply(model, action, snapshot, rows);
            result.Counts.IsBalanced.Should().BeTrue();
            result.Counts.Should().Be(expected, $"message {message}, {action}, snapshot {snapshot}, {before} before");
            string[] state = [.. model.Select(o => $"+ {o.Key.Key} {o.Key.Period} {o.Value.Value}  {o.Value.Note}".TrimEnd())];
            (await TestFlow.ReadAsync(hub.Database)).Should().Equal(state, $"message {message}");
            if (result.PublishedAt is { } at)
            {
                history.Add((at, state));
            }
        }

        foreach ((DateTimeOffset at, string[] state) in history.Where((_, i) => i % 7 == 0))
        {
            (await TestFlow.ReadAsync(hub.Database, asOf: at)).Should().Equal(state);
            string[] changes = await TestFlow.ReadAsync(hub.Database, updatedAfter: at);
            SortedSet<string> replayed = new(state, StringComparer.Ordinal);
            foreach (string change in changes)
            {
                string identity = string.Join(' ', change.Split(' ')[1..3]) + " ";
                replayed.RemoveWhere(o => o.StartsWith("+ " + identity, StringComparison.Ordinal));
                if (change[0] == '+')
                {
                    replayed.Add(change);
                }
            }

            replayed.Should().BeEquivalentTo(history[^1].State);
        }
    }

    private static MergeCounts Apply(SortedDictionary<(string, string), (string, string?)> model, DataSetAction action, bool snapshot, (string Key, string Period, string Value, string? Second, string? Note)[] rows)
    {
        MergeCounts counts = new() { Read = rows.Length };
        foreach ((string key, string period, string value, _, string? note) in rows)
        {
            bool exists = model.TryGetValue((key, period), out (string Value, string? Note) old);
            if (action == DataSetAction.Delete)
            {
                // By key alone the observation goes; with measure or attribute only those, and the rest with the last of them.
                (string Value, string? Note) left = value.Length == 0 && note is null ? ("", null)
                    : (value.Length > 0 ? "" : old.Value, note is null ? old.Note : null);
                counts = !exists ? counts with { Same = counts.Same + 1 }
                    : left == ("", null) ? counts with { Removed = counts.Removed + 1 }
                    : left == old ? counts with { Same = counts.Same + 1 } : counts with { Changed = counts.Changed + 1 };
                if (exists && left != ("", null))
                {
                    model[(key, period)] = left;
                }
                else
                {
                    model.Remove((key, period));
                }

                continue;
            }

            (string, string?) now = (value, action == DataSetAction.Replace || snapshot || !exists ? note : note ?? old.Note);
            model[(key, period)] = now;
            counts = !exists ? counts with { Added = counts.Added + 1 } : old == now ? counts with { Same = counts.Same + 1 } : counts with { Changed = counts.Changed + 1 };
        }

        if (snapshot)
        {
            (string, string)[] gone = [.. model.Keys.Except(rows.Select(r => (r.Key, r.Period)))];
            gone.ToList().ForEach(k => model.Remove(k));
            counts = counts with { Read = counts.Read + gone.Length, Removed = counts.Removed + gone.Length, Withdrawn = gone.Length };
        }

        return counts;
    }
}
