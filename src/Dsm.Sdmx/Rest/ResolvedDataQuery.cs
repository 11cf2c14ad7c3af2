using System.Collections.Frozen;
using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// A data query brought onto a schema: sets of codes by dimension, bounds in time, and filters that are left to be judged value by
/// value. A store turns <see cref="Codes"/>, <see cref="From"/> and <see cref="To"/> into its own selection and lets
/// <see cref="Apply"/> do the rest. Codes that no codelist has match nothing and are no error.
/// </summary>
public sealed class ResolvedDataQuery
{
    internal ResolvedDataQuery(DataSchema schema) => Schema = schema;

    /// <summary>The schema.</summary>
    public DataSchema Schema { get; }

    /// <summary>Codes by dimension position, of which one must stand in the key; null for any. With several keys it is what all together admit.</summary>
    public ImmutableArray<FrozenSet<string>?> Codes { get; internal init; } = [];

    /// <summary>When several whole keys are asked for: codes by position for each, of which one must fit; else empty.</summary>
    public ImmutableArray<ImmutableArray<FrozenSet<string>?>> Keys { get; internal init; } = [];

    /// <summary>When the reporting periods of the query begin and end.</summary>
    public ReportingCalendar Calendar { get; internal init; } = ReportingCalendar.Calendar;

    /// <summary>The order asked for; null for any. <see cref="Apply"/> does not sort: the store does.</summary>
    public ObservationOrder? Order { get; internal init; }

    /// <summary>Periods must not start before this instant; null for open.</summary>
    public DateTime? From { get; internal init; }

    /// <summary>Periods must not end after this instant (the first one after the last period); null for open.</summary>
    public DateTime? To { get; internal init; }

    /// <summary>Filters on uncoded dimensions and on attributes above the observation.</summary>
    public ImmutableArray<ComponentFilter> SeriesFilters { get; internal init; } = [];

    /// <summary>Filters on time (other than a plain range), measures and attributes of the observation.</summary>
    public ImmutableArray<ComponentFilter> ObservationFilters { get; internal init; } = [];

    /// <summary>True when nothing can match.</summary>
    public bool IsEmpty => Codes.Any(c => c is { Count: 0 }) || From >= To;

    /// <summary>True when the store's own selection by codes and bounds is all there is to do.</summary>
    public bool IsComplete => Keys.IsEmpty && SeriesFilters.IsEmpty && ObservationFilters.IsEmpty;

    /// <summary>True when a series key fits.</summary>
    /// <param name="key">Codes by dimension position.</param>
    public bool MatchesKey(IReadOnlyList<string?> key)
        => Fits(Codes, key) && (Keys.IsEmpty || Keys.Any(k => Fits(k, key)));

    /// <summary>
    /// True when a key fits whatever code it has at one position: what stays a valid choice for a dimension does not hang on what is
    /// chosen there already (REST, availability, <c>mode=available</c>).
    /// </summary>
    /// <param name="key">Codes by dimension position.</param>
    /// <param name="position">Position of the dimension that is passed over.</param>
    public bool MatchesKeyBut(IReadOnlyList<string?> key, int position)
        => Fits(Codes, key, position) && (Keys.IsEmpty || Keys.Any(k => Fits(k, key, position)));

    /// <summary>This query without any choice of keys; times and filters of attributes and measures stay.</summary>
    public ResolvedDataQuery WithoutKeys() => new(Schema)
    {
        Calendar = Calendar,
        From = From,
        To = To,
        SeriesFilters = [.. SeriesFilters.Where(f => Schema.Find(f.ComponentId) is not { Role: ComponentRole.Dimension })],
        ObservationFilters = ObservationFilters,
    };

    /// <summary>This query without any choice of times.</summary>
    public ResolvedDataQuery WithoutTimes() => new(Schema)
    {
        Calendar = Calendar,
        Codes = Codes,
        Keys = Keys,
        SeriesFilters = SeriesFilters,
        ObservationFilters = [.. ObservationFilters.Where(f => Schema.Find(f.ComponentId) is not { Role: ComponentRole.TimeDimension })],
    };

    /// <summary>True when a filter on a dimension without codes, if there is one at this position, admits a value.</summary>
    /// <param name="key">Codes by dimension position.</param>
    /// <param name="but">Position whose filter is passed over.</param>
    public bool MatchesDimensionFilters(IReadOnlyList<string?> key, int but)
        => SeriesFilters.All(f => Schema.Find(f.ComponentId) is not { Role: ComponentRole.Dimension } d || d.Index == but || FilterEvaluator.Matches(f, key[d.Index]));

    /// <summary>True when the key and the attributes of a run of a series fit.</summary>
    public bool MatchesSeries(ObservationBatch batch, int series)
    {
        ArgumentNullException.ThrowIfNull(batch);
        string?[] key = [.. batch.Dimensions.Select(d => d[series])];
        return MatchesKey(key) && SeriesFilters.All(f => FilterEvaluator.Matches(f, SeriesValue(batch, series, f.ComponentId)));
    }

    /// <summary>True when a period lies within the bounds.</summary>
    public bool MatchesPeriod(TimePeriod period)
        => (From is null && To is null) || (!period.IsNone && !(period.Start < From) && !(period.End > To));

    /// <summary>True when the period, measures and attributes of an observation fit.</summary>
    public bool MatchesObservation(ObservationBatch batch, int row)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return MatchesPeriod(batch.Periods[row]) && ObservationFilters.All(f => ObservationMatches(batch, row, f));
    }

    /// <summary>Marks the observations of a batch that do not fit as refused, so that writers pass over them. Returns how many fit.</summary>
    public int Apply(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int fitting = 0, judged = -1;
        bool seriesFits = false;
        for (int row = 0; row < batch.Count; row++)
        {
            if (batch.SeriesOf[row] != judged)
            {
                judged = batch.SeriesOf[row];
                seriesFits = MatchesSeries(batch, judged);
            }

            batch.Refused[row] |= !seriesFits || !MatchesObservation(batch, row);
            fitting += batch.Refused[row] ? 0 : 1;
        }

        return fitting;
    }

    private static bool Fits(ImmutableArray<FrozenSet<string>?> codes, IReadOnlyList<string?> key, int but = -1)
    {
        for (int i = 0; i < codes.Length && i < key.Count; i++)
        {
            if (i != but && codes[i] is { } allowed && (key[i] is not { } code || !allowed.Contains(code)))
            {
                return false;
            }
        }

        return true;
    }

    private bool ObservationMatches(ObservationBatch batch, int row, ComponentFilter filter)
    {
        SchemaComponent component = Schema.Find(filter.ComponentId)!;
        return component.Role switch
        {
            ComponentRole.TimeDimension => FilterEvaluator.Matches(filter, batch.Periods[row], Calendar),
            ComponentRole.Measure => FilterEvaluator.Matches(filter, component, batch.Measures[component.Index][row] is { Kind: not ObservationValueKind.Absent } v ? v.ToString() : null),
            _ => FilterEvaluator.Matches(filter, component, Column(batch.ObservationAttributes, component.Id)[row]),
        };
    }

    private string? SeriesValue(ObservationBatch batch, int series, string id)
    {
        SchemaComponent component = Schema.Find(id)!;
        return component.Role == ComponentRole.Dimension
            ? batch.Dimensions[component.Index][series]
            : Column(batch.SeriesAttributes, component.Id)[series];
    }

    private static ValueColumn Column(ImmutableArray<ValueColumn> columns, string id)
    {
        foreach (ValueColumn column in columns)
        {
            if (column.Component.Id == id)
            {
                return column;
            }
        }

        throw new ArgumentException($"The batch has no column {id}; it was made for another structure.", nameof(columns));
    }
}
