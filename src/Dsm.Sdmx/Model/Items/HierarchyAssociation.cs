namespace Dsm.Sdmx.Model;

/// <summary>Says that a hierarchy is to be used for an artefact, possibly only in a context (SDMX 3.0 HierarchyAssociation).</summary>
public sealed record HierarchyAssociation : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.HierarchyAssociation;

    /// <summary>The hierarchy; null only in stubs.</summary>
    public StructureReference? LinkedHierarchy { get; init; }

    /// <summary>What it is used for, e.g. a codelist or a dimension; null only in stubs.</summary>
    public StructureReference? LinkedObject { get; init; }

    /// <summary>Where it is used, e.g. a dataflow; null for everywhere.</summary>
    public StructureReference? ContextObject { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References
        => new[] { LinkedHierarchy, LinkedObject, ContextObject }.OfType<StructureReference>();
}
