using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>Where the observations of a submission go and how.</summary>
public sealed record LoadTarget
{
    /// <summary>The submission.</summary>
    public required long SubmissionId { get; init; }

    /// <summary>Schema of the flow, resolved from the provision agreement or its flow.</summary>
    public required DataSchema Schema { get; init; }

    /// <summary>URN of the dataflow.</summary>
    public required string FlowUrn { get; init; }

    /// <summary>URN of the provision agreement.</summary>
    public required string AgreementUrn { get; init; }

    /// <summary>State the provider reports for; null when it is not bound to one.</summary>
    public string? State { get; init; }

    /// <summary>Dimension that holds the reporting state.</summary>
    public string StateDimension { get; init; } = "REF_AREA";

    /// <summary>True when the message holds all data of the agreement.</summary>
    public bool IsSnapshot { get; init; }

    /// <summary>True when observations that fall on one are to be added up.</summary>
    public bool IsSummed { get; init; }
}
