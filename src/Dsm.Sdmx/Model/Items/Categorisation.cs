namespace Dsm.Sdmx.Model;

/// <summary>Puts an artefact into a category.</summary>
public sealed record Categorisation : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.Categorisation;

    /// <summary>The artefact that is categorised.</summary>
    public required StructureReference Source { get; init; }

    /// <summary>The category.</summary>
    public required StructureReference Target { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => [Source, Target];
}
