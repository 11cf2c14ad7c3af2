using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>How much of each artefact is wanted (REST 1.5 and 2.x, parameter <c>detail</c>).</summary>
public enum StructureDetail
{
    /// <summary>Everything; codelist extensions resolved.</summary>
    Full,

    /// <summary>Everything, codelist extensions as they stand (2.x).</summary>
    Raw,

    /// <summary>Identification and name only.</summary>
    AllStubs,

    /// <summary>Artefacts asked for in full, referenced ones as stubs.</summary>
    ReferenceStubs,

    /// <summary>Stubs with description and annotations.</summary>
    AllCompleteStubs,

    /// <summary>Artefacts asked for in full, referenced ones as complete stubs.</summary>
    ReferenceCompleteStubs,

    /// <summary>Referenced item schemes cut to the items that are used.</summary>
    ReferencePartial,
}

/// <summary>Which other artefacts come along (parameter <c>references</c>).</summary>
[Flags]
public enum StructureReferences
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Artefacts that refer to those asked for.</summary>
    Parents = 1,

    /// <summary>Parents, and what these refer to.</summary>
    ParentsAndSiblings = 2,

    /// <summary>Parents, their parents and so on (2.x).</summary>
    Ancestors = 4,

    /// <summary>Artefacts that those asked for refer to.</summary>
    Children = 8,

    /// <summary>Children, their children and so on.</summary>
    Descendants = 16,

    /// <summary>Parents and siblings, and descendants.</summary>
    All = 32,
}

/// <summary>Query for structures.</summary>
public sealed record StructureQuery : RestQuery
{
    /// <summary>Types; empty for all types. Several only in REST 1.5, for resources that hold artefacts of several types of later versions.</summary>
    public ImmutableArray<StructureType> Types { get; init; } = [];

    /// <summary>
    /// True when artefacts that SDMX 2.1 keeps in a container (hierarchies in a hierarchical codelist, maps in a structure set) are asked
    /// for by the id of the container, as in REST 1.5.
    /// </summary>
    public bool Containers { get; init; }

    /// <summary>Kind of geospatial codelist; null for any codelist.</summary>
    public GeoCodelistType? GeoType { get; init; }

    /// <summary>Role of the constraints asked for (REST 1.5 <c>actualconstraint</c>, <c>allowedconstraint</c>); null for any.</summary>
    public ConstraintRole? Role { get; init; }

    /// <summary>Ids of items of the item schemes, dotted when nested; empty for all.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>How much of each artefact.</summary>
    public StructureDetail Detail { get; init; }

    /// <summary>Which other artefacts come along.</summary>
    public StructureReferences References { get; init; }

    /// <summary>Types of other artefacts that come along, named one by one.</summary>
    public ImmutableArray<StructureType> ReferenceTypes { get; init; } = [];

    /// <summary>Id of what SDMX 2.1 keeps an artefact in: hierarchical codelist or structure set; that of the artefact when there is none.</summary>
    public static string ContainerId(Maintainable artefact) => artefact switch
    {
        Hierarchy { Container: { } list } => list.Id,
        StructureMap { Container: { } set } => set.Id,
        RepresentationMap { Container: { } set } => set.Id,
        ItemSchemeMap { Container: { } set } => set.Id,
        null => throw new ArgumentNullException(nameof(artefact)),
        _ => artefact.Id,
    };

    /// <inheritdoc/>
    protected override bool IsNamed(Maintainable artefact) => Ids.Contains(artefact.Id) || (Containers && Ids.Contains(ContainerId(artefact)));
}
