using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>Why a code of one version is held to be a code of the next.</summary>
public enum PairReason
{
    /// <summary>Both have the same id.</summary>
    SameCode,

    /// <summary>An annotation of one names the other.</summary>
    Annotation,

    /// <summary>Another id, the same name in at least one language, spelling aside, and no other code of that name.</summary>
    SameName,

    /// <summary>Another id, several codes of the same name, of which one has the parent that corresponds.</summary>
    SameNameAndParent,
}

/// <summary>Why a code is only suggested.</summary>
public enum SuggestionReason
{
    /// <summary>An annotation says that the code was split into several, this being one.</summary>
    Split,

    /// <summary>It has the same name, and so have others, or another language disagrees.</summary>
    SameName,

    /// <summary>It is named alike.</summary>
    LikeName,

    /// <summary>It is what became of the nearest parent.</summary>
    Parent,
}

/// <summary>Two codes that are held to mean the same.</summary>
public sealed record CodePair
{
    /// <summary>Code of the earlier version.</summary>
    public required Item From { get; init; }

    /// <summary>Code of the later version.</summary>
    public required Item To { get; init; }

    /// <summary>Why.</summary>
    public required PairReason Reason { get; init; }

    /// <summary>Languages in which the names are the same, spelling aside; empty for none.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>True when the parent of the later code is not what became of the parent of the earlier one.</summary>
    public bool IsMoved { get; init; }

    /// <summary>True when other codes become the same one: their figures have to be added up.</summary>
    public bool IsMerged { get; init; }

    /// <summary>Further codes that take a part of it, as annotations say; figures cannot be divided by a map.</summary>
    public ImmutableArray<Item> AlsoInto { get; init; } = [];

    /// <summary>True when a person should look at it: the id is the same and no name is, or codes are merged or divided.</summary>
    public bool NeedsReview { get; init; }
}

/// <summary>A code that may be meant.</summary>
/// <param name="Code">The code of the later version.</param>
/// <param name="Reason">Why it may be.</param>
public sealed record CodeSuggestion(Item Code, SuggestionReason Reason);

/// <summary>A code of the earlier version that has no counterpart, so that the map has no row for it.</summary>
/// <param name="Code">The code.</param>
/// <param name="Suggestions">Codes that may be meant, the likeliest first; never taken into the map by themselves.</param>
public sealed record UnmatchedCode(Item Code, ImmutableArray<CodeSuggestion> Suggestions);

/// <summary>
/// The draft of a map from one version of a codelist to another, with the reason of each row. People review it; no data are mapped by a
/// draft.
/// </summary>
public sealed record CodeMapDraft
{
    /// <summary>Type of the annotation of a row that says why it is there; its title is a <see cref="PairReason"/>.</summary>
    public const string ReasonAnnotation = "DSM_MAP_REASON";

    /// <summary>Type of the annotation of a code that names what it became: title or value, codes divided by commas.</summary>
    public const string ReplacedByAnnotation = "DSM_REPLACED_BY";

    /// <summary>Type of the annotation of a code that names what it was: title or value, codes divided by commas.</summary>
    public const string ReplacesAnnotation = "DSM_REPLACES";

    /// <summary>The map as a draft version: one row a pair, each annotated with its reason.</summary>
    public required RepresentationMap Map { get; init; }

    /// <summary>The pairs, in the order of the earlier version.</summary>
    public required ImmutableArray<CodePair> Pairs { get; init; }

    /// <summary>Codes of the earlier version without counterpart.</summary>
    public required ImmutableArray<UnmatchedCode> Unmatched { get; init; }

    /// <summary>Codes of the later version that nothing becomes.</summary>
    public required ImmutableArray<Item> New { get; init; }

    /// <summary>True when every code of the earlier version has a row.</summary>
    public bool IsComplete => Unmatched.IsEmpty;
}
