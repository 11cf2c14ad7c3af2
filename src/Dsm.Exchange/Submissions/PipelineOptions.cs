namespace Dsm.Exchange.Submissions;

/// <summary>How a submission is processed. Changed by <c>with</c>.</summary>
public sealed record PipelineOptions
{
    /// <summary>Read, validate, map, compare with the warehouse, change nothing.</summary>
    public bool CheckOnly { get; init; }

    /// <summary>
    /// Share of the agreement's observations (0 to 1) that a snapshot may withdraw; beyond it the submission is held and nothing
    /// changes. Null for no limit.
    /// </summary>
    public double? MaxWithdrawnShare { get; init; }

    /// <summary>Told where the work is; may be called from any thread.</summary>
    public IProgress<PipelineProgress>? Progress { get; init; }
}

/// <summary>Where the work on a submission is.</summary>
/// <param name="Stage">Stage: read, merge, done.</param>
/// <param name="Observations">Observations read so far.</param>
public readonly record struct PipelineProgress(string Stage, long Observations);
