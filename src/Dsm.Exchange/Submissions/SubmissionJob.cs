using Hangfire;

namespace Dsm.Exchange.Submissions;

/// <summary>The background job of a submission. Safe to repeat: the pipeline only reports what is merged already.</summary>
public sealed class SubmissionJob(SubmissionPipeline pipeline)
{
    /// <summary>Share of an agreement's observations that a snapshot may withdraw before a person has to confirm it.</summary>
    public const double MaxWithdrawnShare = 0.2;

    /// <summary>Processes a submission to its receipt. A fault that ends it (no connection to be had, a node that stops) is tried again.</summary>
    [AutomaticRetry(Attempts = 8, DelaysInSeconds = [2, 5, 15, 30, 60, 300, 900, 3600])]
    public Task RunAsync(long submissionId, bool checkOnly, bool withdrawalConfirmed, CancellationToken ct) => pipeline.RunAsync(
        submissionId, new PipelineOptions { CheckOnly = checkOnly, MaxWithdrawnShare = withdrawalConfirmed ? null : MaxWithdrawnShare }, ct);
}
