using System.Collections.Immutable;

namespace Dsm.Sdmx.Rest;

/// <summary>Comparison of a filter (REST 2.x, "Component filters").</summary>
public enum FilterOperator
{
    /// <summary><c>eq</c>, also when no operator is written.</summary>
    Equal,

    /// <summary><c>ne</c></summary>
    NotEqual,

    /// <summary><c>lt</c></summary>
    Less,

    /// <summary><c>le</c></summary>
    LessOrEqual,

    /// <summary><c>gt</c></summary>
    Greater,

    /// <summary><c>ge</c></summary>
    GreaterOrEqual,

    /// <summary><c>co</c></summary>
    Contains,

    /// <summary><c>nc</c></summary>
    NotContains,

    /// <summary><c>sw</c></summary>
    StartsWith,

    /// <summary><c>ew</c></summary>
    EndsWith,
}

/// <summary>One comparison of a filter.</summary>
/// <param name="Operator">The comparison.</param>
/// <param name="Value">What is compared with.</param>
public readonly record struct FilterTerm(FilterOperator Operator, string Value)
{
    private static readonly string[] Names = ["eq", "ne", "lt", "le", "gt", "ge", "co", "nc", "sw", "ew"];

    /// <summary>The operator with a name; null when there is none.</summary>
    public static FilterOperator? OperatorOf(string name)
    {
        int index = Array.IndexOf(Names, name);
        return index < 0 ? null : (FilterOperator)index;
    }

    /// <summary>The term as written; <c>eq</c> is left out, except where the value itself begins like an operator.</summary>
    public override string ToString()
        => Operator == FilterOperator.Equal && !(Value.Length > 2 && Value[2] == ':' && OperatorOf(Value[..2]) is not null)
            ? Value
            : $"{Names[(int)Operator]}:{Value}";
}

/// <summary>
/// Filter on one dimension, attribute or measure: <c>c[COMP]=A,ge:B+le:C</c> means A, or (at least B and at most C).
/// An operator binds only to its own value.
/// </summary>
/// <param name="ComponentId">Id of the component.</param>
/// <param name="AnyOf">Alternatives; in each, all terms must hold.</param>
public sealed record ComponentFilter(string ComponentId, ImmutableArray<ImmutableArray<FilterTerm>> AnyOf)
{
    /// <summary>Filter on one of several values.</summary>
    public static ComponentFilter OneOf(string componentId, params IEnumerable<string> values)
        => new(componentId, [.. values.Select(v => ImmutableArray.Create(new FilterTerm(FilterOperator.Equal, v)))]);

    /// <summary>The values when the filter is a plain list of values; null when it compares otherwise.</summary>
    public ImmutableArray<string>? Values
        => AnyOf.All(a => a.Length == 1 && a[0].Operator == FilterOperator.Equal) ? [.. AnyOf.Select(a => a[0].Value)] : null;

    /// <summary>True when a value fulfils the filter; the function judges one term.</summary>
    public bool Holds(Func<FilterTerm, bool> term)
    {
        foreach (ImmutableArray<FilterTerm> all in AnyOf)
        {
            if (all.All(term))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Equals(ComponentFilter? other)
        => other is not null && ComponentId == other.ComponentId && AnyOf.Length == other.AnyOf.Length
            && AnyOf.Zip(other.AnyOf).All(p => p.First.SequenceEqual(p.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ComponentId, AnyOf.Length);

    /// <summary>The right side of the parameter, not encoded.</summary>
    public override string ToString() => string.Join(',', AnyOf.Select(all => string.Join('+', all)));
}
