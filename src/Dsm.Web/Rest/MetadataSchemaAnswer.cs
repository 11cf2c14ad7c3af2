using System.Collections.Immutable;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>Schemas of messages of reference metadata (REST 1.5 and 2.2, "Schema queries", the contexts of metadata).</summary>
internal static class MetadataSchemaAnswer
{
    private static readonly ImmutableArray<StructureType> Communicated =
        [StructureType.MetadataStructure, StructureType.Codelist, StructureType.ValueList, StructureType.ConceptScheme, StructureType.AgencyScheme];

    /// <summary>True for the contexts of metadata.</summary>
    public static bool IsAbout(StructureType context)
        => context == StructureType.MetadataStructure || context == StructureType.Metadataflow || context == StructureType.MetadataProvisionAgreement;

    /// <summary>
    /// Tells who wants an XML Schema of SDMX-ML 3.x that there is none: from 3.0 on messages of reference metadata are generic,
    /// "regardless of the underlying metadata structure definition" (SDMXMetadataGeneric.xsd). Null for any other format.
    /// </summary>
    public static RestProblem? GenericOnly(RestCall call)
        => Negotiation.Format(call, OfferedFormats.Schemas(call.Line)).Chosen is { Format: { Syntax: "xml", Kind: MessageKind.Schema } format }
            ? RestProblem.Of(
                RestFault.NotAcceptable, IssueCodes.OnlyGeneric, format.Name, $"https://xml.sdmx.org/{format.Standard}/SDMXMetadataGeneric.xsd", Negotiation.All(OfferedFormats.MetadataSchemas(call.Line)))
            : null;

    /// <summary>Answers a query for the schema of an artefact.</summary>
    public static async Task<RestProblem?> WriteAsync(RestCall call, SdmxFormat format, Maintainable? artefact, RegistrySnapshot registry, RestServices services, CancellationToken ct)
    {
        StructureSet structures = registry.Structures;
        if (artefact is null || StructureOf(artefact, structures) is not { } structure)
        {
            return RestProblem.Of(RestFault.UnknownArtefact, IssueCodes.UnknownArtefact, call.Address.Path);
        }

        if (format.Kind is MessageKind.Structure or MessageKind.JsonStructure)
        {
            return await StructureResource.WriteAsync(call, format, Behind(structures, structure), services, ct, structures);
        }

        using MemoryStream message = new();
        if (format.Syntax == "json")
        {
            JsonMetadataSchemaWriter.Write(structures, structure, artefact.Reference, format, message);
        }
        else
        {
            MetadataSchemaWriter21.Write(structures, structure, artefact.Reference, message);
        }

        await StructureResource.SendAsync(call, format.MediaType, message, ct);
        return null;
    }

    private static MetadataStructure? StructureOf(Maintainable artefact, StructureSet structures) => artefact switch
    {
        MetadataStructure structure => structure,
        Metadataflow flow => structures.FindFrom<MetadataStructure>(flow, flow.Structure),
        MetadataProvisionAgreement agreement => structures.Find<MetadataStructure>(structures.Find<Metadataflow>(agreement.Metadataflow)?.Structure),
        _ => null,
    };

    /// <summary>The structures behind the schema; concept schemes cut to what the metadata structure uses.</summary>
    private static ImmutableArray<Maintainable> Behind(StructureSet structures, MetadataStructure structure) =>
    [
        .. new StructureSelection(structures).Answer(new StructureQuery
        {
            Types = [StructureType.MetadataStructure],
            Agencies = [structure.AgencyId],
            Ids = [structure.Id],
            Version = structure.Version.ToString(),
            References = StructureReferences.Descendants,
            Detail = StructureDetail.ReferencePartial,
        }).Where(a => Communicated.Contains(a.Type)),
    ];
}
