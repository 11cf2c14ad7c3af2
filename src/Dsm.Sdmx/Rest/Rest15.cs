using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// REST 1.5 (SDMX 2.1): <c>+</c> is OR in every part of the path, <c>all</c> and <c>latest</c> are words, keys are dotted codes.
/// <c>*</c> is understood where <c>all</c> is, because URL libraries eat <c>..</c>.
/// </summary>
public static partial class Rest15
{
    private static readonly Dictionary<string, DataSelection> Details = new()
    {
        ["full"] = DataSelection.Full,
        ["dataonly"] = DataSelection.DataOnly,
        ["serieskeysonly"] = DataSelection.SeriesKeysOnly,
        ["nodata"] = DataSelection.NoData,
    };

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
        if (resource == "namealiasscheme")
        {
            // In the OpenAPI file of 1.5, but neither in its text nor in any schema.
            issues.Add(IssueCodes.NotImplemented, Location.None, resource);
            return RestOutcome.NotImplemented;
        }

        RestQuery? parsed = resource switch
        {
            "data" => Data(request),
            "schema" => Schema(request),
            "availableconstraint" => Availability(request),
            "metadata" => Metadata(request),
            _ => Structure(request, resource),
        };
        if (parsed is null && issues.Count == before)
        {
            issues.Add(IssueCodes.NoSuchResource, Location.None, resource);
            return RestOutcome.NoSuchResource;
        }

        request.Finish();
        if (issues.Count > before)
        {
            return RestOutcome.Malformed;
        }

        query = parsed;
        return RestOutcome.Understood;
    }

    private static StructureQuery? Structure(RestRequest request, string resource)
    {
        ImmutableArray<StructureType>? found = resource switch
        {
            "structure" => [],
            _ => RestWords.Types15(resource),
        };
        if (found is not { } types)
        {
            return null;
        }

        bool hasItems = types.Length > 0 && (types[0].ItemClass is not null || types[0] == StructureType.Hierarchy);
        request.AtMost(hasItems ? 5 : 4);
        StructureReferences references = StructureReferences.None;
        ImmutableArray<StructureType> referenceTypes = [];
        if (request.Take("references") is { } word && !RestWords.References15.TryGetValue(word, out references))
        {
            if (word == "namealiasscheme" || RestWords.Types15(word) is not null)
            {
                referenceTypes = RestWords.Types15(word) ?? [];
            }
            else
            {
                request.Invalid("references", word, string.Join(" | ", RestWords.References15.Keys) + " | codelist ...");
            }
        }

        return new StructureQuery
        {
            Types = types,
            Containers = true,
            Role = resource switch { "actualconstraint" => ConstraintRole.Actual, "allowedconstraint" => ConstraintRole.Allowed, _ => null },
            Agencies = request.Agencies(request.Segment(1), '+', true),
            Ids = request.Ids("resourceID", request.Segment(2), '+', true),
            Version = Version(request, request.Segment(3)),
            Items = request.Ids("itemID", request.Segment(4), '+', true),
            Detail = request.TakeWord("detail", RestWords.Detail15) ?? StructureDetail.Full,
            References = references,
            ReferenceTypes = referenceTypes,
        };
    }

    private static DataQuery? Data(RestRequest request)
    {
        request.AtMost(4);
        DataQuery query = Cube(request, new DataQuery());
        DataSelection selection = DataSelection.Full;
        if (request.Take("detail") is { } detail && !Details.TryGetValue(detail, out selection!))
        {
            request.Invalid("detail", detail, string.Join(" | ", Details.Keys));
        }

        return query with
        {
            FirstNObservations = (int?)request.TakeNumber("firstNObservations", 1),
            LastNObservations = (int?)request.TakeNumber("lastNObservations", 1),
            DimensionAtObservation = request.TakeDimension("dimensionAtObservation"),
            Selection = selection,
            IncludeHistory = request.TakeFlag("includeHistory"),
        };
    }

    /// <summary>
    /// Reference metadata of a metadataflow. The text gives the resource the key and the parameters of data. Those about observations
    /// (how many of them, in what arrangement, with which attributes) are understood and change nothing: reports have none.
    /// </summary>
    private static MetadataQuery? Metadata(RestRequest request)
    {
        request.AtMost(4);
        (ImmutableArray<string> agencies, ImmutableArray<string> ids, string version) = Flow(request);
        if (request.Take("detail") is { } detail && !Details.ContainsKey(detail))
        {
            request.Invalid("detail", detail, string.Join(" | ", Details.Keys));
        }

        request.TakeNumber("firstNObservations", 1);
        request.TakeNumber("lastNObservations", 1);
        request.TakeDimension("dimensionAtObservation");
        return new MetadataQuery
        {
            Kind = MetadataQueryKind.Metadataflow,
            Agencies = agencies,
            Ids = ids,
            Version = version,
            Key = Key(request, request.Segment(2)) is [{ IsAll: false } key] ? key : null,
            Providers = Providers(request, request.Segment(3)),
            StartPeriod = request.TakePeriod("startPeriod"),
            EndPeriod = request.TakePeriod("endPeriod"),
            UpdatedAfter = request.TakeInstant("updatedAfter"),
            IncludeHistory = request.TakeFlag("includeHistory"),
        };
    }

    private static AvailabilityQuery Availability(RestRequest request)
    {
        request.AtMost(5);
        AvailabilityQuery query = Cube(request, new AvailabilityQuery());
        ImmutableArray<StructureType> types = [];
        bool all = false;
        if (request.Take("references") is { } references)
        {
            all = references == "all";
            if (RestWords.AvailabilityReferences.Contains(references) && references != "valuelist")
            {
                types = [StructureType.FromRest1(references)!];
            }
            else if (references is not ("all" or "none"))
            {
                request.Invalid("references", references, "none | codelist | datastructure | conceptscheme | dataflow | dataproviderscheme | all");
            }
        }

        return query with
        {
            Components = request.Ids("componentID", request.Segment(4), '+', true),
            IsAvailableMode = request.TakeWord("mode", RestWords.Modes) ?? false,
            AllReferences = all,
            ReferenceTypes = types,
        };
    }

    private static T Cube<T>(RestRequest request, T query)
        where T : CubeQuery
    {
        (ImmutableArray<string> agencies, ImmutableArray<string> ids, string version) = Flow(request);
        return query with
        {
            Agencies = agencies,
            Ids = ids,
            Version = version,
            Keys = Key(request, request.Segment(2)),
            Providers = Providers(request, request.Segment(3)),
            StartPeriod = request.TakePeriod("startPeriod"),
            EndPeriod = request.TakePeriod("endPeriod"),
            UpdatedAfter = request.TakeInstant("updatedAfter"),
        };
    }

    private static (ImmutableArray<string> Agencies, ImmutableArray<string> Ids, string Version) Flow(RestRequest request)
    {
        string[] flow = (request.Segment(1) ?? "").Split(',');
        if (request.Segment(1) is null)
        {
            request.Issues.Add(IssueCodes.MissingPathPart, new Location(Component: "flowRef"), "flowRef");
        }
        else if (flow.Length > 3)
        {
            request.InvalidPart("flowRef", request.Segment(1)!, "DF_ASYLAPP, EECA,DF_ASYLAPP, EECA,DF_ASYLAPP,1.0.0");
        }

        return (
            flow.Length > 1 ? request.Agencies(flow[0], '+', true) : [],
            flow[0].Length == 0 ? [] : request.Ids("flowRef", flow.Length > 1 ? flow[1] : flow[0], '+', true),
            Version(request, flow.Length > 2 ? flow[2] : null));
    }

    private static ImmutableArray<KeyQuery> Key(RestRequest request, string? text)
    {
        if (text is null or "all" or "*")
        {
            return [];
        }

        KeyQuery key = new([.. text.Split('.').Select(p => p is "" or "*" ? [] : p.Split('+').ToImmutableArray())]);
        if (key.Positions.Any(p => p.Any(c => !RestRequest.IdPattern().IsMatch(c))))
        {
            request.InvalidPart("key", text, "A.ARM+GEO..F, all");
        }

        return key.IsAll ? KeyQuery.All(key.Positions.Length) : [key];
    }

    private static ImmutableArray<ProviderQuery> Providers(RestRequest request, string? text)
    {
        if (text is null or "all" or "*")
        {
            return [];
        }

        ImmutableArray<ProviderQuery>.Builder providers = ImmutableArray.CreateBuilder<ProviderQuery>();
        foreach (string[] parts in text.Split('+').Select(p => p.Split(',')))
        {
            if (parts.Length > 2 || parts.Any(p => p.Length == 0))
            {
                request.InvalidPart("providerRef", text, "ARM_MCS, EECA,ARM_MCS, ARM_MCS+GEO_MIA");
                continue;
            }

            ImmutableArray<string> id = request.Ids("providerRef", parts[^1], '+', true);
            if (!id.IsEmpty)
            {
                providers.Add(new ProviderQuery(parts.Length == 2 && parts[0] is not ("all" or "*") ? parts[0] : null, id[0]));
            }
        }

        return providers.ToImmutable();
    }

    private static SchemaQuery? Schema(RestRequest request)
    {
        request.AtMost(5);
        if (request.Segment(1) is not { } context || RestWords.SchemaContext(context) is not { } type || type == StructureType.MetadataProvisionAgreement)
        {
            request.InvalidPart("context", request.Segment(1) ?? "", "datastructure | metadatastructure | dataflow | metadataflow | provisionagreement");
            return null;
        }

        ImmutableArray<string> agencies = request.Agencies(request.Segment(2), '+', true);
        ImmutableArray<string> ids = request.Ids("resourceID", request.Segment(3), '+', true);
        if (agencies.Length != 1 || ids.Length != 1)
        {
            request.Issues.Add(IssueCodes.MissingPathPart, Location.None, agencies.Length != 1 ? "agencyID" : "resourceID");
        }

        return new SchemaQuery
        {
            Context = type,
            Agencies = agencies,
            Ids = ids,
            Version = Version(request, request.Segment(4)),
            DimensionAtObservation = request.TakeDimension("dimensionAtObservation"),
            ExplicitMeasure = request.TakeFlag("explicitMeasure"),
        };
    }

    private static string Version(RestRequest request, string? text)
    {
        if (text is null)
        {
            return "latest";
        }

        string[] parts = [.. text.Split('+').Select(p => p == "all" ? "*" : p)];
        if (parts.Any(p => p is not ("latest" or "~" or "*") && !SdmxVersion.TryParse(p, out _)))
        {
            request.InvalidPart("version", text, "1.0, latest, all, 1.0+1.1");
            return "latest";
        }

        return string.Join(',', parts);
    }
}
