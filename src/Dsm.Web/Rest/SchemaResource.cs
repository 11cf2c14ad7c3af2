using System.Collections.Immutable;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>Schemas of structure-specific messages (REST 1.5 and 2.2, "Schema queries").</summary>
internal static class SchemaResource
{
    private static readonly ImmutableArray<StructureType> Communicated =
        [StructureType.DataStructure, StructureType.Codelist, StructureType.ValueList, StructureType.ConceptScheme, StructureType.AgencyScheme];

    /// <summary>Adds the addresses.</summary>
    public static void MapSchemas(this IEndpointRouteBuilder routes)
    {
        routes.MapResource<SchemaQuery>(RestLine.V1, "/schema/{**rest}", GetAsync);
        routes.MapResource<SchemaQuery>(RestLine.V2, "/schema/{**rest}", GetAsync);
    }

    private static async Task<RestProblem?> GetAsync(RestCall call, SchemaQuery query, RestServices services, CancellationToken ct)
    {
        bool isOfMetadata = MetadataSchemaAnswer.IsAbout(query.Context);
        (ChosenFormat? chosen, RestProblem? problem) = Negotiation.Format(call, isOfMetadata ? OfferedFormats.MetadataSchemas(call.Line) : OfferedFormats.Schemas(call.Line));
        if (chosen is null)
        {
            return isOfMetadata ? MetadataSchemaAnswer.GenericOnly(call) ?? problem : problem;
        }

        RegistrySnapshot registry = await services.StructuresAsync(call, query.AsOf, ct);
        if (Caching.IsKnown(call, chosen, string.Join(',', LanguageNegotiation.OfStructures(call)), registry.Version, registry.ChangedAt, services.Now))
        {
            return null;
        }

        Maintainable? artefact = query.Select(registry.Structures.All.Where(a => a.Type == query.Context)).LastOrDefault();
        if (isOfMetadata)
        {
            return await MetadataSchemaAnswer.WriteAsync(call, chosen.Format, artefact, registry, services, ct);
        }

        DataSchema? schema = artefact is null ? null : registry.Schema(artefact.Reference);
        if (schema is null)
        {
            return RestProblem.Of(RestFault.UnknownArtefact, IssueCodes.UnknownArtefact, call.Address.Path);
        }

        if (Misfit(query, schema) is { } misfit)
        {
            return misfit;
        }

        return chosen.Format.Kind is MessageKind.Structure or MessageKind.JsonStructure
            ? await StructureResource.WriteAsync(call, chosen.Format, Structures(registry, artefact!), services, ct, registry.Structures)
            : await WriteAsync(call, chosen.Format, query, schema, artefact!, Measures(registry, query, schema), ct);
    }

    private static RestProblem? Misfit(SchemaQuery query, DataSchema schema)
    {
        return query.DimensionAtObservation is { } at && at != DataSchema.AllDimensions && !schema.Structure.Dimensions.Any(d => d.Id == at)
            ? RestProblem.Of(RestFault.Semantic, IssueCodes.UnknownQueryComponent, at, schema.Reference)
            : null;
    }

    private static async Task<RestProblem?> WriteAsync(RestCall call, SdmxFormat format, SchemaQuery query, DataSchema schema, Maintainable artefact, ConceptScheme? measures, CancellationToken ct)
    {
        using MemoryStream message = new();
        if (format.Syntax == "json")
        {
            JsonDataSchemaWriter.Write(schema, format, message);
        }
        else
        {
            SdmxNamespaces namespaces = format == MediaTypes.SchemaXml21 ? SdmxNamespaces.V21 : format == MediaTypes.SchemaXml30 ? SdmxNamespaces.V30 : SdmxNamespaces.V31;
            string? at = measures is null ? query.DimensionAtObservation : MeasureDimension(schema)!.Id;
            StructureSpecificSchemaWriter.Write(schema, artefact.Reference, namespaces, at, message, query.ForDeletion, measures);
        }

        await StructureResource.SendAsync(call, format.MediaType, message, ct);
        return null;
    }

    private static Dimension? MeasureDimension(DataSchema schema) => schema.Structure.Dimensions.FirstOrDefault(d => d.IsMeasureDimension);

    /// <summary>The concepts of the measure dimension when each is to have a type of its own; null when not, or when there is no such dimension.</summary>
    private static ConceptScheme? Measures(RegistrySnapshot registry, SchemaQuery query, DataSchema schema)
        => query.ExplicitMeasure && MeasureDimension(schema)?.Representation?.Enumeration is { } list ? registry.Structures.Find(list) as ConceptScheme : null;

    /// <summary>The structures behind the schema, cut to what the constraints allow.</summary>
    private static ImmutableArray<Maintainable> Structures(RegistrySnapshot registry, Maintainable artefact)
    {
        StructureQuery query = new()
        {
            Types = [artefact.Type],
            Agencies = [artefact.AgencyId],
            Ids = [artefact.Id],
            Version = artefact.Version.ToString(),
            References = StructureReferences.Descendants,
            Detail = StructureDetail.ReferencePartial,
        };
        return [.. new StructureSelection(registry.Structures).Answer(query).Where(a => Communicated.Contains(a.Type))];
    }
}
