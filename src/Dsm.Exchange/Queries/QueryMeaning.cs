using System.Collections.Immutable;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Queries;

/// <summary>A code that a query names.</summary>
/// <param name="Component">Id of the dimension, attribute or measure.</param>
/// <param name="Code">The code.</param>
public readonly record struct NamedCode(string Component, string Code);

/// <summary>
/// What a query comes down to by the structures of one moment: the same targets and the same resolver as the service has, so that what is
/// said of a query is what it would be answered.
/// </summary>
public sealed record QueryMeaning
{
    /// <summary>What the query names of the registry and fits; asked of many flows, it means those that it fits.</summary>
    public required ImmutableArray<DataTarget> Targets { get; init; }

    /// <summary>Why it fits none of what it names: the findings of the resolver; empty when it fits some, and when it names nothing that is there.</summary>
    public required ImmutableArray<Issue> Issues { get; init; }

    /// <summary>Codes it names that no list of what it fits has. They match nothing, which for the service is no error.</summary>
    public required ImmutableArray<NamedCode> Unknown { get; init; }

    /// <summary>True when the service would answer it.</summary>
    public bool IsAnswered => !Targets.IsEmpty;

    /// <summary>What a query means by some structures.</summary>
    public static QueryMeaning Of(CubeQuery query, RegistrySnapshot structures)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(structures);
        ImmutableArray<DataTarget>.Builder fitting = ImmutableArray.CreateBuilder<DataTarget>();
        List<Issue> issues = [];
        foreach (DataTarget target in DataTarget.Of(query, structures))
        {
            IssueList own = new();
            query.Resolve(target.Schema, own);
            if (own.HasErrors)
            {
                issues.AddRange(own.Kept);
            }
            else
            {
                fitting.Add(target);
            }
        }

        ImmutableArray<DataTarget> targets = fitting.ToImmutable();
        return new QueryMeaning { Targets = targets, Issues = targets.IsEmpty ? [.. issues] : [], Unknown = [.. UnknownIn(query, targets)] };
    }

    /// <summary>The codes that a query names in keys and in filters that compare for equality, by the components of a schema.</summary>
    public static IEnumerable<NamedCode> Named(CubeQuery query, DataSchema schema)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(schema);
        foreach (KeyQuery key in query.Keys)
        {
            for (int i = 0; i < Math.Min(key.Positions.Length, schema.Dimensions.Length); i++)
            {
                foreach (string code in key.Positions[i])
                {
                    yield return new NamedCode(schema.Dimensions[i].Id, code);
                }
            }
        }

        foreach (ComponentFilter filter in query.Filters)
        {
            foreach (FilterTerm term in filter.AnyOf.SelectMany(a => a).Where(t => t.Operator is FilterOperator.Equal or FilterOperator.NotEqual))
            {
                yield return new NamedCode(filter.ComponentId, term.Value);
            }
        }
    }

    private static IEnumerable<NamedCode> UnknownIn(CubeQuery query, ImmutableArray<DataTarget> targets)
    {
        HashSet<NamedCode> known = [], unknown = [];
        foreach (DataTarget target in targets)
        {
            foreach (NamedCode named in Named(query, target.Schema))
            {
                bool isUnknown = target.Schema.Find(named.Component) is { Codes: { } codes } && codes.IndexOf(named.Code) < 0;
                (isUnknown ? unknown : known).Add(named);
            }
        }

        return unknown.Where(u => !known.Contains(u)).OrderBy(u => u.Component, StringComparer.Ordinal).ThenBy(u => u.Code, StringComparer.Ordinal);
    }
}
