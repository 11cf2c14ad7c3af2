namespace Dsm.Exchange;

/// <summary>
/// The region an installation serves. It comes from <c>structures/region.json</c>, so that another region is another folder;
/// settings below <c>Hub:Region</c> go before the file. Nothing in code names a state or an indicator.
/// </summary>
public sealed record RegionOptions
{
    /// <summary>Agency that maintains the regional structures.</summary>
    public string Agency { get; init; } = "";

    /// <summary>Name of the region by language.</summary>
    public Dictionary<string, string> Name { get; init; } = [];

    /// <summary>URN of the codelist whose codes are the reporting states.</summary>
    public string StatesCodelist { get; init; } = "";

    /// <summary>Codes of the reporting states in the order pages show them.</summary>
    public List<string> States { get; init; } = [];

    /// <summary>URNs of the indicators' dataflows in the order pages show them.</summary>
    public List<string> Flows { get; init; } = [];

    /// <summary>How long ids and texts of the registry may be (<c>Hub:Region:Limits</c>).</summary>
    public Registry.StructureLimits Limits { get; init; } = new();

    /// <summary>Dimension that holds the reporting state.</summary>
    public string StateDimension { get; init; } = "REF_AREA";
}
