using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Rest;

/// <content>Parameters that only REST 2.x has: component filters, choice of attributes and measures, order.</content>
public static partial class Rest2
{
    private const string Time = "TIME_PERIOD";

    private static (TimePeriod? Start, TimePeriod? End, ImmutableArray<ComponentFilter> Filters) Filters(RestRequest request)
    {
        TimePeriod? start = null, end = null;
        ImmutableArray<ComponentFilter>.Builder filters = ImmutableArray.CreateBuilder<ComponentFilter>();
        HashSet<string> seen = [];
        foreach ((string component, string value) in request.TakeFilters())
        {
            if (!seen.Add(component))
            {
                request.Issues.Add(IssueCodes.RepeatedParameter, new Location(Component: component), $"c[{component}]");
            }

            if (!RestRequest.IdPattern().IsMatch(component) || Filter(component, value) is not { } filter)
            {
                request.Issues.Add(IssueCodes.InvalidFilter, new Location(Component: component), component, value);
                continue;
            }

            if (component == Time && !TimesCanBeRead(request, filter))
            {
                continue;
            }

            if (component != Time || !IsPlainRange(filter, out start, out end))
            {
                filters.Add(filter);
            }
        }

        return (start, end, filters.ToImmutable());
    }

    private static ComponentFilter? Filter(string component, string text)
    {
        ImmutableArray<ImmutableArray<FilterTerm>>.Builder alternatives = ImmutableArray.CreateBuilder<ImmutableArray<FilterTerm>>();
        foreach (string alternative in text.Split(','))
        {
            ImmutableArray<FilterTerm>.Builder all = ImmutableArray.CreateBuilder<FilterTerm>();
            foreach (string part in alternative.Split('+'))
            {
                FilterOperator? named = part.Length > 2 && part[2] == ':' ? FilterTerm.OperatorOf(part[..2]) : null;
                string value = named is null ? part : part[3..];
                if (value.Length == 0)
                {
                    return null;
                }

                all.Add(new FilterTerm(named ?? FilterOperator.Equal, value));
            }

            alternatives.Add(all.ToImmutable());
        }

        return new ComponentFilter(component, alternatives.ToImmutable());
    }

    private static bool TimesCanBeRead(RestRequest request, ComponentFilter filter)
    {
        FilterTerm[] bad = [.. filter.AnyOf.SelectMany(a => a).Where(t => !TimePeriod.TryParse(t.Value, out _)
            && t.Operator is not (FilterOperator.Contains or FilterOperator.NotContains or FilterOperator.StartsWith or FilterOperator.EndsWith))];
        foreach (FilterTerm term in bad)
        {
            request.Invalid($"c[{Time}]", term.ToString(), "2024, 2024-03, 2024-Q1, ge:2020+le:2024");
        }

        return bad.Length == 0;
    }

    /// <summary><c>ge:A</c>, <c>le:B</c> and <c>ge:A+le:B</c> are the start and end period of REST 1.5.</summary>
    private static bool IsPlainRange(ComponentFilter filter, out TimePeriod? start, out TimePeriod? end)
    {
        start = end = null;
        if (filter.AnyOf.Length != 1 || filter.AnyOf[0].Length > 2)
        {
            return false;
        }

        foreach (FilterTerm term in filter.AnyOf[0])
        {
            if (!TimePeriod.TryParse(term.Value, out TimePeriod period))
            {
                return false;
            }

            switch (term.Operator)
            {
                case FilterOperator.GreaterOrEqual when start is null:
                    start = period;
                    break;
                case FilterOperator.LessOrEqual when end is null:
                    end = period;
                    break;
                default:
                    start = end = null;
                    return false;
            }
        }

        return true;
    }

    private static DataSelection Selection(RestRequest request)
    {
        DataSelection selection = DataSelection.Full;
        if (request.Take("attributes") is { } attributes)
        {
            AttributeKinds kinds = AttributeKinds.None;
            ImmutableArray<string>.Builder ids = ImmutableArray.CreateBuilder<string>();
            foreach (string word in attributes.Split(','))
            {
                AttributeKinds? kind = word switch
                {
                    "dsd" => AttributeKinds.Structure,
                    "msd" => AttributeKinds.Metadata,
                    "dataset" => AttributeKinds.DataSet,
                    "series" => AttributeKinds.Series,
                    "obs" => AttributeKinds.Observation,
                    "all" => AttributeKinds.All,
                    "none" => AttributeKinds.None,
                    _ => null,
                };
                kinds |= kind ?? AttributeKinds.None;
                if (kind is null)
                {
                    ids.Add(Id(request, "attributes", word, "dsd | msd | dataset | series | obs | all | none | OBS_STATUS ..."));
                }
            }

            selection = selection with { Attributes = kinds, AttributeIds = ids.ToImmutable() };
        }

        if (request.Take("measures") is { } measures && measures != "all")
        {
            selection = selection with
            {
                AllMeasures = false,
                MeasureIds = measures == "none" ? [] : [.. measures.Split(',').Select(m => Id(request, "measures", m, "all | none | OBS_VALUE ..."))],
            };
        }

        return selection;
    }

    private static string? Sort(RestRequest request)
    {
        string? sort = request.Take("sort");
        if (sort is not null && !SortPattern().IsMatch(sort))
        {
            request.Invalid("sort", sort, "REF_AREA+TIME_PERIOD:desc, series_key:asc");
            return null;
        }

        return sort;
    }

    private static string Id(RestRequest request, string parameter, string word, string expected)
    {
        if (!RestRequest.IdPattern().IsMatch(word))
        {
            request.Invalid(parameter, word, expected);
        }

        return word;
    }

    [GeneratedRegex(@"^([A-Za-z0-9_@$\-]+|\*)(:asc|:desc)?(\+([A-Za-z0-9_@$\-]+|\*)(:asc|:desc)?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SortPattern();

    [GeneratedRegex(@"^--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\z", RegexOptions.CultureInvariant)]
    private static partial Regex StartDayPattern();
}
