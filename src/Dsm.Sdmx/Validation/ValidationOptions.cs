namespace Dsm.Sdmx.Validation;

/// <summary>What happens to the second observation of one key and period.</summary>
public enum DuplicatePolicy
{
    /// <summary>It is refused as a duplicate (D0307): data as received.</summary>
    Refuse,

    /// <summary>It is refused as a collision of the mapping (P0002): mapped data, no summation declared.</summary>
    RefuseAsCollision,

    /// <summary>It passes: mapped data whose structure map declares summation; staging adds it up.</summary>
    Allow,
}

/// <summary>How a data set is judged. The default is for data as received.</summary>
public sealed record ValidationOptions
{
    /// <summary>Options for data as received.</summary>
    public static readonly ValidationOptions Default = new();

    /// <summary>What happens to the second observation of one key and period.</summary>
    public DuplicatePolicy Duplicates { get; init; }

    /// <summary>Options for the outcome of a structure map.</summary>
    public static ValidationOptions Mapped(bool isSummed)
        => new() { Duplicates = isSummed ? DuplicatePolicy.Allow : DuplicatePolicy.RefuseAsCollision };
}
