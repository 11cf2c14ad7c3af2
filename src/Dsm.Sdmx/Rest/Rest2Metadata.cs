using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <content>Queries for reference metadata and for registrations.</content>
public static partial class Rest2
{
    private static readonly Dictionary<string, bool> MetadataDetails = new() { ["full"] = false, ["allstubs"] = true };

    private static MetadataQuery? Metadata(RestRequest request)
    {
        string kind = request.Segment(1)!;
        MetadataQuery query = kind switch
        {
            "metadataset" => new MetadataQuery
            {
                Kind = MetadataQueryKind.MetadataSet,
                Agencies = request.Agencies(request.Segment(2), ',', false),
                Ids = request.Ids("metadatasetID", request.Segment(3), ',', false),
                Version = request.Version(request.Segment(4), "~"),
            },
            "metadataflow" => new MetadataQuery
            {
                Kind = MetadataQueryKind.Metadataflow,
                Agencies = request.Agencies(request.Segment(2), ',', false),
                Ids = request.Ids("flowID", request.Segment(3), ',', false),
                Version = request.Version(request.Segment(4), "~"),
                Providers = Providers(request, request.Segment(5)),
            },
            _ => new MetadataQuery
            {
                Kind = MetadataQueryKind.Structure,
                TargetType = request.Segment(2) is null or "*" or "all" ? null : StructureType.FromRest2(request.Segment(2)!),
                Agencies = request.Agencies(request.Segment(3), ',', false),
                Ids = request.Ids("resourceID", request.Segment(4), ',', false),
                Version = request.Version(request.Segment(5), "~"),
            },
        };
        request.AtMost(query.Kind == MetadataQueryKind.MetadataSet ? 5 : 6);
        if (query.Kind == MetadataQueryKind.Structure && query.TargetType is null && request.Segment(2) is not (null or "*" or "all"))
        {
            request.InvalidPart("artefactType", request.Segment(2)!, "dataflow | datastructure | codelist | provisionagreement ... | *");
        }

        return query with { StubsOnly = request.TakeWord("detail", MetadataDetails) ?? false, AsOf = request.TakeInstant("asOf") };
    }

    // AGENCY.PROVIDER or PROVIDER; agencies themselves may hold dots.
    private static ImmutableArray<ProviderQuery> Providers(RestRequest request, string? text)
    {
        ImmutableArray<string> names = request.Agencies(text is null || !text.Contains("*.", StringComparison.Ordinal) ? text : text.Replace("*.", "", StringComparison.Ordinal), ',', false);
        return [.. names.Select(n => n.LastIndexOf('.') is int dot and >= 0 ? new ProviderQuery(n[..dot], n[(dot + 1)..]) : new ProviderQuery(null, n))];
    }

    private static RegistrationQuery Registration(RestRequest request)
    {
        string kind = request.Segment(1) ?? "*";
        RegistrationQuery query = kind switch
        {
            "id" => new RegistrationQuery { Kind = RegistrationQueryKind.Id, RegistrationId = request.Segment(2), Version = "*" },
            "provider" => new RegistrationQuery
            {
                Kind = RegistrationQueryKind.Provider,
                Agencies = request.Agencies(request.Segment(2), ',', false),
                Ids = request.Ids("providerID", request.Segment(3), ',', false),
                Version = "*",
            },
            _ => new RegistrationQuery
            {
                Kind = RegistrationQueryKind.Structure,
                Context = RestWords.DataContext(kind),
                Agencies = request.Agencies(request.Segment(2), ',', false),
                Ids = request.Ids("resourceID", request.Segment(3), ',', false),
                Version = request.Version(request.Segment(4), "*"),
            },
        };
        request.AtMost(query.Kind switch { RegistrationQueryKind.Id => 3, RegistrationQueryKind.Provider => 4, _ => 5 });
        if (query.Kind == RegistrationQueryKind.Id)
        {
            if (query.RegistrationId is null)
            {
                request.Issues.Add(IssueCodes.MissingPathPart, Location.None, "registrationId");
            }

            return query;
        }

        return query with { UpdatedAfter = request.TakeInstant("updatedAfter"), UpdatedBefore = request.TakeInstant("updatedBefore") };
    }

    private static string Print(MetadataQuery query)
    {
        RestUrl url = query.Kind switch
        {
            MetadataQueryKind.MetadataSet => new RestUrl("metadata", "metadataset"),
            MetadataQueryKind.Metadataflow => new RestUrl("metadata", "metadataflow"),
            _ => new RestUrl("metadata", "structure").Part(query.TargetType?.Rest2 ?? "*", "*"),
        };
        url.Part(List(query.Agencies), "*").Part(List(query.Ids), "*").Part(Version(query), "~");
        if (query.Kind == MetadataQueryKind.Metadataflow)
        {
            url.Part(query.Providers.IsEmpty ? "*" : string.Join(',', query.Providers.Select(p => p.Agency is null ? p.Id : $"{p.Agency}.{p.Id}")), "*");
        }

        return url.Parameter("detail", query.StubsOnly ? "allstubs" : null).Parameter("asOf", query.AsOf).ToString();
    }

    private static string Print(RegistrationQuery query) => query.Kind == RegistrationQueryKind.Id
        ? new RestUrl("registration", "id", query.RegistrationId ?? "").ToString()
        : new RestUrl("registration").Part(query.Kind == RegistrationQueryKind.Provider ? "provider" : query.Context?.Rest2 ?? "*", "*")
            .Part(List(query.Agencies), "*").Part(List(query.Ids), "*").Part(query.Kind == RegistrationQueryKind.Provider ? "*" : Version(query), "*")
            .Parameter("updatedAfter", query.UpdatedAfter).Parameter("updatedBefore", query.UpdatedBefore).ToString();
}
