using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <content>Prints queries as addresses.</content>
public static partial class Rest15
{
    /// <summary>
    /// The address of a query, path and parameters, without the prefix of the service; null when REST 1.5 cannot express it
    /// (component filters, several whole keys, version wildcards, single attributes or measures, time travel).
    /// </summary>
    public static string? Print(RestQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.AsOf is not null || Version(query.Version) is not { } version ? null : query switch
        {
            StructureQuery structure => Print(structure, version),
            DataQuery data => Print(data, version),
            AvailabilityQuery availability => Print(availability, version),
            MetadataQuery { Kind: MetadataQueryKind.Metadataflow, StubsOnly: false, Ids.IsEmpty: false } metadata => new RestUrl("metadata", Flow(metadata, version)).Part(metadata.Key?.ToString() ?? "all", "all")
                .Part(Providers(metadata.Providers), "all")
                .Parameter("startPeriod", metadata.StartPeriod?.ToString())
                .Parameter("endPeriod", metadata.EndPeriod?.ToString())
                .Parameter("updatedAfter", metadata.UpdatedAfter)
                .Flag("includeHistory", metadata.IncludeHistory).ToString(),
            SchemaQuery { ForDeletion: false, Context.Rest1: { } context } schema => new RestUrl("schema", context, List(query.Agencies), List(query.Ids)).Part(version, "latest")
                .Parameter("dimensionAtObservation", schema.DimensionAtObservation)
                .Flag("explicitMeasure", schema.ExplicitMeasure).ToString(),
            _ => null,
        };
    }

    private static string? Print(StructureQuery query, string version)
    {
        string? type = query switch
        {
            { Types.IsEmpty: true } => "structure",
            { Role: ConstraintRole.Actual } => "actualconstraint",
            { Role: ConstraintRole.Allowed } => "allowedconstraint",
            _ => RestWords.Word15(query.Types),
        };
        string? references = query.ReferenceTypes switch
        {
            { IsEmpty: true } => Word(RestWords.References15, query.References),
            _ when query.References == StructureReferences.None => RestWords.Word15(query.ReferenceTypes),
            _ => null,
        };
        string? detail = Word(RestWords.Detail15, query.Detail);
        return type is null || query.GeoType is not null || references is null || detail is null ? null : new RestUrl(type)
            .Part(List(query.Agencies), "all").Part(List(query.Ids), "all").Part(version, "latest").Part(List(query.Items), "all")
            .Parameter("detail", detail == "full" ? null : detail)
            .Parameter("references", references == "none" ? null : references).ToString();
    }

    private static string? Print(DataQuery query, string version)
    {
        string? detail = Details.FirstOrDefault(d => d.Value == query.Selection).Key;
        if (detail is null || query.Offset is not null || query.Limit is not null || query.Sort is not null)
        {
            return null;
        }

        return Cube("data", query, version)?
            .Parameter("dimensionAtObservation", query.DimensionAtObservation)
            .Parameter("firstNObservations", query.FirstNObservations)
            .Parameter("lastNObservations", query.LastNObservations)
            .Parameter("detail", detail == "full" ? null : detail)
            .Flag("includeHistory", query.IncludeHistory).ToString();
    }

    private static string? Print(AvailabilityQuery query, string version)
    {
        if (query.ReferenceTypes.Length > 1 || query.ReferenceTypes.Any(t => t.Rest1 is null))
        {
            return null;
        }

        return Cube("availableconstraint", query, version)?.Part(List(query.Components), "all")
            .Parameter("mode", query.IsAvailableMode ? "available" : null)
            .Parameter("references", query.AllReferences ? "all" : query.ReferenceTypes.FirstOrDefault()?.Rest1).ToString();
    }

    private static RestUrl? Cube(string resource, CubeQuery query, string version)
    {
        if (query.Context != StructureType.Dataflow || query.Ids.IsEmpty || query.Keys.Length > 1 || !query.Filters.IsEmpty || query.ReportingYearStartDay is not null)
        {
            return null;
        }

        string key = query.Keys.All(k => k.IsAll) ? "all" : query.Keys[0].ToString();
        return new RestUrl(resource, Flow(query, version)).Part(key, "all").Part(Providers(query.Providers), "all")
            .Parameter("startPeriod", query.StartPeriod?.ToString())
            .Parameter("endPeriod", query.EndPeriod?.ToString())
            .Parameter("updatedAfter", query.UpdatedAfter);
    }

    private static string Flow(RestQuery query, string version)
        => version != "latest" ? $"{List(query.Agencies)},{List(query.Ids)},{version}"
            : query.Agencies.IsEmpty ? List(query.Ids)
            : $"{List(query.Agencies)},{List(query.Ids)}";

    private static string Providers(ImmutableArray<ProviderQuery> providers) => providers.IsEmpty ? "all" : string.Join('+', providers);

    private static string List(ImmutableArray<string> values) => values.IsEmpty ? "all" : string.Join('+', values);

    private static string? Word<T>(IReadOnlyDictionary<string, T> words, T value)
        where T : struct, Enum => words.FirstOrDefault(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Key;

    private static string? Version(string version)
    {
        string[] parts = [.. version.Split(',').Select(v => v switch { "~" => "latest", "*" => "all", _ => v })];
        return parts.Any(p => p.AsSpan().IndexOfAny('+', '*', '~') >= 0) ? null : string.Join('+', parts);
    }
}
