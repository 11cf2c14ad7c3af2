using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Attributes of groups that depend on the same dimensions.</summary>
/// <param name="Dimensions">Positions of the dimensions, rising.</param>
/// <param name="Attributes">Positions of the attributes among those of groups.</param>
/// <param name="Columns">Positions of the attributes among those above the observation.</param>
internal sealed record JsonGroupKind(int[] Dimensions, int[] Attributes, int[] Columns)
{
    /// <summary>The kinds of a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="onGroups">Positions, among the attributes above the observation, of those that stand on groups.</param>
    public static ImmutableArray<JsonGroupKind> Of(DataSchema schema, int[] onGroups)
        => [.. Enumerable.Range(0, onGroups.Length)
            .GroupBy(i => string.Join('.', schema.SeriesAttributes[onGroups[i]].GroupDimensions.Order()))
            .Select(g => new JsonGroupKind([.. schema.SeriesAttributes[onGroups[g.First()]].GroupDimensions.Order()], [.. g], [.. g.Select(i => onGroups[i])]))];
}
