using System.Collections;
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
    ImmutableArray<SchemaKeySet> KeySets);

/// <summary>A region: per component the codes that belong to it. Components not named are free.</summary>
/// <param name="Selections">The selections.</param>
public sealed record SchemaRegion(ImmutableArray<SchemaSelection> Selections);

/// <summary>What of one component belongs to a region.</summary>
/// <param name="Component">The component.</param>
/// <param name="Codes">Bit set over the component's <see cref="CodeIndex"/>; null for a time range.</param>
/// <param name="Start">First instant of a time range; null for open.</param>
/// <param name="End">First instant after a time range; null for open.</param>
public sealed record SchemaSelection(SchemaComponent Component, BitArray? Codes, DateTime? Start = null, DateTime? End = null);

/// <summary>A set of keys; -1 stands for "any".</summary>
/// <param name="IsIncluded">False when the keys are those left out.</param>
/// <param name="Keys">Numbers of codes by dimension position.</param>
public sealed record SchemaKeySet(bool IsIncluded, ImmutableArray<ImmutableArray<int>> Keys);
