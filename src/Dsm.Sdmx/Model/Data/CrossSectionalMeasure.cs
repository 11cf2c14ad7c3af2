namespace Dsm.Sdmx.Model;

/// <summary>
/// A cross-sectional measure of SDMX 2.0: a measure of its own in cross-sectional data, and one code of a dimension beside the primary
/// measure everywhere else. Later versions have no such thing; it is kept to read cross-sectional data.
/// </summary>
public sealed record CrossSectionalMeasure : Component
{
    /// <summary>Id of the dimension the code belongs to (SDMX 2.0 measure dimension).</summary>
    public required string DimensionId { get; init; }

    /// <summary>The code that observations of this measure have.</summary>
    public required string Code { get; init; }
}
