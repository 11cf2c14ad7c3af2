namespace Dsm.Sdmx.Model;

/// <summary>Agreement of a data provider to provide data for a dataflow.</summary>
public sealed record ProvisionAgreement : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.ProvisionAgreement;

    /// <summary>The dataflow (in SDMX 2.1 also a metadataflow); null only in stubs.</summary>
    public StructureReference? Dataflow { get; init; }

    /// <summary>The data provider; null only in stubs.</summary>
    public StructureReference? DataProvider { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References
        => new[] { Dataflow, DataProvider }.OfType<StructureReference>();
}
