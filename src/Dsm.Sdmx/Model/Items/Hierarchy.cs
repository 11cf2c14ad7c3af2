using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>A code placed in a hierarchy.</summary>
public sealed record HierarchicalCode
{
    /// <summary>Id of the place, unique among its siblings.</summary>
    public required string Id { get; init; }

    /// <summary>The code.</summary>
    public required StructureReference Code { get; init; }

    /// <summary>Id of the level, or null.</summary>
    public string? Level { get; init; }

    /// <summary>First instant of validity as written, or null.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last instant of validity as written, or null.</summary>
    public string? ValidTo { get; init; }

    /// <summary>Codes below this one.</summary>
    public ImmutableArray<HierarchicalCode> Children { get; init; } = [];

    /// <summary>Links to further resources (SDMX 3.0 Link).</summary>
    public ImmutableArray<Link> Links { get; init; } = [];

    /// <summary>Further link, as a URI, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>Version of the code (SDMX 2.1), as written, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>A level of a hierarchy.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
public sealed record HierarchyLevel(string Id, LocalisedText Name)
{
    /// <summary>Description.</summary>
    public LocalisedText Description { get; init; }

    /// <summary>How the codes of the level are made (CodingFormat), or null.</summary>
    public TextFormat? CodingFormat { get; init; }

    /// <summary>Links to further resources (SDMX 3.0 Link).</summary>
    public ImmutableArray<Link> Links { get; init; } = [];

    /// <summary>Further link, as a URI, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>
/// What is kept of an SDMX 2.1 HierarchicalCodelist, which holds several hierarchies under one identity. Agency and version are those of
/// its hierarchies. Ids of hierarchies are unique only inside it, so a hierarchy read from it has the id <c>CODELIST-HIERARCHY</c>.
/// </summary>
/// <param name="Id">Id.</param>
/// <param name="HierarchyId">Id of the hierarchy inside the codelist.</param>
/// <param name="Name">Name.</param>
/// <param name="Description">Description.</param>
public sealed record HierarchicalCodelist(string Id, string HierarchyId, LocalisedText Name, LocalisedText Description)
{
    /// <summary>Further link about the codelist.</summary>
    public string? Uri { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>A hierarchy of codes from one or more codelists (SDMX 3.0 Hierarchy; one hierarchy of a 2.1 HierarchicalCodelist).</summary>
public sealed record Hierarchy : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.Hierarchy;

    /// <summary>The 2.1 hierarchical codelist it was read from and is written into; null when it stands for itself.</summary>
    public HierarchicalCodelist? Container { get; init; }

    /// <summary>True when the levels are formal.</summary>
    public bool HasFormalLevels { get; init; }

    /// <summary>Levels from the top.</summary>
    public ImmutableArray<HierarchyLevel> Levels { get; init; } = [];

    /// <summary>Top codes in order.</summary>
    public ImmutableArray<HierarchicalCode> Codes { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => All(Codes).Select(c => c.Code.Maintainable).Distinct();

    private static IEnumerable<HierarchicalCode> All(IEnumerable<HierarchicalCode> codes) => codes.SelectMany(c => All(c.Children).Prepend(c));
}
