using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>One item of an item scheme: a code, concept, category or organisation.</summary>
public record Item
{
    /// <summary>Id, unique in the scheme (for categories: among its siblings).</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public LocalisedText Name { get; init; }

    /// <summary>Description.</summary>
    public LocalisedText Description { get; init; }

    /// <summary>Id of the parent item in the same scheme, or null.</summary>
    public string? ParentId { get; init; }

    /// <summary>Further link about the item.</summary>
    public string? Uri { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];

    /// <summary>Links to further resources (SDMX 3.0 Link).</summary>
    public ImmutableArray<Link> Links { get; init; } = [];

    /// <summary>The first annotation of a type, or null.</summary>
    public Annotation? AnnotationOf(string type) => Annotations.FirstOrDefault(a => a.Type == type);
}

/// <summary>A maintained list of items (ItemScheme).</summary>
public abstract record ItemScheme : Maintainable
{
    /// <summary>True when only some of the items are here.</summary>
    public bool IsPartial { get; init; }

    /// <summary>All items in the order of the source, whatever their type.</summary>
    public abstract IEnumerable<Item> AllItems { get; }
}
