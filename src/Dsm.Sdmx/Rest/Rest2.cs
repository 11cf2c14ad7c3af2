using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// REST 2.0 to 2.2 (SDMX 3.x): <c>,</c> is OR, <c>*</c> is all, <c>~</c> the latest version, <c>+</c> the latest stable version
/// (in versions) or AND (in filters).
/// </summary>
public static partial class Rest2
{
    /// <summary>Reads an address; false when it cannot be served, with the reason among the issues.</summary>
    /// <param name="path">Path after the prefix of the service, as received (not decoded).</param>
    /// <param name="queryString">Query string as received, with or without its question mark; null for none.</param>
    /// <param name="query">The query.</param>
    /// <param name="issues">Where problems go.</param>
    public static bool TryParse(string path, string? queryString, [NotNullWhen(true)] out RestQuery? query, IssueList issues)
        => Parse(path, queryString, issues, out query) == RestOutcome.Understood && query is not null;

    /// <summary>Reads an address and says what became of it.</summary>
    public static RestOutcome Parse(string path, string? queryString, IssueList issues, out RestQuery? query)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(issues);
        query = null;
        long before = issues.Count;
        RestRequest request = new(path, queryString, issues);
        string resource = request.Segments[0];
        string? type = resource == "structure" ? request.Segment(1) : null;
        if (!IsResource(resource, request.Segment(1))
            || (type is not (null or "*" or "all") && StructureType.FromRest2(type) is null && RestWords.GeoType(type) is null))
        {
            issues.Add(IssueCodes.NoSuchResource, Location.None, string.Join('/', request.Segments.Take(2)));
            return RestOutcome.NoSuchResource;
        }

        RestQuery? parsed = resource switch
        {
            "data" => Data(request),
            "schema" => Schema(request),
            "availability" => Availability(request),
            "metadata" => Metadata(request),
            "registration" => Registration(request),
            _ => Structure(request, type),
        };
        request.Finish();
        if (issues.Count > before)
        {
            return RestOutcome.Malformed;
        }

        query = parsed;
        return RestOutcome.Understood;
    }

    private static bool IsResource(string resource, string? kind) => resource switch
    {
        "structure" or "data" or "availability" or "schema" => true,
        "metadata" => kind is "metadataset" or "metadataflow" or "structure",
        "registration" => kind is null or "*" or "id" or "provider" || RestWords.DataContext(kind) is not null,
        _ => false,
    };

    private static StructureQuery Structure(RestRequest request, string? word)
    {
        // The text asks for 'all' types in an example.
        GeoCodelistType? geo = word is null ? null : RestWords.GeoType(word);
        StructureType? type = word is null or "*" or "all" ? null : geo is not null ? StructureType.Codelist : StructureType.FromRest2(word);
        request.AtMost(type is null || type.ItemClass is not null || type == StructureType.Hierarchy ? 6 : 5);
        (StructureReferences references, ImmutableArray<StructureType> types) = References(request);
        return new StructureQuery
        {
            Types = type is null ? [] : [type],
            GeoType = geo,
            Agencies = request.Agencies(request.Segment(2), ',', false),
            Ids = request.Ids("resourceID", request.Segment(3), ',', false),
            Version = request.Version(request.Segment(4), "~"),
            Items = type == StructureType.ValueList ? Values(request.Segment(5)) : request.Ids("itemID", request.Segment(5), ',', false),
            Detail = request.TakeWord("detail", RestWords.Detail2) ?? StructureDetail.Full,
            References = references,
            ReferenceTypes = types,
            AsOf = request.TakeInstant("asOf"),
        };
    }

    // Values of value lists are any text.
    private static ImmutableArray<string> Values(string? text) => text is null or "*" ? [] : [.. text.Split(',').Distinct()];

    private static (StructureReferences References, ImmutableArray<StructureType> Types) References(RestRequest request)
    {
        StructureReferences references = StructureReferences.None;
        ImmutableArray<StructureType>.Builder types = ImmutableArray.CreateBuilder<StructureType>();
        foreach (string word in request.Take("references")?.Split(',') ?? [])
        {
            if (RestWords.References2.TryGetValue(word, out StructureReferences known))
            {
                references |= known;
            }
            else if (StructureType.FromRest2(word) is { } type)
            {
                types.Add(type);
            }
            else if (word is not ("structureset" or "namealiasscheme"))
            {
                request.Invalid("references", word, string.Join(" | ", RestWords.References2.Keys) + " | codelist ...");
            }
        }

        return (references, types.ToImmutable());
    }

    private static DataQuery Data(RestRequest request)
    {
        request.AtMost(6);
        DataQuery query = Cube(request, new DataQuery(), true) with
        {
            FirstNObservations = (int?)request.TakeNumber("firstNObservations", 1),
            LastNObservations = (int?)request.TakeNumber("lastNObservations", 1),
            DimensionAtObservation = request.TakeDimension("dimensionAtObservation"),
            Selection = Selection(request),
            IncludeHistory = request.TakeFlag("includeHistory"),
            Offset = request.TakeNumber("offset", 0),
            Limit = request.TakeNumber("limit", 1),
            Sort = Sort(request),
            AsOf = request.TakeInstant("asOf"),
        };
        if (query.UpdatedAfter > query.AsOf)
        {
            request.Issues.Add(IssueCodes.ParameterConflict, new Location(Component: "updatedAfter"), "updatedAfter", "asOf");
        }

        return query;
    }

    private static AvailabilityQuery Availability(RestRequest request)
    {
        request.AtMost(7);
        AvailabilityQuery query = Cube(request, new AvailabilityQuery(), false);
        bool all = false;
        ImmutableArray<StructureType>.Builder types = ImmutableArray.CreateBuilder<StructureType>();
        foreach (string word in request.Take("references")?.Split(',') ?? [])
        {
            all |= word == "all";
            if (RestWords.AvailabilityReferences.Contains(word))
            {
                types.Add(StructureType.FromRest2(word)!);
            }
            else if (word is not ("all" or "none"))
            {
                request.Invalid("references", word, "none | all | " + string.Join(" | ", RestWords.AvailabilityReferences.Order(StringComparer.Ordinal)));
            }
        }

        return query with
        {
            Components = request.Ids("componentID", request.Segment(6), ',', false),
            IsAvailableMode = request.TakeWord("mode", RestWords.Modes) ?? false,
            AllReferences = all,
            ReferenceTypes = types.ToImmutable(),
        };
    }

    private static T Cube<T>(RestRequest request, T query, bool anyContext)
        where T : CubeQuery
    {
        string? word = request.Segment(1);
        StructureType? context = word is null ? null : RestWords.DataContext(word);
        if (context is null && !(anyContext && word is null or "*"))
        {
            request.InvalidPart("context", word ?? "", "datastructure | dataflow | provisionagreement");
        }

        string? startDay = request.Take("reportingYearStartDay");
        if (startDay is not null && (!StartDayPattern().IsMatch(startDay) || !DateOnly.TryParseExact("2024" + startDay[1..], "yyyy-MM-dd", out _)))
        {
            request.Invalid("reportingYearStartDay", startDay, "--07-01");
        }

        (TimePeriod? start, TimePeriod? end, ImmutableArray<ComponentFilter> filters) = Filters(request);
        return query with
        {
            Context = context,
            Agencies = request.Agencies(request.Segment(2), ',', false),
            Ids = request.Ids("resourceID", request.Segment(3), ',', false),
            Version = request.Version(request.Segment(4), "*"),
            Keys = Keys(request, request.Segment(5)),
            Filters = filters,
            StartPeriod = start,
            EndPeriod = end,
            UpdatedAfter = request.TakeInstant("updatedAfter"),
            ReportingYearStartDay = startDay == "--01-01" ? null : startDay,
        };
    }

    private static ImmutableArray<KeyQuery> Keys(RestRequest request, string? text)
    {
        if (text is null or "*")
        {
            return [];
        }

        if (text.Split(',') is { Length: > 1 } several && several.Contains(""))
        {
            request.InvalidPart("key", text, "A.ARM.*,A.GEO.*");
            return [];
        }

        ImmutableArray<KeyQuery> keys = [.. text.Split(',').Select(key => new KeyQuery(
            [.. key.Split('.').Select(p => p is "*" or "" ? ImmutableArray<string>.Empty : [p])]))];
        if (keys.Any(k => k.Positions.Any(p => p.Any(c => c.Contains('+', StringComparison.Ordinal) || c.Any(char.IsWhiteSpace)))))
        {
            request.InvalidPart("key", text, "A.ARM.*, A.ARM.*,A.GEO.*");
        }

        return keys.Any(k => k.IsAll) ? KeyQuery.All(keys.Max(k => k.Positions.Length)) : keys;
    }

    private static SchemaQuery? Schema(RestRequest request)
    {
        request.AtMost(5);
        if (request.Segment(1) is not { } context || RestWords.SchemaContext(context) is not { } type)
        {
            request.InvalidPart("context", request.Segment(1) ?? "", "datastructure | dataflow | provisionagreement | metadatastructure | metadataflow | metadataprovisionagreement");
            return null;
        }

        ImmutableArray<string> agencies = request.Agencies(request.Segment(2), ',', false);
        ImmutableArray<string> ids = request.Ids("resourceID", request.Segment(3), ',', false);
        if (agencies.Length != 1 || ids.Length != 1)
        {
            request.Issues.Add(IssueCodes.MissingPathPart, Location.None, agencies.Length != 1 ? "agencyID" : "resourceID");
        }

        return new SchemaQuery
        {
            Context = type,
            Agencies = agencies,
            Ids = ids,
            Version = request.Version(request.Segment(4), "~"),
            DimensionAtObservation = request.TakeDimension("dimensionAtObservation"),
            ForDeletion = request.TakeFlag("deletion"),
            AsOf = request.TakeInstant("asOf"),
        };
    }
}
