namespace Dsm.Exchange.Warehouse;

/// <summary>What there is of one agreement and reporting state, as a reader may see it.</summary>
public sealed record Coverage
{
    /// <summary>URN of the dataflow.</summary>
    public required string FlowUrn { get; init; }

    /// <summary>URN of the provision agreement.</summary>
    public required string AgreementUrn { get; init; }

    /// <summary>Reporting state; null where neither data nor agreement name one.</summary>
    public string? State { get; init; }

    /// <summary>Number of series.</summary>
    public required long Series { get; init; }

    /// <summary>Number of observations.</summary>
    public required long Observations { get; init; }

    /// <summary>Last of their periods.</summary>
    public required string LastPeriod { get; init; }

    /// <summary>First day after it.</summary>
    public required DateOnly LastEnd { get; init; }

    /// <summary>Last publication that brought any of them.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>What there is within a query: which codes occur, from when to when, how much.</summary>
/// <param name="Codes">Codes that occur, by dimension position, each once, sorted.</param>
/// <param name="Series">Number of series.</param>
/// <param name="Observations">Number of observations.</param>
/// <param name="First">Start of the first period; null without periods.</param>
/// <param name="Last">End of the last period; null without periods.</param>
public sealed record Availability(System.Collections.Immutable.ImmutableArray<System.Collections.Immutable.ImmutableArray<string>> Codes, long Series, long Observations, DateTime? First, DateTime? Last);
