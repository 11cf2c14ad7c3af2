namespace Dsm.Exchange.Warehouse;

/// <summary>How an answer presents observations, as far as their order and paging hang on it.</summary>
public sealed record AnswerShape
{
    /// <summary>Which part of the observations is wanted.</summary>
    public required ObservationWindow Window { get; init; }

    /// <summary>True when series without observations are wanted: paging counts series, and only what belongs to the series orders them.</summary>
    public bool BySeries { get; init; }

    /// <summary>
    /// Dimension at the observation where the answer groups observations into series or cross-sections; null where each stands for
    /// itself. Groups come in the order of their first observations, so that each is told in one piece.
    /// </summary>
    public string? GroupedBy { get; init; }
}
