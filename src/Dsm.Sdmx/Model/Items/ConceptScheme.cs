using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>A concept with its default representation.</summary>
public sealed record Concept : Item
{
    /// <summary>Representation used where a component does not give its own; null for none.</summary>
    public Representation? CoreRepresentation { get; init; }

    /// <summary>ISO 11179 concept: agency, as written.</summary>
    public string? IsoConceptAgency { get; init; }

    /// <summary>ISO 11179 concept: id, as written.</summary>
    public string? IsoConceptId { get; init; }

    /// <summary>ISO 11179 concept: scheme id, as written.</summary>
    public string? IsoConceptSchemeId { get; init; }
}

/// <summary>A concept scheme.</summary>
public sealed record ConceptScheme : ItemScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.ConceptScheme;

    /// <summary>The concepts in order.</summary>
    public ImmutableArray<Concept> Concepts { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Concepts;

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References
        => Concepts.Select(c => c.CoreRepresentation?.Enumeration).OfType<StructureReference>().Distinct();
}
