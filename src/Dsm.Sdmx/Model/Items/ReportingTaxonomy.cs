using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>A chapter of a report; its children are nested.</summary>
public sealed record ReportingCategory : Item
{
    /// <summary>Categories below this one.</summary>
    public ImmutableArray<ReportingCategory> Children { get; init; } = [];

    /// <summary>Data and metadata structures whose content is reported here. Never together with <see cref="ProvisioningMetadata"/>.</summary>
    public ImmutableArray<StructureReference> StructuralMetadata { get; init; } = [];

    /// <summary>Dataflows and metadataflows whose content is reported here.</summary>
    public ImmutableArray<StructureReference> ProvisioningMetadata { get; init; } = [];
}

/// <summary>Tells how a report is made up (ReportingTaxonomy).</summary>
public sealed record ReportingTaxonomy : ItemScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.ReportingTaxonomy;

    /// <summary>Top categories in order.</summary>
    public ImmutableArray<ReportingCategory> Categories { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Flatten(Categories);

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References
        => Flatten(Categories).SelectMany(c => c.StructuralMetadata.Concat(c.ProvisioningMetadata)).Distinct();

    private static IEnumerable<ReportingCategory> Flatten(IEnumerable<ReportingCategory> categories)
        => categories.SelectMany(c => Flatten(c.Children).Prepend(c));
}
