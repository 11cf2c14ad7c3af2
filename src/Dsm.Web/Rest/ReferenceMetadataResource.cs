using System.Collections.Immutable;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>Reference metadata (REST 1.5 and 2.2, "Metadata queries").</summary>
internal static class ReferenceMetadataResource
{
    // CSV has no place for the times of validity, without which a history means nothing.
    private static readonly ImmutableArray<SdmxFormat> Histories = [.. OfferedFormats.Metadata(RestLine.V1).Where(f => f.Syntax != "csv")];

    /// <summary>Adds the addresses.</summary>
    public static void MapReferenceMetadata(this IEndpointRouteBuilder routes)
    {
        routes.MapResource<MetadataQuery>(RestLine.V1, "/metadata/{**rest}", GetAsync);
        routes.MapResource<MetadataQuery>(RestLine.V2, "/metadata/{**rest}", GetAsync);
        routes.MapSubmission(RestLine.V2, "/metadata", ReferenceMetadataSubmission.PostAsync);
    }

    private static async Task<RestProblem?> GetAsync(RestCall call, MetadataQuery query, RestServices services, CancellationToken ct)
    {
        (ChosenFormat? chosen, RestProblem? problem) = query.IncludeHistory
            ? Negotiation.OfHistory(call, OfferedFormats.Metadata(call.Line), Histories)
            : Negotiation.Format(call, OfferedFormats.Metadata(call.Line));
        if (chosen is null)
        {
            return problem;
        }

        RegistrySnapshot registry = await services.StructuresAsync(call, query.AsOf, ct);
        MetadataShelf shelf = query switch
        {
            { AsOf: { } then } => await services.Metadata.AsOfAsync(then, ct),
            { IncludeHistory: true } => await services.Metadata.HistoryAsync(ct),
            { UpdatedAfter: { } after } => await services.Metadata.ChangesAsync(after, ct),
            _ => await services.Metadata.CurrentAsync(ct),
        };
        if (Caching.IsKnown(call, chosen, "", $"{registry.Version} {shelf.Version}", shelf.ChangedAt, services.Now, registry.ChangedAt))
        {
            return null;
        }

        MetadataSet[] answer = [.. new MetadataSelection(registry.Structures, agency => registry.Spaces.IsSeen(agency, call.Access)).Answer(query, shelf).Select(s => Fit(call, s, chosen.Format))];
        return answer.Length == 0 ? RestProblem.NoResults() : await WriteAsync(call, chosen.Format, answer, services, ct);
    }

    private static async Task<RestProblem?> WriteAsync(RestCall call, SdmxFormat format, MetadataSet[] answer, RestServices services, CancellationToken ct)
    {
        MetadataSet[] carried = [.. answer.Where(s => MetadataMessageWriters.CanWrite(format, s))];
        if (carried.Length == 0)
        {
            return RestProblem.Of(RestFault.NotAcceptable, IssueCodes.NotInFormat, answer[0].Reference, format.Name);
        }

        IssueList losses = new();
        using MemoryStream message = new();
        MetadataMessageWriters.Write(format, message, carried, services.Header("MTD"), losses, indented: false);
        if (format.Syntax == "xml" && (losses.Count > 0 || carried.Length < answer.Length))
        {
            ImmutableArray<FooterNote> footer = StructureResource.FooterOf(
                [.. answer.Except(carried).Select(s => new Issue(IssueCodes.NotCarried, Location.None, s.Reference, format.Name)), .. losses.Kept]);
            message.SetLength(0);
            MetadataMessageWriters.Write(format, message, carried, services.Header("MTD"), new IssueList(), indented: false, footer);
        }

        await StructureResource.SendAsync(call, format.MediaType, message, ct);
        return null;
    }

    /// <summary>A stub says where the whole set is; where a format demands an attribute, the id of the first one stays.</summary>
    private static MetadataSet Fit(RestCall call, MetadataSet set, SdmxFormat format)
    {
        if (!set.IsExternalReference)
        {
            return set;
        }

        HttpRequest request = call.Http.Request;
        return set with
        {
            Attributes = format.Kind == MessageKind.JsonMetadata
                ? [.. set.Attributes.Take(1).Select(a => new ReportedAttribute { Id = a.Id })]
                : format.IsVersion3 && format.Syntax == "csv" ? set.Attributes : [],
            StructureUrl = $"{request.Scheme}://{request.Host}{request.PathBase}/sdmx/v2/metadata/metadataset/{set.AgencyId}/{set.Id}/{set.Version}",
        };
    }
}
