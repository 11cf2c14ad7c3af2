using System.Collections.Immutable;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>Data (REST 1.5 and 2.2, "Data queries").</summary>
internal static class DataResource
{
    // CSV has no place for the times of validity, without which a history means nothing.
    private static readonly ImmutableArray<SdmxFormat> Histories1 = [.. OfferedFormats.Data(RestLine.V1).Where(f => f.Kind != MessageKind.CsvData)];
    private static readonly ImmutableArray<SdmxFormat> Histories2 = [.. OfferedFormats.Data(RestLine.V2).Where(f => f.Kind != MessageKind.CsvData)];

    /// <summary>Adds the addresses.</summary>
    public static void MapData(this IEndpointRouteBuilder routes)
    {
        routes.MapResource<DataQuery>(RestLine.V1, "/data/{**rest}", GetAsync);
        routes.MapResource<DataQuery>(RestLine.V2, "/data/{**rest}", GetAsync);
    }

    private static async Task<RestProblem?> GetAsync(RestCall call, DataQuery query, RestServices services, CancellationToken ct)
    {
        (ChosenFormat? chosen, RestProblem? unacceptable) = query.IncludeHistory
            ? Negotiation.OfHistory(call, OfferedFormats.Data(call.Line), call.Line == RestLine.V1 ? Histories1 : Histories2)
            : Negotiation.Format(call, OfferedFormats.Data(call.Line));
        if (chosen is null)
        {
            return unacceptable;
        }

        (CubeSelection? selection, RestProblem? problem) = await CubeSelection.OfAsync(call, query, services, ct);
        if (selection is null || (problem = Misfit(query, chosen.Format, selection)) is not null)
        {
            return problem;
        }

        ImmutableArray<string> languages = LanguageNegotiation.Preferred(call);
        if (chosen.Format.Kind == MessageKind.JsonData)
        {
            // JSON says in which languages it is: those asked for that there are, else the one that stands in for them.
            languages = LanguageNegotiation.Spoken(languages, selection.Targets.Select(t => t.Target.Schema.Languages));
        }

        // CSV has the languages of texts in its header even where it shows no names of codes: fields may hold others than names do.
        bool hasNames = chosen.Format.Kind is MessageKind.JsonData or MessageKind.CsvData;
        string named = hasNames ? string.Join(',', languages) : "";
        bool isKnown = Caching.IsKnown(call, chosen, named, selection.State, selection.ChangedAt, services.Now, selection.Structures.ChangedAt);
        services.Unchanged.Keep(call, selection.Structures, selection.Flows);
        if (isKnown)
        {
            return null;
        }

        DataWriterOptions options = new()
        {
            DimensionAtObservation = query.DimensionAtObservation,
            Selection = query.Selection,
            Labels = chosen.Labels,
            Keys = chosen.Keys,
            TimeFormat = chosen.TimeFormat,
            Languages = languages,
        };
        DataAnswer answer = new(call, query, chosen.Format, options, services);
        return await services.Answers.ServeAsync(call, Caching.KeyOf(call), (sink, end) => services.WithPlaceAsync(call, () => answer.WriteAsync(selection.Targets, sink, end), end), ct);
    }

    private static RestProblem? Misfit(DataQuery query, SdmxFormat format, CubeSelection selection)
    {
        foreach ((DataTarget target, _) in selection.Targets)
        {
            DataSchema schema = target.Schema;
            string at = query.DimensionAtObservationOf(schema);
            if (format.IsTimeSeries && at != schema.TimeDimension?.Id)
            {
                return RestProblem.Of(RestFault.Semantic, IssueCodes.ParameterConflict, $"dimensionAtObservation={at}", format.MediaType);
            }

            if (at != DataSchema.AllDimensions && schema.Find(at) is not { Role: ComponentRole.Dimension or ComponentRole.TimeDimension })
            {
                return RestProblem.Of(RestFault.Semantic, IssueCodes.UnknownQueryComponent, at, schema.Reference);
            }
        }

        return null;
    }
}
