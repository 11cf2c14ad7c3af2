using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Rest.OpenApi;

/// <summary>What can be read in each line, with all parameters: the text behind the OpenAPI documents.</summary>
internal static class RestCatalogue
{
    /// <summary>Parameters of every resource that say what headers say, for browsers and spreadsheets.</summary>
    public static ImmutableArray<RestParameter> Everywhere { get; } =
    [
        new("format", "string", "Format, instead of Accept: a media type, its part after vnd.sdmx., or a word such as csv, jsondata, sdmx-2.1.", "application/xml"),
        new("formatVersion", "string", "Version of the format.", "2.1"),
        new("labels", "string", "CSV: codes, names or both.", "both", ["id", "name", "both"]),
        new("keys", "string", "CSV 2.x: columns with whole keys.", "none", ["none", "obs", "series", "both"]),
        new("timeFormat", "string", "CSV: periods as sent or of one length.", "original", ["original", "normalized"]),
        new("lang", "string", "Language of names, instead of Accept-Language.", "ru"),
        new("compression", "string", "Compression, instead of Accept-Encoding.", "gzip"),
        new("compress", "string", "The same.", "true"),
        new("compressed", "string", "The same.", "true"),
    ];

    private static readonly RestParameter AsOf = new("asOf", "string", "The answer as it was at a moment.", "2026-01-31T12:00:00Z");
    private static readonly RestParameter UpdatedAfter = new("updatedAfter", "string", "Only what changed after a moment; deletions are told.", "2026-01-31T12:00:00Z");
    private static readonly RestParameter First = new("firstNObservations", "integer", "At most so many observations of each series, from the first.", "1");
    private static readonly RestParameter Last = new("lastNObservations", "integer", "At most so many observations of each series, from the last.", "1");
    private static readonly RestParameter History = new("includeHistory", "boolean", "Earlier states of the data, too.", "false");
    private static readonly RestParameter AtObservation = new("dimensionAtObservation", "string", "Dimension that stands on the observation, or AllDimensions.", "AllDimensions");
    private static readonly RestParameter Mode = new("mode", "string", "What there is for the key, or what could be chosen beside it.", "exact", ["exact", "available"]);
    private static readonly RestParameter Start = new("startPeriod", "string", "First period.", "2020");
    private static readonly RestParameter End = new("endPeriod", "string", "Last period.", "2024");

    /// <summary>What can be read in a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="flow">A flow for the examples; null when there is none.</param>
    public static ImmutableArray<RestOperation> Of(RestLine line, Dataflow? flow) => line == RestLine.V1 ? Rest1(flow) : Rest2(flow);

    private static ImmutableArray<RestOperation> Rest1(Dataflow? flow)
    {
        string of = flow is null ? "" : $"{flow.AgencyId},{flow.Id},{flow.Version}";
        return
        [
            new("data", "Observations of a dataflow.", ["data", "{flowRef}", "{key}", "{providerRef}"], 2,
                [
                    Start, End, UpdatedAfter, First, Last, AtObservation, History,
                    new("detail", "string", "How much: everything, no attributes, series alone, or series without observations.", "full", ["full", "dataonly", "serieskeysonly", "nodata"]),
                ],
                OfferedFormats.Data(RestLine.V1),
                Examples(flow, ($"data/{of}?lastNObservations=1", 200, "the last observation of each series"), ($"data/{of}/all?startPeriod=yesterday", 400, "a period that nobody can read"),
                    ($"data/{of}/all?startPeriod=2999", 404, "no figures (code 100)"), ($"data/{of}?limit=1", 400, "a parameter of the other line"))),
            new("availability", "What there is of a dataflow.", ["availableconstraint", "{flowRef}", "{key}", "{providerRef}", "{componentID}"], 2,
                [Start, End, UpdatedAfter, Mode, new("references", "string", "Structures that come along, cut to what there is.", "codelist",
                    ["none", "all", "codelist", "datastructure", "conceptscheme", "dataflow", "dataproviderscheme"])],
                OfferedFormats.Structures(RestLine.V1),
                Examples(flow, ($"availableconstraint/{of}?references=codelist", 200, "codes that occur"))),
            new("schema", "Schema of structure-specific data.", ["schema", "{context}", "{agencyID}", "{resourceID}", "{version}"], 4,
                [AtObservation, new("explicitMeasure", "boolean", "A type for each measure of the measure dimension.", "false")],
                OfferedFormats.Schemas(RestLine.V1),
                Examples(flow, ($"schema/dataflow/{flow?.AgencyId}/{flow?.Id}/{flow?.Version}", 200, "the schema of a dataflow"), ("schema/codelist/SDMX/CL_FREQ", 400, "codelists have no schema"))),
            new("metadata", "Reports of reference metadata.", ["metadata", "{flowRef}", "{key}", "{providerRef}"], 2,
                [
                    Start, End, UpdatedAfter, History, new("detail", "string", "Understood, and changes nothing for reports.", "full", ["full", "dataonly", "serieskeysonly", "nodata"]),
                    WithoutEffect(First), WithoutEffect(Last), WithoutEffect(AtObservation),
                ],
                OfferedFormats.Metadata(RestLine.V1),
                [new("metadata/NOBODY,NOTHING/A.B?startPeriod=2020", 404, "no reports (code 100)")]),
            new("structures", "Structures: dataflow, datastructure, codelist, conceptscheme and every other type of SDMX 2.1; structure for all.",
                ["{structureType}", "{agencyID}", "{resourceID}", "{version}", "{itemID}"], 1,
                [
                    new("detail", "string", "How much of each artefact.", "full", ["full", "allstubs", "referencestubs", "allcompletestubs", "referencecompletestubs", "referencepartial"]),
                    new("references", "string", "Other artefacts that come along: a word, or a type such as codelist.", "none"),
                ],
                OfferedFormats.Structures(RestLine.V1),
                [
                    new("dataflow?detail=allstubs", 200, "all dataflows"),
                    .. Examples(flow, ($"dataflow/{flow?.AgencyId}/{flow?.Id}/{flow?.Version}?references=descendants", 200, "a dataflow with all it uses")),
                    new("codelist/NOBODY/NOTHING", 404, "there is no such list (code 100)"),
                    new("dataflow?detail=a-lot", 400, "a word that the parameter has not"),
                ]),
        ];
    }

    private static ImmutableArray<RestOperation> Rest2(Dataflow? flow)
    {
        string of = flow is null ? "" : $"dataflow/{flow.AgencyId}/{flow.Id}/{flow.Version}";
        RestParameter filter = new("c[TIME_PERIOD]", "string", "A filter of a component, here of time; c[...] takes any dimension, attribute or measure, once each.", "ge:2020+le:2024");
        RestParameter startDay = new("reportingYearStartDay", "string", "Day on which reporting years begin.", "--07-01");
        return
        [
            new("data", "Observations of dataflows, data structures or provision agreements.", ["data", "{context}", "{agencyID}", "{resourceID}", "{version}", "{key}"], 1,
                [
                    filter, UpdatedAfter, First, Last, AtObservation, History, AsOf, startDay,
                    new("attributes", "string", "Attributes: dsd, msd, dataset, series, obs, all, none, or ids.", "none"),
                    new("measures", "string", "Measures: all, none, or ids.", "all"),
                    new("offset", "integer", "Observations to leave out at the beginning.", "0"),
                    new("limit", "integer", "At most so many observations.", "10"),
                    new("sort", "string", "Order: ids of components joined by +, with :asc or :desc.", "TIME_PERIOD:desc"),
                ],
                OfferedFormats.Data(RestLine.V2),
                Examples(flow, ($"data/{of}?lastNObservations=1", 200, "the last observation of each series"), ($"data/{of}?limit=5", 200, "a page"),
                    ($"data/{of}/*?c[TIME_PERIOD]=ge:2999", 204, "no figures"), ($"data/{of}?startPeriod=2020", 400, "a parameter of the other line"))),
            new("availability", "What there is.", ["availability", "{context}", "{agencyID}", "{resourceID}", "{version}", "{key}", "{componentID}"], 2,
                [filter, UpdatedAfter, startDay, Mode, new("references", "string", "Structures that come along, cut to what there is; several separated by commas.", "codelist")],
                OfferedFormats.Structures(RestLine.V2),
                Examples(flow, ($"availability/{of}?references=codelist", 200, "codes that occur"), ("availability/*", 400, "availability is asked of something"))),
            new("schema", "Schema of data.", ["schema", "{context}", "{agencyID}", "{resourceID}", "{version}"], 4,
                [AtObservation, AsOf, new("deletion", "boolean", "For messages that delete.", "false")],
                OfferedFormats.Schemas(RestLine.V2),
                Examples(flow, ($"schema/{of}", 200, "the schema of a dataflow"))),
            new("metadatasets", "Reports of reference metadata.", ["metadata", "metadataset", "{providerID}", "{metadatasetID}", "{version}"], 2,
                [AsOf, new("detail", "string", "How much.", "full", ["full", "allstubs"])], OfferedFormats.Metadata(RestLine.V2), []),
            new("metadataByFlow", "Reports of reference metadata of a metadataflow.", ["metadata", "metadataflow", "{agencyID}", "{flowID}", "{version}", "{providerID}"], 2,
                [AsOf, new("detail", "string", "How much.", "full", ["full", "allstubs"])], OfferedFormats.Metadata(RestLine.V2), []),
            new("metadataByStructure", "Reports of reference metadata about structures.", ["metadata", "structure", "{artefactType}", "{agencyID}", "{resourceID}", "{version}"], 2,
                [AsOf, new("detail", "string", "How much.", "full", ["full", "allstubs"])], OfferedFormats.Metadata(RestLine.V2), []),
            new("registrations", "Registrations of data sources.", ["registration", "{context}", "{agencyID}", "{resourceID}", "{version}"], 1,
                [UpdatedAfter, new("updatedBefore", "string", "Only what changed before a moment.", "2027-01-31T12:00:00Z")], OfferedFormats.Registry, []),
            new("structures", "Structures of every type.", ["structure", "{structureType}", "{agencyID}", "{resourceID}", "{version}", "{itemID}"], 1,
                [
                    AsOf,
                    new("detail", "string", "How much of each artefact.", "full", ["full", "allstubs", "referencestubs", "allcompletestubs", "referencecompletestubs", "referencepartial", "raw"]),
                    new("references", "string", "Other artefacts that come along: words and types such as codelist, separated by commas.", "none"),
                ],
                OfferedFormats.Structures(RestLine.V2),
                [
                    new("structure/dataflow?detail=allstubs", 200, "all dataflows"),
                    .. Examples(flow, ($"structure/{of}?references=descendants", 200, "a dataflow with all it uses")),
                    new("structure/codelist/NOBODY/NOTHING", 204, "there is no such list"),
                    new("structure/dataflow?detail=a-lot", 400, "a word that the parameter has not"),
                ]),
        ];
    }

    private static RestParameter WithoutEffect(RestParameter parameter) => parameter with { Description = "About observations; understood, and changes nothing for reports." };

    private static ImmutableArray<RestExample> Examples(Dataflow? flow, params ReadOnlySpan<(string Request, int Status, string What)> examples)
    {
        ImmutableArray<RestExample>.Builder made = ImmutableArray.CreateBuilder<RestExample>();
        foreach ((string request, int status, string what) in flow is null ? [] : examples)
        {
            made.Add(new RestExample(request, status, what));
        }

        return made.ToImmutable();
    }
}
