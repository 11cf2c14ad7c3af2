namespace Dsm.Exchange.Registry;

/// <summary>Whom the artefacts of an agency and its sub-agencies belong to, and who may see them.</summary>
public sealed class AgencySpace
{
    /// <summary>The agency, dotted when nested.</summary>
    public required string AgencyId { get; set; }

    /// <summary>Code of the state whose national space it is; null for an agency of the region.</summary>
    public string? State { get; set; }

    /// <summary>True when only the state and those who see everything may see the artefacts.</summary>
    public bool IsRestricted { get; set; }
}
