namespace Dsm.Exchange.Registry.Proposals;

/// <summary>What is proposed.</summary>
public enum ProposalKind
{
    /// <summary>A code or concept that a scheme lacks.</summary>
    Code,

    /// <summary>An indicator: a dataflow, with a structure that is there or with one of its own.</summary>
    Indicator,

    /// <summary>Other words for what an artefact, a code or a concept means.</summary>
    Definition,
}

/// <summary>How far a proposal is.</summary>
public enum ProposalStatus
{
    /// <summary>Made; nobody else said anything yet.</summary>
    Open,

    /// <summary>Others have spoken.</summary>
    Discussed,

    /// <summary>It stands in a draft of the next version.</summary>
    Accepted,

    /// <summary>It stands in a published version.</summary>
    Published,

    /// <summary>The maintainers said no, and why.</summary>
    Rejected,

    /// <summary>Its author took it back.</summary>
    Withdrawn,
}

/// <summary>
/// What somebody wishes of the structures, from the first word to the version that carries it. Only its status and what was decided change;
/// another wish is another proposal.
/// </summary>
public sealed class Proposal
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>What is proposed.</summary>
    public ProposalKind Kind { get; set; }

    /// <summary>How far it is.</summary>
    public ProposalStatus Status { get; set; }

    /// <summary>Agency whose artefact is concerned; its maintainers decide.</summary>
    public required string AgencyId { get; set; }

    /// <summary>Class of the artefact in the information model.</summary>
    public required string Class { get; set; }

    /// <summary>Id of the artefact; of an indicator the id it shall have.</summary>
    public required string ArtefactId { get; set; }

    /// <summary>Version of the artefact that the author looked at; null for an indicator.</summary>
    public string? SeenVersion { get; set; }

    /// <summary>Id of the code or concept; null when the artefact itself is meant.</summary>
    public string? ItemId { get; set; }

    /// <summary>Id of the code or concept that a new one is to stand below.</summary>
    public string? ParentId { get; set; }

    /// <summary>Name by language; languages that are not here stay as they are.</summary>
    public Dictionary<string, string> Name { get; set; } = [];

    /// <summary>Definition by language; languages that are not here stay as they are.</summary>
    public Dictionary<string, string> Description { get; set; } = [];

    /// <summary>URN of the data structure of an indicator: the one it uses, or the one its own is made from; null to leave that to the maintainers.</summary>
    public string? StructureUrn { get; set; }

    /// <summary>True when the indicator needs a structure of its own, made from <see cref="StructureUrn"/>.</summary>
    public bool NeedsOwnStructure { get; set; }

    /// <summary>Why it is wanted.</summary>
    public required string Reason { get; set; }

    /// <summary>User who made it.</summary>
    public required string ProposedBy { get; set; }

    /// <summary>Code of the author's state; null for an office of the region.</summary>
    public string? State { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset ProposedAt { get; set; }

    /// <summary>User who decided; null before.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Reason of the decision.</summary>
    public string? Decision { get; set; }

    /// <summary>URN of the draft that carries it.</summary>
    public string? DraftUrn { get; set; }

    /// <summary>Number of the transaction that put it into the draft.</summary>
    public long? DraftTransaction { get; set; }

    /// <summary>URN of the version that carries it.</summary>
    public string? PublishedUrn { get; set; }

    /// <summary>Number of the transaction that published it.</summary>
    public long? PublishedTransaction { get; set; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>True until it is decided or withdrawn.</summary>
    public bool IsPending => Status is ProposalStatus.Open or ProposalStatus.Discussed;
}
