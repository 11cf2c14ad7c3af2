using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>A category; its children are nested.</summary>
public sealed record Category : Item
{
    /// <summary>Categories below this one.</summary>
    public ImmutableArray<Category> Children { get; init; } = [];
}

/// <summary>A category scheme.</summary>
public sealed record CategoryScheme : ItemScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.CategoryScheme;

    /// <summary>Top categories in order.</summary>
    public ImmutableArray<Category> Categories { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Flatten(Categories);

    private static IEnumerable<Category> Flatten(IEnumerable<Category> categories)
        => categories.SelectMany(c => Flatten(c.Children).Prepend(c));
}
