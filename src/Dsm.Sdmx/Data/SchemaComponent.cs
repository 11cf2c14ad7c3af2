using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Data;

/// <summary>What a component is in its data structure.</summary>
public enum ComponentRole
{
    /// <summary>A dimension other than time.</summary>
    Dimension,

    /// <summary>The time dimension.</summary>
    TimeDimension,

    /// <summary>A measure.</summary>
    Measure,

    /// <summary>An attribute.</summary>
    Attribute,
}

/// <summary>Where the values of an attribute stand.</summary>
public enum AttachmentLevel
{
    /// <summary>Once for the data set.</summary>
    DataSet,

    /// <summary>Once for all series that share some dimensions.</summary>
    Group,

    /// <summary>Once for the series: all dimensions but time.</summary>
    Series,

    /// <summary>At each observation (also dimensions and measures).</summary>
    Observation,
}

/// <summary>A component of a data structure with everything resolved that reading, checking and writing need.</summary>
public sealed record SchemaComponent
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>Position among the components of the same kind: the key position for dimensions.</summary>
    public required int Index { get; init; }

    /// <summary>Dimension, time dimension, measure or attribute.</summary>
    public required ComponentRole Role { get; init; }

    /// <summary>The concept.</summary>
    public required StructureReference Concept { get; init; }

    /// <summary>Resolved representation: the component's own or its concept's.</summary>
    public required Representation Representation { get; init; }

    /// <summary>Name of the concept.</summary>
    public LocalisedText Name { get; init; }

    /// <summary>Codes, extensions included; null when uncoded.</summary>
    public CodeIndex? Codes { get; init; }

    /// <summary>The codelist with names; null when uncoded or when it is a value list.</summary>
    public Codelist? Codelist { get; init; }

    /// <summary>Short reference of the codelist for messages; null when uncoded.</summary>
    public string? CodelistName { get; init; }

    /// <summary>True when a value must be given. Always true for dimensions.</summary>
    public bool IsMandatory { get; init; }

    /// <summary>Where its values stand.</summary>
    public AttachmentLevel Level { get; init; } = AttachmentLevel.Observation;

    /// <summary>For attributes of groups: positions of the dimensions of the group.</summary>
    public ImmutableArray<int> GroupDimensions { get; init; } = [];

    /// <summary>For attributes of groups: id of a group of the structure with just these dimensions, or null.</summary>
    public string? GroupId { get; init; }

    /// <summary>True when its values come from a codelist or value list.</summary>
    public bool IsCoded => Codes is not null;

    /// <summary>True when it may have several values, whose cells are texts (<see cref="ComplexValue"/>). Only measures and attributes may.</summary>
    public bool IsMultiValued => Representation.MaxOccurs != 1 && (Role is ComponentRole.Measure or ComponentRole.Attribute);

    /// <summary>True when it may have a text for each language, whose cells are texts (<see cref="ComplexValue"/>).</summary>
    public bool IsMultilingual => Codes is null && (Role is ComponentRole.Measure or ComponentRole.Attribute)
        && Representation.TextFormat is { IsMultilingual: true, DataType: SdmxDataType.String or SdmxDataType.XHTML };

    /// <summary>True when its cells are to be taken apart with <see cref="ComplexValue.Parse"/>.</summary>
    public bool IsComplex => IsMultiValued || IsMultilingual;

    /// <summary>True when its values are numbers of a <see cref="ValueDictionary"/>: dimensions, and coded attributes that have one value.</summary>
    public bool HasNumbers => Role == ComponentRole.Dimension || (Role == ComponentRole.Attribute && IsCoded && !IsMultiValued);

    /// <summary>Ids of the measures that an attribute speaks of (SDMX 3.0, MeasureRelationship); empty when it speaks of the observation.</summary>
    public ImmutableArray<string> MeasureIds { get; init; } = [];

    /// <summary>Type and limits; null when coded.</summary>
    public TextFormat? Format => IsCoded ? null : Representation.TextFormat;
}
