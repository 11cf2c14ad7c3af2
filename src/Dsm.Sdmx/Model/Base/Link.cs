using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>A link from an identifiable object to another resource (SDMX 3.0 Link).</summary>
/// <param name="Rel">What is linked to, e.g. <c>reference_metadata</c>.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Urn">Its URN, when it is an SDMX object; or null.</param>
/// <param name="Type">Kind of link, e.g. <c>PDF</c>; or null.</param>
public sealed record Link(string Rel, string Url, string? Urn = null, string? Type = null);

/// <summary>What may be said about a list of components or the like, which has no other properties (ComponentList).</summary>
public sealed record ListNotes
{
    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];

    /// <summary>Links to further resources (SDMX 3.0 Link).</summary>
    public ImmutableArray<Link> Links { get; init; } = [];

    /// <summary>Further link, as a URI, or null.</summary>
    public string? Uri { get; init; }
}
