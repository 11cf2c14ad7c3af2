using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Dsm.Sdmx.Data;

/// <summary>A constraint in numbers: bit sets over the codes of each component. All constraints of a schema must hold.</summary>
/// <param name="Name">Short reference of the constraint, for messages.</param>
/// <param name="Regions">Included regions, of which one must hold (empty: no condition).</param>
/// <param name="Excluded">Excluded regions, of which none may hold.</param>
/// <param name="KeySets">Key sets: included ones, of which one must match, and excluded ones.</param>
public sealed record SchemaConstraint(
    string Name,
    ImmutableArray<SchemaRegion> Regions,
    ImmutableArray<SchemaRegion> Excluded,
    ImmutableArray<SchemaKeySet> KeySets)
{
    /// <summary>Codes of a component that this constraint leaves possible, as bits over its <see cref="SchemaComponent.Codes"/>.</summary>
    public BitArray Allowed(SchemaComponent component)
    {
        ArgumentNullException.ThrowIfNull(component);
        int count = component.Codes?.Count ?? 0;
        BitArray allowed = new(count, Regions.IsEmpty);
        foreach (SchemaRegion region in Regions)
        {
            BitArray inRegion = new(count, true);
            foreach (SchemaSelection selection in region.Selections.Where(s => s.Component.Id == component.Id && s.Codes is not null))
            {
                inRegion.And(selection.Codes!);
            }

            allowed.Or(inRegion);
        }

        // An excluded region forbids a code for good only when it names no other component.
        foreach (SchemaRegion region in Excluded.Where(r => r.Selections.Length == 1 && r.Selections[0].Component.Id == component.Id && r.Selections[0].Codes is not null))
        {
            allowed.And(new BitArray(region.Selections[0].Codes!).Not());
        }

        if (component.Role == ComponentRole.Dimension && KeySets.Any(k => k.IsIncluded))
        {
            allowed.And(InKeySets(component, count));
        }

        return allowed;
    }

    private BitArray InKeySets(SchemaComponent dimension, int count)
    {
        BitArray named = new(count);
        foreach (ImmutableArray<int> key in KeySets.Where(k => k.IsIncluded).SelectMany(k => k.Keys))
        {
            if (key[dimension.Index] == -1)
            {
                return new BitArray(count, true);
            }

            if (key[dimension.Index] < count)
            {
                named[key[dimension.Index]] = true;
            }
        }

        return named;
    }
}

/// <summary>A region: per component the codes that belong to it. Components not named are free.</summary>
/// <param name="Selections">The selections.</param>
public sealed record SchemaRegion(ImmutableArray<SchemaSelection> Selections);

/// <summary>What of one component belongs to a region.</summary>
/// <param name="Component">The component.</param>
/// <param name="Codes">Bit set over the component's <see cref="CodeIndex"/>; null for a time range and for an uncoded component.</param>
/// <param name="Start">First instant of a time range; null for open.</param>
/// <param name="End">First instant after a time range; null for open.</param>
public sealed record SchemaSelection(SchemaComponent Component, BitArray? Codes, DateTime? Start = null, DateTime? End = null)
{
    /// <summary>Values of an uncoded component, or periods as written; null for codes and for a time range.</summary>
    public FrozenSet<string>? Texts { get; init; }

    /// <summary>False when the time range or the texts are what is left out. Bit sets are turned round instead.</summary>
    public bool IsIncluded { get; init; } = true;

    /// <summary>
    /// For codes that belong to the selection for a time only (SDMX 3.0 validFrom, validTo): when they do, by code number. Codes that
    /// are not here belong to it always. Null when no code is limited.
    /// </summary>
    public FrozenDictionary<int, ImmutableArray<SchemaSpan>>? Spans { get; init; }

    /// <summary>True when <see cref="Codes"/> were turned round, because the selection names what is left out.</summary>
    public bool IsTurned { get; init; }
}

/// <summary>A span of time.</summary>
/// <param name="Start">First instant; null for open.</param>
/// <param name="End">First instant after it; null for open.</param>
public readonly record struct SchemaSpan(DateTime? Start, DateTime? End);

/// <summary>A set of keys; -1 stands for "any", <see cref="NoCode"/> for a code that does not exist.</summary>
/// <param name="IsIncluded">False when the keys are those left out.</param>
/// <param name="Keys">Numbers of codes by dimension position.</param>
public sealed record SchemaKeySet(bool IsIncluded, ImmutableArray<ImmutableArray<int>> Keys)
{
    /// <summary>Stands in a key for a code that the codelist does not have; no series fits it.</summary>
    public const int NoCode = int.MaxValue - 1;
}
