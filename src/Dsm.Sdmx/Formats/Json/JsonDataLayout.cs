using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// At which level the components of a data set are presented in JSON. Nothing is known of the values beforehand, so that dimensions
/// with one value stand with the others, not at the data set. Attributes of the data set stand there, those of groups at
/// <c>dimensionGroup</c> (2.x); others at the series when the dimension at the observation is not among those they depend on.
/// </summary>
internal sealed class JsonDataLayout
{
    private const int MostKept = 64;
    private static readonly ConditionalWeakTable<DataSchema, ConcurrentDictionary<(string At, JsonVersion Version, bool IsDeletion, DataSelection Selection), JsonDataLayout>> Known = [];

    private JsonDataLayout(DataSchema schema, string dimensionAtObservation) => (Schema, DimensionAtObservation) = (schema, dimensionAtObservation);

    public DataSchema Schema { get; }

    /// <summary>Dimension id or <c>AllDimensions</c>.</summary>
    public string DimensionAtObservation { get; }

    public bool IsFlat => DimensionAtObservation == DataSchema.AllDimensions;

    /// <summary>Position of the dimension at the observation; -1 for time and for flat.</summary>
    public int ObservationDimension { get; private init; } = -1;

    /// <summary>Positions of the dimensions other than time that stand on the series, or in flat data on the observation.</summary>
    public int[] KeyDimensions { get; private init; } = [];

    /// <summary>True when the time dimension is among those of the series.</summary>
    public bool HasTimeInSeries => ObservationDimension >= 0 && Schema.TimeDimension is not null;

    /// <summary>Positions among the attributes above the observation that stand on the data set.</summary>
    public int[] OnDataSet { get; private init; } = [];

    /// <summary>Positions among the attributes above the observation that stand on groups.</summary>
    public int[] OnGroups { get; private init; } = [];

    /// <summary>Positions among the attributes above the observation that stand on the series.</summary>
    public int[] OnSeries { get; private init; } = [];

    /// <summary>Positions among the attributes above the observation that stand on the observation here.</summary>
    public int[] OnObservation { get; private init; } = [];

    /// <summary>Positions of the attributes of the observation.</summary>
    public int[] ObservationAttributes { get; private init; } = [];

    /// <summary>Positions of the measures.</summary>
    public int[] Measures { get; private init; } = [];

    public bool WritesObservations { get; private init; }

    /// <summary>
    /// For each dimension of the key its position in <see cref="KeyDimensions"/>; -1 for the one at the observation, -2 for time.
    /// </summary>
    public int[] KeyOrder { get; private init; } = [];

    /// <summary>Attributes of groups by the dimensions that they depend on.</summary>
    public ImmutableArray<JsonGroupKind> GroupKinds { get; private init; } = [];

    /// <summary>The layout of a data set; kept as long as the schema is.</summary>
    /// <exception cref="ArgumentException">The schema has no such dimension.</exception>
    public static JsonDataLayout Of(DataSchema schema, DataWriterOptions options, JsonVersion version, bool isDeletion)
    {
        string at = options.DimensionAtObservation ?? schema.TimeDimension?.Id ?? DataSchema.AllDimensions;
        ConcurrentDictionary<(string, JsonVersion, bool, DataSelection), JsonDataLayout> known = Known.GetOrCreateValue(schema);
        if (known.TryGetValue((at, version, isDeletion, options.Selection), out JsonDataLayout? layout))
        {
            return layout;
        }

        layout = Make(schema, at, options, version, isDeletion);

        // Selections of named attributes are each another.
        return known.Count < MostKept ? known[(at, version, isDeletion, options.Selection)] = layout : layout;
    }

    private static JsonDataLayout Make(DataSchema schema, string at, DataWriterOptions options, JsonVersion version, bool isDeletion)
    {
        SchemaComponent? dimension = schema.Find(at);
        if (at != DataSchema.AllDimensions && dimension is not { Role: ComponentRole.Dimension or ComponentRole.TimeDimension })
        {
            throw new ArgumentException($"{schema.Reference} has no dimension {at}.", nameof(options));
        }

        int position = dimension is { Role: ComponentRole.Dimension } ? dimension.Index : -1;
        ILookup<JsonLevel, int> places = Enumerable.Range(0, isDeletion ? 0 : schema.SeriesAttributes.Length)
            .Where(i => options.Selection.Includes(schema.SeriesAttributes[i]))
            .ToLookup(i => LevelOf(schema.SeriesAttributes[i], position, at == DataSchema.AllDimensions, version));
        int[] keyDimensions = [.. Enumerable.Range(0, schema.Dimensions.Length).Where(i => i != position)];
        int[] onGroups = [.. places[JsonLevel.DimensionGroup]];
        int[] measures = [.. Enumerable.Range(0, isDeletion ? 0 : schema.Measures.Length).Where(i => options.Selection.Includes(schema.Measures[i]))];
        return new JsonDataLayout(schema, at)
        {
            ObservationDimension = position,
            KeyDimensions = keyDimensions,
            OnDataSet = [.. places[JsonLevel.DataSet]],
            OnGroups = onGroups,
            OnSeries = [.. places[JsonLevel.Series]],
            OnObservation = [.. places[JsonLevel.Observation]],
            ObservationAttributes = [.. Enumerable.Range(0, isDeletion ? 0 : schema.ObservationAttributes.Length).Where(i => options.Selection.Includes(schema.ObservationAttributes[i]))],
            Measures = version.Is1 ? [.. measures.Take(1)] : measures,
            KeyOrder = [.. schema.Structure.Dimensions.Select(d => schema.TimeDimension?.Id == d.Id ? -2 : Array.IndexOf(keyDimensions, schema.Find(d.Id)!.Index))],
            GroupKinds = JsonGroupKind.Of(schema, onGroups),
            WritesObservations = isDeletion || options.Selection.HasObservations(schema),
        };
    }

    private static JsonLevel LevelOf(SchemaComponent attribute, int observationDimension, bool isFlat, JsonVersion version) => attribute.Level switch
    {
        AttachmentLevel.DataSet => JsonLevel.DataSet,
        AttachmentLevel.Group when !version.Is1 => JsonLevel.DimensionGroup,
        _ when isFlat => JsonLevel.Observation,
        AttachmentLevel.Group => attribute.GroupDimensions.Contains(observationDimension) ? JsonLevel.Observation : JsonLevel.Series,
        _ => observationDimension >= 0 ? JsonLevel.Observation : JsonLevel.Series,
    };
}
