using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Rest;

/// <summary>Brings a query onto a schema.</summary>
internal sealed class CubeQueryResolver(CubeQuery query, DataSchema schema, IssueList issues)
{
    private const int MostSingles = 10_000;
    private const int LongestSingle = 64;

    // The same codes are asked for again and again, and to make a set costs more than to use it.
    private static readonly ConcurrentDictionary<string, FrozenSet<string>> Singles = new(StringComparer.Ordinal);
    private static int _singles;

    public ResolvedDataQuery Resolve()
    {
        CheckComponents();
        ImmutableArray<ImmutableArray<FrozenSet<string>?>> keys = [.. query.Keys.Select(Key)];
        FrozenSet<string>?[] codes = new FrozenSet<string>?[schema.Dimensions.Length];
        for (int i = 0; i < codes.Length && !keys.IsEmpty; i++)
        {
            // One key without a code at this position admits every code there.
            codes[i] = keys.Length == 1 ? keys[0][i] : keys.Any(k => k[i] is null) ? null : keys.SelectMany(k => k[i]!).ToFrozenSet(StringComparer.Ordinal);
        }

        List<ComponentFilter> ofSeries = [], ofObservations = [];
        foreach (ComponentFilter filter in query.Filters)
        {
            Sort(filter, codes, ofSeries, ofObservations);
        }

        ReportingCalendar calendar = ReportingCalendar.Of(query.ReportingYearStartDay);
        return new ResolvedDataQuery(schema)
        {
            Codes = [.. codes],
            Keys = keys.Length > 1 ? keys : [],
            Calendar = calendar,
            From = query.StartPeriod is { } from ? calendar.StartOf(from) : null,
            To = query.EndPeriod is { } to ? calendar.EndOf(to) : null,
            Order = Order(),
            SeriesFilters = [.. ofSeries],
            ObservationFilters = [.. ofObservations],
        };
    }

    private ImmutableArray<FrozenSet<string>?> Key(KeyQuery key)
    {
        int dimensions = schema.Dimensions.Length;
        if (key.Positions.Skip(dimensions).Any(p => !p.IsEmpty) || key.Positions.Length > dimensions + 1)
        {
            issues.Add(IssueCodes.KeyLength, new Location(Component: "key"), key, key.Positions.Length, dimensions);
        }

        FrozenSet<string>?[] codes = new FrozenSet<string>?[dimensions];
        for (int i = 0; i < dimensions && i < key.Positions.Length; i++)
        {
            codes[i] = key.Positions[i] switch { [] => null, [{ } only] => SetOf(only), { } several => several.ToFrozenSet(StringComparer.Ordinal) };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(codes);
    }

    private static FrozenSet<string> SetOf(string code)
    {
        if (Singles.TryGetValue(code, out FrozenSet<string>? known))
        {
            return known;
        }

        FrozenSet<string> set = FrozenSet.Create(StringComparer.Ordinal, code);
        if (code.Length <= LongestSingle && Interlocked.Increment(ref _singles) <= MostSingles)
        {
            Singles.TryAdd(code, set);
        }

        return set;
    }

    private void Sort(ComponentFilter filter, FrozenSet<string>?[] codes, List<ComponentFilter> ofSeries, List<ComponentFilter> ofObservations)
    {
        SchemaComponent? component = schema.Find(filter.ComponentId);
        switch (component)
        {
            case null:
                issues.Add(IssueCodes.UnknownQueryComponent, new Location(Component: filter.ComponentId), filter.ComponentId, schema.Reference);
                break;
            case { Role: ComponentRole.Dimension, Codes: { } list }:
                IEnumerable<string> allowed = filter.Values is { } values ? values : list.Codes.Where(c => FilterEvaluator.Matches(filter, c));
                FrozenSet<string>? before = codes[component.Index];
                codes[component.Index] = allowed.Where(c => before is null || before.Contains(c)).ToFrozenSet(StringComparer.Ordinal);
                break;
            case { Role: ComponentRole.Dimension } or { Role: ComponentRole.Attribute, Level: not AttachmentLevel.Observation }:
                ofSeries.Add(filter);
                break;
            default:
                ofObservations.Add(filter);
                break;
        }
    }

    private ObservationOrder? Order()
        => query is DataQuery { Sort: { } sort } data ? ObservationOrder.Parse(sort, schema, data.DimensionAtObservationOf(schema), issues) : null;

    private void CheckComponents()
    {
        IEnumerable<(string Id, Func<SchemaComponent, bool> Fits)> named = query switch
        {
            DataQuery data => data.Selection.AttributeIds.Select(a => (a, Role(ComponentRole.Attribute)))
                .Concat(data.Selection.MeasureIds.Select(m => (m, Role(ComponentRole.Measure)))),
            AvailabilityQuery availability => availability.Components.Select(c => (c, Role(ComponentRole.Dimension, ComponentRole.TimeDimension))),
            _ => [],
        };
        foreach ((string id, _) in named.Where(n => schema.Find(n.Id) is not { } component || !n.Fits(component)))
        {
            issues.Add(IssueCodes.UnknownQueryComponent, new Location(Component: id), id, schema.Reference);
        }

        if (query is DataQuery { DimensionAtObservation: { } at } && at != DataSchema.AllDimensions
            && schema.Find(at) is not { Role: ComponentRole.Dimension or ComponentRole.TimeDimension })
        {
            issues.Add(IssueCodes.UnknownQueryComponent, new Location(Component: "dimensionAtObservation"), at, schema.Reference);
        }
    }

    private static Func<SchemaComponent, bool> Role(params ComponentRole[] roles) => component => roles.Contains(component.Role);
}
