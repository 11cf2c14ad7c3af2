using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <content>Prints queries as addresses.</content>
public static partial class Rest2
{
    private const int MaxKeys = 1000;

    /// <summary>
    /// The address of a query, path and parameters, without the prefix of the service; null when REST 2.x cannot express it
    /// (several types at once, providers: there ask for their provision agreements; keys, times and history of reports).
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="schema">
    /// With a schema, several codes at one position of a key become a filter (<c>c[REF_AREA]=ARM,GEO</c>); without one they are
    /// multiplied out into whole keys, at most 1000.
    /// </param>
    public static string? Print(RestQuery query, DataSchema? schema = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query switch
        {
            StructureQuery structure => Print(structure),
            DataQuery data => Print(data, schema),
            AvailabilityQuery availability => Print(availability, schema),
            MetadataQuery { Key: null, StartPeriod: null, EndPeriod: null, UpdatedAfter: null, IncludeHistory: false } metadata => Print(metadata),
            RegistrationQuery registration => Print(registration),
            SchemaQuery { ExplicitMeasure: false, Context.Rest2: { } context } s => new RestUrl("schema", context, List(s.Agencies), List(s.Ids)).Part(Version(s), "~")
                .Parameter("dimensionAtObservation", s.DimensionAtObservation)
                .Parameter("asOf", s.AsOf)
                .Flag("deletion", s.ForDeletion).ToString(),
            _ => null,
        };
    }

    // The latest in production is a word of REST 1.5.
    private static string Version(RestQuery query) => string.Join(',', query.Version.Split(',').Select(v => v == "latest" ? "~" : v));

    private static string? Print(StructureQuery query)
    {
        string? type = query switch
        {
            { GeoType: GeoCodelistType.Geographic } => "geographiccodelist",
            { GeoType: GeoCodelistType.Grid } => "geogridcodelist",
            { Types.IsEmpty: true } => "*",
            { Types.Length: 1 } => query.Types[0].Rest2,
            _ => null,
        };
        if (type is null || query.Role is not null)
        {
            return null;
        }

        string[] references = [.. RestWords.References2.Where(r => r.Value != 0 && query.References.HasFlag(r.Value)).Select(r => r.Key),
            .. query.ReferenceTypes.Select(t => t.Rest2).OfType<string>()];
        return new RestUrl("structure", type)
            .Part(List(query.Agencies), "*").Part(List(query.Ids), "*").Part(Version(query), "~").Part(List(query.Items), "*")
            .Parameter("detail", query.Detail == StructureDetail.Full ? null : RestWords.Detail2.First(d => d.Value == query.Detail).Key)
            .Parameter("references", references.Length == 0 ? null : string.Join(',', references))
            .Parameter("asOf", query.AsOf).ToString();
    }

    private static string? Print(DataQuery query, DataSchema? schema) => Cube("data", query, schema)?
        .Parameter("dimensionAtObservation", query.DimensionAtObservation)
        .Parameter("firstNObservations", query.FirstNObservations)
        .Parameter("lastNObservations", query.LastNObservations)
        .Parameter("attributes", Attributes(query.Selection))
        .Parameter("measures", query.Selection.AllMeasures ? null : query.Selection.MeasureIds.IsEmpty ? "none" : string.Join(',', query.Selection.MeasureIds))
        .Flag("includeHistory", query.IncludeHistory)
        .Parameter("offset", query.Offset)
        .Parameter("limit", query.Limit)
        .Parameter("sort", query.Sort)
        .Parameter("asOf", query.AsOf).ToString();

    private static string? Print(AvailabilityQuery query, DataSchema? schema) => query.Context is null ? null : Cube("availability", query, schema)?
        .Part(List(query.Components), "*")
        .Parameter("mode", query.IsAvailableMode ? "available" : null)
        .Parameter("references", query.AllReferences ? "all" : query.ReferenceTypes.IsEmpty ? null : string.Join(',', query.ReferenceTypes.Select(t => t.Rest2))).ToString();

    private static RestUrl? Cube(string resource, CubeQuery query, DataSchema? schema)
    {
        List<ComponentFilter> filters = [.. query.Filters];
        if (!query.Providers.IsEmpty || Keys(query, schema, filters) is not { } keys)
        {
            return null;
        }

        RestUrl url = new RestUrl(resource, query.Context?.Rest2 ?? "*")
            .Part(List(query.Agencies), "*").Part(List(query.Ids), "*").Part(Version(query), "*").Part(keys, "*");
        foreach (ComponentFilter filter in filters)
        {
            url.Parameter($"c[{filter.ComponentId}]", filter.ToString());
        }

        string[] time = [.. new[] { query.StartPeriod is { } start ? $"ge:{start}" : null, query.EndPeriod is { } end ? $"le:{end}" : null }.OfType<string>()];
        return url.Parameter($"c[{schema?.TimeDimension?.Id ?? Time}]", time.Length == 0 ? null : string.Join('+', time))
            .Parameter("updatedAfter", query.UpdatedAfter)
            .Parameter("reportingYearStartDay", query.ReportingYearStartDay);
    }

    private static string? Keys(CubeQuery query, DataSchema? schema, List<ComponentFilter> filters)
    {
        if (query.Keys.IsEmpty)
        {
            return "*";
        }

        bool byFilter = schema is not null && query.Keys.Length == 1
            && query.Keys[0].Positions.Length <= schema.Dimensions.Length
            && !schema.Dimensions.Any(d => filters.Any(f => f.ComponentId == d.Id));
        if (byFilter)
        {
            ImmutableArray<ImmutableArray<string>> positions = query.Keys[0].Positions;
            for (int i = 0; i < positions.Length; i++)
            {
                if (positions[i].Length > 1)
                {
                    filters.Add(ComponentFilter.OneOf(schema!.Dimensions[i].Id, positions[i]));
                }
            }

            return Trim(positions.Select(p => p.Length == 1 ? p[0] : "*"));
        }

        List<string> keys = [];
        foreach (KeyQuery key in query.Keys)
        {
            IEnumerable<ImmutableArray<string>> product = [[]];
            foreach (ImmutableArray<string> position in key.Positions)
            {
                product = product.SelectMany(start => (position.IsEmpty ? ["*"] : position).Select(code => start.Add(code)));
            }

            keys.AddRange(product.Take(MaxKeys + 1 - keys.Count).Select(codes => Trim(codes)));
        }

        return keys.Count > MaxKeys ? null : string.Join(',', keys);
    }

    /// <summary>Wildcards at the end of a key may be left out.</summary>
    private static string Trim(IEnumerable<string> codes)
    {
        List<string> key = [.. codes];
        while (key.Count > 1 && key[^1] == "*")
        {
            key.RemoveAt(key.Count - 1);
        }

        return string.Join('.', key);
    }

    private static string? Attributes(DataSelection selection)
    {
        if (selection.Attributes == AttributeKinds.Structure && selection.AttributeIds.IsEmpty)
        {
            return null;
        }

        List<string> words = [];
        if (selection.Attributes == AttributeKinds.All)
        {
            words.Add("all");
        }
        else
        {
            bool whole = selection.Attributes.HasFlag(AttributeKinds.Structure);
            AddIf(words, whole, "dsd");
            AddIf(words, !whole && selection.Attributes.HasFlag(AttributeKinds.DataSet), "dataset");
            AddIf(words, !whole && selection.Attributes.HasFlag(AttributeKinds.Series), "series");
            AddIf(words, !whole && selection.Attributes.HasFlag(AttributeKinds.Observation), "obs");
            AddIf(words, selection.Attributes.HasFlag(AttributeKinds.Metadata), "msd");
        }

        words.AddRange(selection.AttributeIds);
        return words.Count == 0 ? "none" : string.Join(',', words);
    }

    private static void AddIf(List<string> words, bool condition, string word)
    {
        if (condition)
        {
            words.Add(word);
        }
    }

    private static string List(ImmutableArray<string> values) => values.IsEmpty ? "*" : string.Join(',', values);
}
