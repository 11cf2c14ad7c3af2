namespace Dsm.Exchange.Registry;

/// <summary>What became of a submission.</summary>
/// <param name="Plan">What it did, or why it did nothing.</param>
/// <param name="Transaction">Number of its entry in the log, whether it was applied or refused; null when there was nothing to do.</param>
/// <param name="IsApplied">True when the registry is now as asked for (also when it was before).</param>
public sealed record StructureReceipt(StructurePlan Plan, long? Transaction, bool IsApplied);
