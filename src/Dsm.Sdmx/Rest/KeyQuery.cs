using System.Collections.Immutable;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// A key with wildcards: for each dimension the codes that fit; a position without codes fits all. Positions that are left out at
/// the end fit all.
/// </summary>
/// <param name="Positions">Codes by position in the order of the data structure, time left out.</param>
public sealed record KeyQuery(ImmutableArray<ImmutableArray<string>> Positions)
{
    /// <summary>True when every key fits.</summary>
    public bool IsAll => Positions.All(p => p.IsEmpty);

    /// <summary>What fits every key, of so many positions: no key at all, unless the number has to be held against a structure.</summary>
    internal static ImmutableArray<KeyQuery> All(int positions)
        => positions < 2 ? [] : [new KeyQuery([.. Enumerable.Repeat(ImmutableArray<string>.Empty, positions)])];

    /// <inheritdoc/>
    public bool Equals(KeyQuery? other)
        => other is not null && Positions.Length == other.Positions.Length
            && Positions.Zip(other.Positions).All(p => p.First.SequenceEqual(p.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => Positions.Aggregate(Positions.Length, (hash, p) => HashCode.Combine(hash, p.Length, p.FirstOrDefault()));

    /// <summary>The key as REST 1.5 writes it: dots between positions, <c>+</c> between codes, nothing for a wildcard.</summary>
    public override string ToString() => string.Join('.', Positions.Select(p => string.Join('+', p)));
}
