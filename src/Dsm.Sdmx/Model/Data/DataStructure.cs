using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>A component of a data structure: dimension, attribute or measure.</summary>
public abstract record Component
{
    /// <summary>Id, unique in the structure.</summary>
    public required string Id { get; init; }

    /// <summary>The concept that gives the meaning.</summary>
    public required StructureReference Concept { get; init; }

    /// <summary>Own representation; null when the concept's core representation holds.</summary>
    public Representation? Representation { get; init; }

    /// <summary>Roles: concepts, usually of the cross-domain role scheme.</summary>
    public ImmutableArray<StructureReference> ConceptRoles { get; init; } = [];

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];

    /// <summary>Links to further resources (SDMX 3.0 Link).</summary>
    public ImmutableArray<Link> Links { get; init; } = [];

    /// <summary>Further link, as a URI, or null.</summary>
    public string? Uri { get; init; }
}

/// <summary>A dimension. The order in the structure is the order of the key.</summary>
public sealed record Dimension : Component
{
    /// <summary>True for the time dimension.</summary>
    public bool IsTime { get; init; }

    /// <summary>True for an SDMX 2.1 measure dimension.</summary>
    public bool IsMeasureDimension { get; init; }
}

/// <summary>What an attribute is attached to.</summary>
public enum AttributeRelationship
{
    /// <summary>The data set (SDMX 3.0 Dataflow, 2.1 None).</summary>
    Dataflow,

    /// <summary>Some dimensions: a partial key.</summary>
    Dimensions,

    /// <summary>A named group.</summary>
    Group,

    /// <summary>Each observation (2.1 PrimaryMeasure).</summary>
    Observation,
}

/// <summary>An attribute (DataAttribute).</summary>
public sealed record DataAttribute : Component
{
    /// <summary>True when a value must be given.</summary>
    public bool IsMandatory { get; init; }

    /// <summary>What it is attached to.</summary>
    public AttributeRelationship Relationship { get; init; }

    /// <summary>Ids of the dimensions, for <see cref="AttributeRelationship.Dimensions"/>.</summary>
    public ImmutableArray<string> Dimensions { get; init; } = [];

    /// <summary>Those of <see cref="Dimensions"/> that may be left out of the partial key (SDMX 3.0 optional).</summary>
    public ImmutableArray<string> OptionalDimensions { get; init; } = [];

    /// <summary>Id of the group, for <see cref="AttributeRelationship.Group"/>; for Dimensions the 2.1 attachment groups joined by a blank.</summary>
    public string? Group { get; init; }

    /// <summary>Ids of the measures it speaks of (SDMX 3.0 MeasureRelationship); empty for all.</summary>
    public ImmutableArray<string> Measures { get; init; } = [];
}

/// <summary>A measure; SDMX 2.1 has exactly one, <c>OBS_VALUE</c>.</summary>
public sealed record Measure : Component
{
    /// <summary>True when a value must be given.</summary>
    public bool IsMandatory { get; init; }
}

/// <summary>A group of dimensions to which attributes can be attached.</summary>
/// <param name="Id">Id.</param>
/// <param name="Dimensions">Ids of its dimensions.</param>
public sealed record DimensionGroup(string Id, ImmutableArray<string> Dimensions)
{
    /// <summary>SDMX 2.1 attachment constraint that describes the group instead of dimensions; null for none.</summary>
    public StructureReference? AttachmentConstraint { get; init; }

    /// <summary>Further link, as a URI, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>
/// Use of an attribute of the metadata structure inside data sets (SDMX 3.0 MetadataAttributeUsage): to what its values are attached.
/// </summary>
/// <param name="AttributeId">Id path of the metadata attribute, dotted when nested.</param>
/// <param name="Relationship">What it is attached to.</param>
public sealed record MetadataAttributeUsage(string AttributeId, AttributeRelationship Relationship)
{
    /// <summary>Ids of the dimensions, for <see cref="AttributeRelationship.Dimensions"/>.</summary>
    public ImmutableArray<string> Dimensions { get; init; } = [];

    /// <summary>Those of <see cref="Dimensions"/> that may be left out of the partial key.</summary>
    public ImmutableArray<string> OptionalDimensions { get; init; } = [];

    /// <summary>Id of the group, for <see cref="AttributeRelationship.Group"/>.</summary>
    public string? Group { get; init; }

    /// <summary>A link to a further resource, or null; the schema admits one.</summary>
    public Link? Link { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>A data structure definition, DSD (information model, DataStructureDefinition).</summary>
public sealed record DataStructure : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.DataStructure;

    /// <summary>Dimensions in key order, the time dimension last.</summary>
    public ImmutableArray<Dimension> Dimensions { get; init; } = [];

    /// <summary>Groups.</summary>
    public ImmutableArray<DimensionGroup> Groups { get; init; } = [];

    /// <summary>Attributes in order.</summary>
    public ImmutableArray<DataAttribute> Attributes { get; init; } = [];

    /// <summary>Measures in order.</summary>
    public ImmutableArray<Measure> Measures { get; init; } = [];

    /// <summary>Uses of attributes of <see cref="MetadataStructure"/> in data sets, in order (SDMX 3.0).</summary>
    public ImmutableArray<MetadataAttributeUsage> MetadataAttributeUsages { get; init; } = [];

    /// <summary>Cross-sectional measures of a structure read from SDMX 2.0; empty otherwise.</summary>
    public ImmutableArray<CrossSectionalMeasure> CrossSectionalMeasures { get; init; } = [];

    /// <summary>About the list of dimensions, or null.</summary>
    public ListNotes? DimensionNotes { get; init; }

    /// <summary>About the list of attributes, or null.</summary>
    public ListNotes? AttributeNotes { get; init; }

    /// <summary>About the list of measures, or null.</summary>
    public ListNotes? MeasureNotes { get; init; }

    /// <summary>True when dimensions may be added in minor versions (SDMX 3.1).</summary>
    public bool IsEvolving { get; init; }

    /// <summary>Metadata structure whose attributes may stand in data sets (SDMX 3.0), or null.</summary>
    public StructureReference? MetadataStructure { get; init; }

    /// <summary>The time dimension, or null.</summary>
    public Dimension? TimeDimension => Dimensions.FirstOrDefault(d => d.IsTime);

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References
    {
        get
        {
            foreach (Component component in Dimensions.Cast<Component>().Concat(Attributes).Concat(Measures))
            {
                yield return component.Concept;
                foreach (StructureReference role in component.ConceptRoles)
                {
                    yield return role;
                }

                if (component.Representation?.Enumeration is { } list)
                {
                    yield return list;
                }
            }

            if (MetadataStructure is not null)
            {
                yield return MetadataStructure;
            }
        }
    }
}

/// <summary>A dataflow: a data structure put to use.</summary>
public sealed record Dataflow : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.Dataflow;

    /// <summary>The data structure; null only in stubs.</summary>
    public StructureReference? Structure { get; init; }

    /// <summary>
    /// Ids of the dimensions used, for a data structure that evolves (SDMX 3.1 DimensionConstraint); empty when all are.
    /// </summary>
    public ImmutableArray<string> DimensionConstraint { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => Structure is null ? [] : [Structure];
}
