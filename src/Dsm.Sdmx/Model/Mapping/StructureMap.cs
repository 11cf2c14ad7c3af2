using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>Takes one or more components of the source to one or more components of the target.</summary>
public sealed record ComponentMap
{
    /// <summary>Ids of the source components.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>Ids of the target components.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>The representation map; null when values are copied.</summary>
    public StructureReference? RepresentationMap { get; init; }

    /// <summary>SDMX 2.1: kind of the source component (<c>Dimension</c>, <c>Attribute</c>, <c>PrimaryMeasure</c> ...); null when not said.</summary>
    public string? SourceClass { get; init; }

    /// <summary>SDMX 2.1: kind of the target component; null when not said.</summary>
    public string? TargetClass { get; init; }

    /// <summary>SDMX 2.1: format of the text that a code becomes, or null.</summary>
    public TextFormat? ToTextFormat { get; init; }

    /// <summary>SDMX 2.1: which part of the code becomes text (<c>Value</c>, <c>Name</c>, <c>Description</c>), or null.</summary>
    public string? ToValueType { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>Gives a component of source or target a fixed value (FixedValueMap).</summary>
/// <param name="ComponentId">The component.</param>
/// <param name="Values">The value or values.</param>
/// <param name="IsTarget">True for a target component; a fixed source value is assumed where the source lacks the component.</param>
public sealed record FixedValueMap(string ComponentId, ImmutableArray<string> Values, bool IsTarget = true)
{
    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>Reads dates by a pattern (DatePatternMap) or as numbers since a base (EpochMap) and writes time periods.</summary>
public sealed record TimePatternMap
{
    /// <summary>Id of the source component.</summary>
    public required string Source { get; init; }

    /// <summary>Id of the target component.</summary>
    public required string Target { get; init; }

    /// <summary>Date pattern (Java SimpleDateFormat letters, as the standard says); null for an epoch map.</summary>
    public string? SourcePattern { get; init; }

    /// <summary>Locale of names in the pattern; en by default.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>Epoch: length of one unit (EpochPeriodType: <c>nanosecond</c>, <c>microsecond</c>, <c>millisecond</c>, <c>second</c>, <c>day</c>); null for a date pattern.</summary>
    public string? EpochPeriod { get; init; }

    /// <summary>Epoch: the instant of number 0, as written.</summary>
    public string? BasePeriod { get; init; }

    /// <summary>Target frequency code when fixed, e.g. <c>M</c>.</summary>
    public string? TargetFrequencyId { get; init; }

    /// <summary>Id of the dimension of the target that says the frequency, when not fixed.</summary>
    public string? FrequencyDimension { get; init; }

    /// <summary>How the period is resolved when the source is finer or coarser than the target: startOfPeriod, endOfPeriod, midPeriod.</summary>
    public string? ResolvePeriod { get; init; }

    /// <summary>Id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Links to further resources (SDMX 3.0 Link).</summary>
    public ImmutableArray<Link> Links { get; init; } = [];

    /// <summary>Further link, as a URI, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];

    /// <summary>Pattern per frequency (MappedFrequencies), frequency id to pattern; empty when the standard forms are used.</summary>
    public ImmutableDictionary<string, string> FrequencyFormats { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>
/// What is kept of an SDMX 2.1 StructureSet, which holds maps under one identity. Agency and version are those of its maps. Ids of maps
/// are unique only inside it, so a map read from it has the id <c>SET-MAP</c>.
/// </summary>
/// <param name="Id">Id.</param>
/// <param name="MapId">Id of the map inside the set.</param>
/// <param name="Name">Name.</param>
/// <param name="Description">Description.</param>
public sealed record StructureSetContainer(string Id, string MapId, LocalisedText Name, LocalisedText Description)
{
    /// <summary>Structures related to each other by the set.</summary>
    public ImmutableArray<StructureReference> RelatedStructures { get; init; } = [];

    /// <summary>Further link about the set.</summary>
    public string? Uri { get; init; }

    /// <summary>True for a HybridCodelistMap, which maps codes of codelists and hierarchical codelists.</summary>
    public bool IsHybrid { get; init; }

    /// <summary>Id of the source component in whose map it stands as a list of values (ValueMap); null for a map of its own.</summary>
    public string? ValueMapOf { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>Maps data of one structure to another (SDMX 3.0 StructureMap).</summary>
public sealed record StructureMap : Maintainable
{
    /// <summary>Type of the annotation that declares how colliding target observations are combined; its title is the function, <c>SUM</c>.</summary>
    public const string AggregateAnnotation = "DSM_AGGREGATE";

    /// <inheritdoc/>
    public override StructureType Type => StructureType.StructureMap;

    /// <summary>The 2.1 structure set it was read from and is written into; null when it stands for itself.</summary>
    public StructureSetContainer? Container { get; init; }

    /// <summary>SDMX 2.1: true when the source extends the target.</summary>
    public bool IsExtension { get; init; }

    /// <summary>Source data structure or dataflow.</summary>
    public required StructureReference Source { get; init; }

    /// <summary>Target data structure or dataflow.</summary>
    public required StructureReference Target { get; init; }

    /// <summary>Component maps in order.</summary>
    public ImmutableArray<ComponentMap> ComponentMaps { get; init; } = [];

    /// <summary>Fixed values.</summary>
    public ImmutableArray<FixedValueMap> FixedValues { get; init; } = [];

    /// <summary>Date pattern and epoch maps.</summary>
    public ImmutableArray<TimePatternMap> TimeMaps { get; init; } = [];

    /// <summary>True when colliding target observations are declared to be summed.</summary>
    public bool IsSummed => AnnotationOf(AggregateAnnotation)?.Title == "SUM";

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References
        => ComponentMaps.Select(m => m.RepresentationMap).OfType<StructureReference>().Prepend(Target).Prepend(Source);
}

/// <summary>One source value of a representation mapping.</summary>
/// <param name="Value">The value, or a regular expression.</param>
/// <param name="IsRegEx">True when the value is a regular expression.</param>
/// <param name="StartIndex">First character of the source value compared, zero-based; null for the first.</param>
/// <param name="EndIndex">Character after the last one compared, zero-based; null for the end.</param>
public readonly record struct MappedValue(string Value, bool IsRegEx = false, int? StartIndex = null, int? EndIndex = null);

/// <summary>One row of a representation map: source values to target values, valid in a span of time.</summary>
/// <param name="Sources">As many as the map has sources.</param>
/// <param name="Targets">As many as the map has targets; <c>\1</c> stands for a group of the regular expression.</param>
/// <param name="ValidFrom">First period of validity, or null.</param>
/// <param name="ValidTo">Last period of validity, or null.</param>
public sealed record RepresentationMapping(ImmutableArray<MappedValue> Sources, ImmutableArray<string> Targets, string? ValidFrom = null, string? ValidTo = null)
{
    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>One side of a representation map: a codelist, a value list or a data type.</summary>
/// <param name="List">The list; null for a data type.</param>
/// <param name="DataType">The data type; null for a list.</param>
public sealed record RepresentationSide(StructureReference? List, SdmxDataType? DataType);

/// <summary>Maps values to values (SDMX 3.0 RepresentationMap). Exact values come before regular expressions, both in document order.</summary>
public sealed record RepresentationMap : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.RepresentationMap;

    /// <summary>The 2.1 structure set it was read from (as CodelistMap) and is written into; null when it stands for itself.</summary>
    public StructureSetContainer? Container { get; init; }

    /// <summary>Sources in order.</summary>
    public ImmutableArray<RepresentationSide> Sources { get; init; } = [];

    /// <summary>Targets in order.</summary>
    public ImmutableArray<RepresentationSide> Targets { get; init; } = [];

    /// <summary>The rows in order.</summary>
    public ImmutableArray<RepresentationMapping> Mappings { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => Sources.Concat(Targets).Select(s => s.List).OfType<StructureReference>();
}
