using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>An item of a value list: an id of free form (SDMX 3.0 ValueItem).</summary>
public sealed record ValueItem : Item;

/// <summary>A list of values that need not be identifiers (SDMX 3.0 ValueList).</summary>
public sealed record ValueList : ItemScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.ValueList;

    /// <summary>The values in order.</summary>
    public ImmutableArray<ValueItem> Values { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Values;
}
