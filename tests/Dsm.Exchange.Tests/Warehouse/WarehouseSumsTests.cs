using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Tests.Warehouse;

/// <summary>What is counted from sums beside the chunks must be what reading counts, whoever asks for whatever.</summary>
public sealed class WarehouseSumsTests : IAsyncLifetime
{
    private static readonly string[] Citizenships = ["SYR", "UKR", "IRQ", "AFG", "RUS", "IRN", "PAK", "IND"];
    private static readonly string[] Periods = [.. Enumerable.Range(1998, 8).Select(y => $"{y}"), "2019-Q1", "2019-Q2", "2020-Q4", "2021-03", "2021-04", "2019-12", "2020-01", "2029-12", "2030-01"];
    private Exchange hub = null!;

    public async Task InitializeAsync()
    {
        hub = await Exchange.StartAsync();
        Random random = new(4711);
        string georgia = Exchange.Armenia.Replace("PA_ASYLAPP_ARM_MCS", "PA_ASYLAPP_GEO_MIA", StringComparison.Ordinal);
        for (int load = 0; load < 3; load++)
        {
            (await hub.SendAsync(Exchange.Csv([.. Rows(random)]))).IsAccepted.Should().BeTrue();
            (await hub.SendAsync(Exchange.Message("GEO", "I", "", [.. Rows(random)]), georgia)).IsAccepted.Should().BeTrue();
        }

        // A whole series under embargo, and deletions of single observations and of a whole series.
        (await hub.SendAsync(Exchange.Message("ARM", "I", "2099-01-01T00:00:00Z", "GEO 2020 1", "GEO 2021 2"))).IsAccepted.Should().BeTrue();
        (await hub.SendAsync(Exchange.Message("ARM", "D", "", "SYR 1999", "UKR 2021-03", "IND 1998"))).IsAccepted.Should().BeTrue();
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    public static TheoryData<string> Readers => new("public", "ARM", "GEO", "all");

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Counts_what_reading_gives(string reader)
    {
        foreach (WarehouseQuery query in Queries())
        {
            Availability expected = await ReadAsync(query, Access(reader));
            (await hub.Reader.CountAsync(query, Access(reader), CancellationToken.None)).Should().Be(expected.Observations);
            if (query is { FirstN: null, LastN: null })
            {
                (await hub.Reader.AvailabilityAsync(query, Access(reader), CancellationToken.None)).Should().BeEquivalentTo(expected);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Tells_the_choices_that_are_left_at_each_dimension(string reader)
    {
        foreach (WarehouseQuery query in Queries().Where(q => q is { FirstN: null, LastN: null }))
        {
            Availability choices = await hub.Reader.ChoicesAsync(query, Access(reader), CancellationToken.None);
            Availability exact = await ReadAsync(query, Access(reader));
            (choices.Series, choices.Observations).Should().Be((exact.Series, exact.Observations));
            for (int d = 0; d < choices.Codes.Length; d++)
            {
                // Every code of the dimension that gives something with all other choices kept.
                List<string> left = [];
                foreach (string code in (await ReadAsync(query with { Data = query.Data.WithoutKeys() }, Access(reader))).Codes[d])
                {
                    WarehouseQuery chosen = query with { Data = With(query, d, code) };
                    if (!chosen.Data.IsEmpty && (await ReadAsync(chosen, Access(reader))).Series > 0)
                    {
                        left.Add(code);
                    }
                }

                choices.Codes[d].Should().Equal(left, "{0} at {1}", query.Data.Schema.Dimensions[d].Id, d);
            }
        }
    }

    [Fact]
    public async Task Counts_what_changed_each_series_once()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;
        await Task.Delay(20);
        await hub.SendAsync(Exchange.Csv("SYR 2050 1", "UKR 2050 2"));
        await hub.SendAsync(Exchange.Message("ARM", "D", "", "SYR 2000"));
        Availability changed = await hub.Reader.AvailabilityAsync(hub.Query() with { UpdatedAfter = before }, ReaderAccess.Everything, CancellationToken.None);
        changed.Series.Should().Be(2);
        changed.Codes[2].Should().Equal("SYR", "UKR");
    }

    private static ResolvedDataQuery With(WarehouseQuery query, int position, string code)
    {
        DataQuery chosen = new()
        {
            Keys = [new KeyQuery([.. query.Data.Codes.Length == 0 ? [] : query.Data.Codes.Select((c, i) => i == position ? ImmutableArray.Create(code) : [.. c ?? []])])],
            StartPeriod = query.Data.From is { } from ? TimePeriod.Parse($"{from:yyyy-MM-dd}") : null,
            EndPeriod = query.Data.To is { } to ? TimePeriod.Parse($"{to.AddDays(-1):yyyy-MM-dd}") : null,
            Filters = [.. query.Data.SeriesFilters, .. query.Data.ObservationFilters],
        };
        return chosen.Resolve(query.Data.Schema, new());
    }

    private static IEnumerable<string> Rows(Random random)
        => Citizenships.SelectMany(c => Periods.Where(_ => random.Next(3) > 0)
            .Select(p => $"{c} {p} {random.Next(1000)} A {(c == "IND" ? "C" : random.Next(12) == 0 ? "C" : "F")}"));

    private static ReaderAccess Access(string reader) => reader switch
    {
        "public" => ReaderAccess.Public,
        "all" => ReaderAccess.Everything,
        _ => new ReaderAccess(false, [reader]),
    };

    private IEnumerable<WarehouseQuery> Queries()
    {
        TimePeriod T(string text) => TimePeriod.Parse(text);
        yield return hub.Query();
        yield return hub.Query() with { FirstN = 2 };
        yield return hub.Query() with { FirstN = 1, LastN = 2 };
        yield return hub.Query(q => q with { StartPeriod = T("2000"), EndPeriod = T("2003") });
        yield return hub.Query(q => q with { StartPeriod = T("2019-Q2") });
        yield return hub.Query(q => q with { EndPeriod = T("2020-12"), LastNObservations = 2 });
        yield return hub.Query(q => q with { StartPeriod = T("2090") });
        yield return hub.Query(q => q with { Keys = [new([["A"], ["ARM"], ["SYR"]])] });
        yield return hub.Query(q => q with { Keys = [new([["A"], ["ARM"], ["IND", "GEO"]])], StartPeriod = T("2001") });
        yield return hub.Query(q => q with { Keys = [new([["A"], ["ARM"], ["SYR"], ["_T"], ["_T"], ["N"], ["G"], ["LODGED"], ["PS"]])] });
        yield return hub.Query(q => q with { Keys = [new([["A"], ["ARM"], ["ZZZ"]])] });
        yield return hub.Query(q => q with { Filters = [ComponentFilter.OneOf("OBS_STATUS", "A")] });
        yield return hub.Query(q => q with { Filters = [ComponentFilter.OneOf("COMPILING_ORG", "ARM_MCS")] });
        yield return hub.Query(q => q with { Filters = [ComponentFilter.OneOf("CONF_STATUS", "F")], Keys = [new([["M"], ["GEO"]])] });
    }

    // By reading alone.
    private async Task<Availability> ReadAsync(WarehouseQuery query, ReaderAccess access)
    {
        SortedSet<string>[] codes = [.. query.Data.Schema.Dimensions.Select(_ => new SortedSet<string>(StringComparer.Ordinal))];
        long series = 0, observations = 0;
        DateTime? first = null, last = null;
        await foreach (ObservationBatch batch in hub.Reader.ReadAsync(query, access, CancellationToken.None))
        {
            series += batch.SeriesCount;
            observations += batch.Count;
            for (int run = 0; run < batch.SeriesCount; run++)
            {
                for (int d = 0; d < codes.Length; d++)
                {
                    codes[d].Add(batch.Dimensions[d][run]!);
                }
            }

            for (int row = 0; row < batch.Count; row++)
            {
                DateTime start = batch.Periods[row].Start, end = batch.Periods[row].End;
                first = first < start ? first : start;
                last = last > end ? last : end;
            }
        }

        return new Availability([.. codes.Select(c => c.ToImmutableArray())], series, observations, first, last);
    }
}
