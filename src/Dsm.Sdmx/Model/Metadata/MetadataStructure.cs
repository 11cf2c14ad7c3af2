using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>An attribute of a metadata structure; its children are nested.</summary>
public sealed record MetadataAttribute : Component
{
    /// <summary>True when it only groups its children.</summary>
    public bool IsPresentational { get; init; }

    /// <summary>Fewest occurrences.</summary>
    public int MinOccurs { get; init; } = 1;

    /// <summary>Most occurrences; null for unbounded.</summary>
    public int? MaxOccurs { get; init; } = 1;

    /// <summary>Attributes below this one.</summary>
    public ImmutableArray<MetadataAttribute> Children { get; init; } = [];
}

/// <summary>One object of a 2.1 metadata target.</summary>
/// <param name="Kind">Element of SDMX-ML 2.1, e.g. <c>IdentifiableObjectTarget</c>.</param>
/// <param name="Id">Id; null for those with a fixed id.</param>
/// <param name="ObjectType">Type of object, for <c>IdentifiableObjectTarget</c>.</param>
/// <param name="Enumeration">Item scheme the object comes from, or null for any.</param>
public sealed record MetadataTargetObject(string Kind, string? Id, string? ObjectType, StructureReference? Enumeration)
{
    /// <summary>Format of the periods of a <c>ReportPeriodTarget</c>; null for the others, whose format is fixed.</summary>
    public TextFormat? TimeFormat { get; init; }

    /// <summary>Further link, as a URI, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>What reports of a 2.1 metadata structure may be about (MetadataTarget). In 3.0 the metadataflow says it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Objects">Its parts.</param>
public sealed record MetadataTarget(string Id, ImmutableArray<MetadataTargetObject> Objects)
{
    /// <summary>Further link, as a URI, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>
/// A report of a 2.1 metadata structure (ReportStructure): which attributes for which targets. Different reports may have attributes
/// with the same id.
/// </summary>
/// <param name="Id">Id.</param>
/// <param name="Attributes">Its top attributes.</param>
/// <param name="TargetIds">Ids of its targets.</param>
public sealed record MetadataReportStructure(string Id, ImmutableArray<MetadataAttribute> Attributes, ImmutableArray<string> TargetIds)
{
    /// <summary>Further link, as a URI, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>A metadata structure definition, MSD.</summary>
public sealed record MetadataStructure : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.MetadataStructure;

    /// <summary>Top attributes in order; those of all reports, each id once, when it has reports.</summary>
    public ImmutableArray<MetadataAttribute> Attributes { get; init; } = [];

    /// <summary>About the list of attributes (SDMX 3.0), or null.</summary>
    public ListNotes? AttributeNotes { get; init; }

    /// <summary>Targets of a 2.1 metadata structure; empty in 3.0.</summary>
    public ImmutableArray<MetadataTarget> Targets { get; init; } = [];

    /// <summary>Report structures of a 2.1 metadata structure; empty in 3.0.</summary>
    public ImmutableArray<MetadataReportStructure> Reports { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => All(Attributes).SelectMany(a =>
        a.Representation?.Enumeration is { } list ? new[] { a.Concept, list } : [a.Concept])
        .Concat(Targets.SelectMany(t => t.Objects).Select(o => o.Enumeration).OfType<StructureReference>());

    private static IEnumerable<MetadataAttribute> All(IEnumerable<MetadataAttribute> attributes)
        => attributes.SelectMany(a => All(a.Children).Prepend(a));
}

/// <summary>A metadataflow: a metadata structure put to use for some targets.</summary>
public sealed record Metadataflow : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.Metadataflow;

    /// <summary>The metadata structure; null only in stubs.</summary>
    public StructureReference? Structure { get; init; }

    /// <summary>URNs, possibly with wildcards, of what reports may be about (SDMX 3.0 Target).</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => new[] { Structure }.OfType<StructureReference>().Concat(TargetReferences(Targets));

    /// <summary>What targets refer to: those that name one artefact or item, not those that stand for many.</summary>
    internal static IEnumerable<StructureReference> TargetReferences(ImmutableArray<string> targets)
        => targets.Where(t => !t.Contains('*', StringComparison.Ordinal)).Select(t => StructureReference.TryParseUrn(t, out StructureReference? reference) ? reference : null).OfType<StructureReference>();
}

/// <summary>Agreement of a metadata provider to provide reports for a metadataflow.</summary>
public sealed record MetadataProvisionAgreement : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.MetadataProvisionAgreement;

    /// <summary>The metadataflow; null only in stubs.</summary>
    public StructureReference? Metadataflow { get; init; }

    /// <summary>The metadata provider; null only in stubs.</summary>
    public StructureReference? MetadataProvider { get; init; }

    /// <summary>URNs, possibly with wildcards, of what reports may be about.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References
        => new[] { Metadataflow, MetadataProvider }.OfType<StructureReference>().Concat(Model.Metadataflow.TargetReferences(Targets));
}
