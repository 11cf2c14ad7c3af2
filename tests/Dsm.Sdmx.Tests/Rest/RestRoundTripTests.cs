using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Sdmx.Tests.Rest;

/// <summary>Any query that a line of the specification can express survives printing and parsing.</summary>
public class RestRoundTripTests
{
    private static readonly Gen<string> Id = Gen.OneOf("A", "ARM", "DF_RSD", "X-1", "_T", "@b", "C$");

    private static readonly Gen<ImmutableArray<string>> Ids = Id.Array[0, 3].Select(a => a.Distinct().ToImmutableArray());

    private static readonly Gen<TimePeriod?> Period = Gen.OneOf("", "2020", "2020-03", "2020-Q2", "2020-W07", "2020-02-29", "2020-M11", "2020-02-03T04:05:06")
        .Select(t => TimePeriod.TryParse(t, out TimePeriod p) ? p : (TimePeriod?)null);

    private static readonly Gen<DateTimeOffset?> Instant = Gen.Int[0, 1_000_000].Select(
        n => n % 3 == 0 ? null : (DateTimeOffset?)new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours((n % 5) - 2)).AddSeconds(n));

    private static readonly Gen<FilterTerm> Term = Gen.Select(
        Gen.Int[0, 9], Gen.OneOf("A", "ge", "eq:x", "two words", "100%", "ü&=?#/", "Ташкент", "12.5"), (op, value) => new FilterTerm((FilterOperator)op, value));

    private static readonly Gen<ComponentFilter> Filter = Gen.Select(
        Id, Term.Array[1, 3].Array[1, 3], (id, terms) => new ComponentFilter(id, [.. terms.Select(t => t.ToImmutableArray())]));

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("ru-RU")]
    public void Any_data_query_of_line_2_survives(string culture) => In(culture, () => DataQueries(2).Sample(Survives2, seed: "0N0XIzNsQ0O2", iter: 2000, threads: 1));

    [Fact]
    public void Any_data_query_of_line_1_survives() => DataQueries(1).Sample(
        query =>
        {
            string address = Rest15.Print(query)!;
            IssueList issues = new();
            string[] parts = address.Split('?');
            Rest15.TryParse(parts[0], parts.ElementAtOrDefault(1), out RestQuery? read, issues).Should().BeTrue("{0}", address);
            read.Should().BeEquivalentTo(query, o => o.ComparingByMembers<DataQuery>());
            Rest15.Print(read!).Should().Be(address);
        }, seed: "0N0XIzNsQ0O2", iter: 2000, threads: 1);

    [Fact]
    public void What_line_1_cannot_say_is_not_printed_there()
    {
        Rest15.Print(new DataQuery { Ids = ["F"], Filters = [ComponentFilter.OneOf("SEX", "F")] }).Should().BeNull();
        Rest15.Print(new DataQuery { Ids = ["F"], AsOf = DateTimeOffset.UnixEpoch }).Should().BeNull();
        Rest15.Print(new DataQuery { Ids = ["F"], Context = StructureType.DataStructure }).Should().BeNull();
        Rest15.Print(new StructureQuery { Version = "1+.0.0" }).Should().BeNull();
        Rest2.Print(new DataQuery { Ids = ["F"], Providers = [new ProviderQuery(null, "P")] }).Should().BeNull();
    }

    [Fact]
    public void Several_codes_at_one_position_become_keys_or_a_filter_in_line_2()
    {
        DataSchema schema = RestSchema.Schema;
        DataQuery query = new() { Agencies = ["T"], Ids = ["DF"], Version = "1.0", Keys = [new KeyQuery([["A"], ["ARM", "GEO"], []])] };
        Rest2.Print(query).Should().Be("data/dataflow/T/DF/1.0/A.ARM,A.GEO");
        Rest2.Print(query, schema).Should().Be("data/dataflow/T/DF/1.0/A?c[AREA]=ARM,GEO");
        Rest15.Print(query).Should().Be("data/T,DF,1.0/A.ARM+GEO.");
    }

    private static void Survives2(DataQuery query)
    {
        string address = Rest2.Print(query)!;
        IssueList issues = new();
        string[] parts = address.Split('?');
        Rest2.TryParse(parts[0], parts.ElementAtOrDefault(1), out RestQuery? read, issues).Should().BeTrue("{0} {1}", address, string.Join(" ", issues.Kept));
        read.Should().BeEquivalentTo(query, o => o.ComparingByMembers<DataQuery>());
        Rest2.Print(read!).Should().Be(address);
    }

    private static Gen<DataQuery> DataQueries(int line)
    {
        Gen<KeyQuery> key = line == 1
            ? Ids.Array[2, 4].Select(p => new KeyQuery([.. p]))
            : Gen.OneOf(Id, Gen.Const("")).Array[1, 4].Select(p => new KeyQuery([.. p.Append("Z").Select(c => c.Length == 0 ? ImmutableArray<string>.Empty : [c])]));
        Gen<DataSelection> selection = line == 1
            ? Gen.OneOf(DataSelection.Full, DataSelection.DataOnly, DataSelection.NoData, DataSelection.SeriesKeysOnly)
            : Gen.Select(Gen.Int[0, 15], Ids, Gen.Bool, Ids, (kinds, ids, all, measures) => new DataSelection
            {
                Attributes = (AttributeKinds)kinds, AttributeIds = ids, AllMeasures = all, MeasureIds = all ? [] : measures,
            });
        Gen<DataQuery> common = Gen.Select(Ids, Ids.Where(i => i.Length > 0), Gen.OneOf(line == 1 ? "latest" : "~", "*", "1.0", "1.0,2.0.0"), key.Array[0, line], Period, Period, Instant, selection,
            (agencies, ids, version, keys, start, end, updated, chosen) => new DataQuery
            {
                Agencies = agencies, Ids = ids, Version = version, StartPeriod = start, EndPeriod = end, UpdatedAfter = updated, Selection = chosen,
                Keys = keys.Any(k => k.IsAll) ? [] : [.. keys],
            });
        Gen<DataQuery> more = Gen.Select(common, Gen.Int[0, 3], Gen.OneOf(null, "TIME_PERIOD", "AllDimensions"), Gen.Bool,
            (q, n, at, history) => q with { FirstNObservations = n == 0 ? null : n, LastNObservations = n == 1 ? null : n + 1, DimensionAtObservation = at, IncludeHistory = history });
        return line == 1 ? more : Gen.Select(more, Filter.Array[0, 3], Gen.OneOf<StructureType?>(null, StructureType.Dataflow, StructureType.ProvisionAgreement),
            (q, filters, context) => q with { Filters = [.. filters.DistinctBy(f => f.ComponentId)], Context = context, Limit = filters.Length == 0 ? null : filters.Length });
    }

    private static void In(string culture, Action action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
