using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>How data go to VTL or come from it.</summary>
/// <param name="Method">Method, e.g. <c>Basic</c>, <c>Pivot</c>, <c>Unpivot</c>, <c>M2A</c> or one outside the standard; null for Basic.</param>
/// <param name="SpaceKeys">Ids of the dimensions of the sub space (to VTL) or super space (from VTL).</param>
public sealed record VtlConversion(string? Method, ImmutableArray<string> SpaceKeys);

/// <summary>Gives an SDMX artefact a name in VTL (VtlDataflowMapping, VtlCodelistMapping, VtlConceptMapping).</summary>
public sealed record VtlMapping : Item
{
    /// <summary>The name in VTL.</summary>
    public required string Alias { get; init; }

    /// <summary>The dataflow, codelist or concept; null for the mapping of all dataflows (GenericDataflow).</summary>
    public StructureReference? Artefact { get; init; }

    /// <summary>How a dataflow goes to VTL, or null.</summary>
    public VtlConversion? ToVtl { get; init; }

    /// <summary>How a dataflow comes from VTL, or null.</summary>
    public VtlConversion? FromVtl { get; init; }
}

/// <summary>A scheme of VTL mappings. It has no VTL version.</summary>
public sealed record VtlMappingScheme : ItemScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.VtlMappingScheme;

    /// <summary>The mappings in order.</summary>
    public ImmutableArray<VtlMapping> Mappings { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Mappings;

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => Mappings.Select(m => m.Artefact).OfType<StructureReference>().Distinct();
}
