using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Rest;

/// <summary>One component by which observations are ordered.</summary>
/// <param name="Component">Dimension, time, attribute or measure.</param>
/// <param name="IsDescending">True for the highest value first.</param>
public readonly record struct OrderTerm(SchemaComponent Component, bool IsDescending);

/// <summary>
/// The order of observations that a query asks for (REST 2.2, <c>sort</c>), brought onto a schema. Codes and texts compare by
/// character code, numbers as numbers, periods by time; what has no value comes last, whichever the direction.
/// </summary>
/// <param name="Terms">Components in their sequence, each once.</param>
public sealed record ObservationOrder(ImmutableArray<OrderTerm> Terms)
{
    private const string SeriesKey = "series_key";

    /// <summary>Number of dimensions, time left out, at the beginning of the terms.</summary>
    public int LeadingDimensions => Terms.TakeWhile(t => t.Component.Role == ComponentRole.Dimension).Count();

    /// <summary>True when what comes behind the leading dimensions orders the observations of one series only, or nothing.</summary>
    /// <param name="schema">The schema.</param>
    public bool KeepsSeriesTogether(DataSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        int leading = LeadingDimensions;
        return leading == Terms.Length || leading == schema.Dimensions.Length;
    }

    /// <summary>Reads the parameter; components that the schema does not have become issues.</summary>
    /// <param name="sort">The parameter, e.g. <c>series_key:asc+TIME_PERIOD:desc</c>.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="dimensionAtObservation">Dimension that stands at the observation.</param>
    /// <param name="issues">Where problems go.</param>
    public static ObservationOrder Parse(string sort, DataSchema schema, string dimensionAtObservation, IssueList issues)
    {
        ArgumentNullException.ThrowIfNull(sort);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(issues);
        List<OrderTerm> terms = [];
        foreach (string part in sort.Split('+'))
        {
            int colon = part.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? part : part[..colon];
            bool descending = colon >= 0 && part[colon..] == ":desc";
            foreach (SchemaComponent component in Components(name, schema, dimensionAtObservation, issues))
            {
                // A component that was named before is decided already.
                if (!terms.Exists(t => t.Component == component))
                {
                    terms.Add(new OrderTerm(component, descending));
                }
            }
        }

        return new ObservationOrder([.. terms]);
    }

    /// <inheritdoc/>
    public bool Equals(ObservationOrder? other) => other is not null && Terms.SequenceEqual(other.Terms);

    /// <inheritdoc/>
    public override int GetHashCode() => Terms.Aggregate(Terms.Length, HashCode.Combine);

    private static IEnumerable<SchemaComponent> Components(string name, DataSchema schema, string dimensionAtObservation, IssueList issues)
    {
        IEnumerable<SchemaComponent> dimensions = schema.TimeDimension is { } time ? schema.Dimensions.Append(time) : schema.Dimensions;
        if (name == "*")
        {
            return dimensions;
        }

        if (name == SeriesKey && schema.Find(SeriesKey) is null)
        {
            // In a flat answer nothing is the key of a series; taken for what is one elsewhere.
            return dimensions.Where(d => d.Id != dimensionAtObservation && (dimensionAtObservation != DataSchema.AllDimensions || d.Role != ComponentRole.TimeDimension));
        }

        if (schema.Find(name) is { } component)
        {
            return [component];
        }

        issues.Add(IssueCodes.UnknownQueryComponent, new Location(Component: "sort"), name, schema.Reference);
        return [];
    }
}
