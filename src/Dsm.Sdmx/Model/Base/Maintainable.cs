using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>
/// What every maintainable artefact has (SDMX information model, Base). Immutable; changed copies by <c>with</c>.
/// Collections in records compare by reference: use <see cref="Reference"/> to compare identity.
/// </summary>
public abstract record Maintainable
{
    /// <summary>Type of the artefact.</summary>
    public abstract StructureType Type { get; }

    /// <summary>Agency that maintains it, dotted when nested.</summary>
    public required string AgencyId { get; init; }

    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>Version.</summary>
    public SdmxVersion Version { get; init; }

    /// <summary>Name.</summary>
    public LocalisedText Name { get; init; }

    /// <summary>Description.</summary>
    public LocalisedText Description { get; init; }

    /// <summary>First instant of validity as written, or null.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last instant of validity as written, or null.</summary>
    public string? ValidTo { get; init; }

    /// <summary>SDMX 2.1 <c>isFinal</c>: true, false or not said. In 3.0 said by the version.</summary>
    public bool? IsFinal { get; init; }

    /// <summary>True when only a stub is here and the whole artefact is elsewhere.</summary>
    public bool IsExternalReference { get; init; }

    /// <summary>Where the whole artefact is found, for an external reference.</summary>
    public string? StructureUrl { get; init; }

    /// <summary>Where the artefact is served.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>Further link about the artefact.</summary>
    public string? Uri { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];

    /// <summary>Links to further resources (SDMX 3.0 Link).</summary>
    public ImmutableArray<Link> Links { get; init; } = [];

    /// <summary>True when texts are here in some of their languages only (SDMX 3.1 isPartialLanguage).</summary>
    public bool IsPartialLanguage { get; init; }

    /// <summary>Reference to this artefact.</summary>
    public StructureReference Reference => new(Type, AgencyId, Id, Version.ToString());

    /// <summary>The URN.</summary>
    public string Urn => Reference.Urn;

    /// <summary>References this artefact makes to others, items included, in document order; used for <c>references=children</c>.</summary>
    public virtual IEnumerable<StructureReference> References => [];

    /// <summary>The first annotation of a type, or null.</summary>
    public Annotation? AnnotationOf(string type) => Annotations.FirstOrDefault(a => a.Type == type);
}
