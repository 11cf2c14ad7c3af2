using System.Collections.Immutable;

namespace Dsm.Exchange.Registry;

/// <summary>What became of a transaction.</summary>
public enum TransactionStatus
{
    /// <summary>It changed the registry.</summary>
    Applied,

    /// <summary>It was refused; nothing changed.</summary>
    Refused,
}

/// <summary>
/// One entry of the log of structures: who asked for what and what became of it. Numbers of applied transactions ascend in the order of
/// their commits, so that a follower asks for those above the last it saw.
/// </summary>
public sealed class StructureTransaction
{
    /// <summary>Most findings that are kept of one transaction.</summary>
    internal const int MostFindings = 1000;

    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>When; of applied transactions later than that of all before.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who.</summary>
    public required string Who { get; set; }

    /// <summary>The door it came through.</summary>
    public required string Origin { get; set; }

    /// <summary>Why.</summary>
    public string? Comment { get; set; }

    /// <summary>What became of it.</summary>
    public TransactionStatus Status { get; set; }

    /// <summary>Number of artefacts added.</summary>
    public int Added { get; set; }

    /// <summary>Number of artefacts changed.</summary>
    public int Changed { get; set; }

    /// <summary>Number of artefacts deleted.</summary>
    public int Deleted { get; set; }

    /// <summary>The transaction that this one took back; null for any other.</summary>
    public long? RollsBack { get; set; }

    /// <summary>The message as received; null when there was none.</summary>
    public byte[]? Message { get; set; }

    /// <summary>SHA-256 of the message, lower-case hexadecimal.</summary>
    public string? MessageHash { get; set; }

    /// <summary>Media type of the message.</summary>
    public string? MediaType { get; set; }

    /// <summary>What was said about it.</summary>
    public ImmutableArray<TransactionFinding> Findings { get; set; } = [];
}

/// <summary>An issue as kept in the log.</summary>
/// <param name="Code">Id of its code.</param>
/// <param name="Artefact">URN of the artefact concerned; null for the message as a whole.</param>
/// <param name="Arguments">Arguments of its text in order.</param>
public sealed record TransactionFinding(string Code, string? Artefact, ImmutableArray<string> Arguments);
