using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>A value reported for an attribute of a metadata structure; values below it are nested.</summary>
public sealed record ReportedAttribute
{
    /// <summary>Id of the metadata attribute (among its siblings).</summary>
    public required string Id { get; init; }

    /// <summary>A value that is not text in languages: number, code, date, plain string; null when there is none.</summary>
    public string? Value { get; init; }

    /// <summary>Text by language; of structured text the XHTML, without the declaration of its namespace.</summary>
    public LocalisedText Text { get; init; }

    /// <summary>True when <see cref="Text"/> is XHTML (StructuredText).</summary>
    public bool IsStructured { get; init; }

    /// <summary>Values below this one.</summary>
    public ImmutableArray<ReportedAttribute> Children { get; init; } = [];

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];

    /// <summary>True when texts look like XHTML: SDMX-JSON and SDMX-CSV do not say which are.</summary>
    internal static bool LooksStructured(LocalisedText text) => !text.IsEmpty && text.Texts.All(t => t.Value.AsSpan().TrimStart().StartsWith('<'));
}

/// <summary>
/// A report of reference metadata about one or more objects (SDMX 3.0 MetadataSet). A report of a 2.1 metadata set becomes one: its
/// id is that of the set, numbered when the set has several reports, or else the id of the report structure with its number in the message.
/// <see cref="Maintainable.AgencyId"/> is that of the metadata provider; in 2.1 that of the provider or else of the metadata structure.
/// </summary>
public sealed record MetadataSet : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.MetadataSet;

    /// <summary>The metadataflow reported for; null when the agreement or a 2.1 metadata structure says it.</summary>
    public StructureReference? Metadataflow { get; init; }

    /// <summary>The metadata provision agreement reported under, or null.</summary>
    public StructureReference? MetadataProvisionAgreement { get; init; }

    /// <summary>SDMX 2.1: the metadata structure named in the header; null otherwise.</summary>
    public StructureReference? MetadataStructure { get; init; }

    /// <summary>URNs, possibly with wildcards, of what the report is about.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>Reported values in order.</summary>
    public ImmutableArray<ReportedAttribute> Attributes { get; init; } = [];

    /// <summary>What is to be done with it, as written (Replace, Append, Delete, Information ...); null when not said.</summary>
    public string? Action { get; init; }

    /// <summary>First period reported, as written, or null.</summary>
    public string? ReportingBeginDate { get; init; }

    /// <summary>Last period reported, as written, or null.</summary>
    public string? ReportingEndDate { get; init; }

    /// <summary>Year of publication, as written, or null.</summary>
    public string? PublicationYear { get; init; }

    /// <summary>Period of publication, as written, or null.</summary>
    public string? PublicationPeriod { get; init; }

    /// <summary>SDMX 2.1: who provides it, an item of a provider scheme; null when not said.</summary>
    public StructureReference? Provider { get; init; }

    /// <summary>SDMX 2.1: id of the metadata set that the report was part of (setID); null when not said.</summary>
    public string? SetId { get; init; }

    /// <summary>SDMX 2.1: id of the report structure; null in 3.0, where a metadata structure has one list of attributes.</summary>
    public string? ReportId { get; init; }

    /// <summary>SDMX 2.1: what the report is about, part by part; null in 3.0, which has <see cref="Targets"/> only.</summary>
    public ReportTarget? ReportTarget { get; init; }

    /// <summary>SDMX 2.1: annotations of the report; those of the set are <see cref="Maintainable.Annotations"/>.</summary>
    public ImmutableArray<Annotation> ReportAnnotations { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References
        => new[] { Metadataflow, MetadataProvisionAgreement, MetadataStructure }.OfType<StructureReference>();
}
