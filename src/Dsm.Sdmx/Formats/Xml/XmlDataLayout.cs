using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>A named group with the attributes that stand on it.</summary>
/// <param name="Id">Id of the group.</param>
/// <param name="Dimensions">Positions of its dimensions in key order.</param>
/// <param name="Attributes">Positions of its attributes among the attributes above the observation.</param>
internal sealed record XmlGroupLayout(string Id, ImmutableArray<int> Dimensions, ImmutableArray<int> Attributes);

/// <summary>
/// Where the components of a structure stand in an XML data set, given the dimension at the observation (SDMX-ML 2.1 and 3.0,
/// rules for structure-specific schemas): attributes of named groups on Group elements; attributes of dimensions on the series when
/// the dimension at the observation is not among these, else on the observation.
/// </summary>
internal sealed class XmlDataLayout
{
    private XmlDataLayout(DataSchema schema, string dimensionAtObservation)
    {
        Schema = schema;
        DimensionAtObservation = dimensionAtObservation;
    }

    public DataSchema Schema { get; }

    /// <summary>Dimension id or <c>AllDimensions</c>.</summary>
    public string DimensionAtObservation { get; }

    public bool IsFlat => DimensionAtObservation == DataSchema.AllDimensions;

    public bool IsTimeSeries => Schema.TimeDimension?.Id == DimensionAtObservation;

    /// <summary>Position of the dimension at the observation; -1 for time and for flat.</summary>
    public int ObservationDimension { get; private init; } = -1;

    /// <summary>Positions of the dimensions on the series (on the observation when flat).</summary>
    public ImmutableArray<int> KeyDimensions { get; private init; } = [];

    public ImmutableArray<XmlGroupLayout> Groups { get; private init; } = [];

    /// <summary>Positions among the attributes above the observation.</summary>
    public ImmutableArray<int> OnDataSet { get; private init; } = [];

    /// <summary>Positions among the attributes above the observation that stand on the series.</summary>
    public ImmutableArray<int> OnSeries { get; private init; } = [];

    /// <summary>Positions among the attributes above the observation that stand on the observation here.</summary>
    public ImmutableArray<int> OnObservation { get; private init; } = [];

    /// <summary>Positions of the attributes of the observation.</summary>
    public ImmutableArray<int> ObservationAttributes { get; private init; } = [];

    /// <summary>Positions of the measures.</summary>
    public ImmutableArray<int> Measures { get; private init; } = [];

    public bool WritesObservations { get; private init; }

    /// <summary>The layout of a data set.</summary>
    /// <exception cref="ArgumentException">The schema has no such dimension.</exception>
    public static XmlDataLayout Of(DataSchema schema, string? dimensionAtObservation, DataSelection selection, bool keysOnly = false)
    {
        string at = dimensionAtObservation ?? schema.TimeDimension?.Id ?? DataSchema.AllDimensions;
        SchemaComponent? dimension = schema.Find(at);
        bool known = at == DataSchema.AllDimensions || dimension is { Role: ComponentRole.Dimension or ComponentRole.TimeDimension };
        if (!known)
        {
            throw new ArgumentException($"{schema.Reference} has no dimension {at}.", nameof(dimensionAtObservation));
        }

        int index = dimension is { Role: ComponentRole.Dimension } ? dimension.Index : -1;
        bool flat = at == DataSchema.AllDimensions;
        ILookup<string, int> places = Enumerable.Range(0, keysOnly ? 0 : schema.SeriesAttributes.Length)
            .Where(i => selection.Includes(schema.SeriesAttributes[i]))
            .ToLookup(i => Place(schema, schema.SeriesAttributes[i], index, flat));
        HashSet<string> groups = [.. places.Select(p => p.Key).Where(k => k.StartsWith("Group:", StringComparison.Ordinal)).Select(k => k["Group:".Length..])];
        if (schema.Structure.MetadataStructure is not null)
        {
            groups.UnionWith(schema.Structure.Groups.Select(g => g.Id)); // reference metadata may be about any group
        }

        return new XmlDataLayout(schema, at)
        {
            ObservationDimension = index,
            KeyDimensions = [.. Enumerable.Range(0, schema.Dimensions.Length).Where(i => i != index)],
            OnDataSet = [.. places["DataSet"]],
            OnSeries = [.. places["Series"]],
            OnObservation = [.. places["Obs"]],
            Groups = [.. schema.Structure.Groups.Where(g => groups.Contains(g.Id)).Select(g => Group(schema, g.Id, [.. places["Group:" + g.Id]]))],
            ObservationAttributes = [.. Enumerable.Range(0, keysOnly ? 0 : schema.ObservationAttributes.Length).Where(i => selection.Includes(schema.ObservationAttributes[i]))],
            Measures = [.. Enumerable.Range(0, keysOnly ? 0 : schema.Measures.Length).Where(i => selection.Includes(schema.Measures[i]))],
            WritesObservations = keysOnly || selection.HasObservations(schema),
        };
    }

    private static string Place(DataSchema schema, SchemaComponent attribute, int observationDimension, bool flat)
    {
        DataAttribute definition = schema.Structure.Attributes.First(a => a.Id == attribute.Id);
        string? group = definition.Group?.Split(' ')[0];
        if (definition.Relationship is AttributeRelationship.Group or AttributeRelationship.Dimensions
            && group is not null && schema.Structure.Groups.Any(g => g.Id == group))
        {
            return "Group:" + group;
        }

        return attribute.Level switch
        {
            AttachmentLevel.DataSet => "DataSet",
            _ when flat => "Obs",
            AttachmentLevel.Group => attribute.GroupDimensions.Contains(observationDimension) ? "Obs" : "Series",
            _ => observationDimension >= 0 ? "Obs" : "Series",
        };
    }

    /// <summary>A group with the attributes that stand on it.</summary>
    public static XmlGroupLayout Group(DataSchema schema, string id, ImmutableArray<int> attributes)
    {
        DimensionGroup group = schema.Structure.Groups.First(g => g.Id == id);
        return new XmlGroupLayout(id, [.. schema.Dimensions.Where(d => group.Dimensions.Contains(d.Id)).Select(d => d.Index)], attributes);
    }
}
