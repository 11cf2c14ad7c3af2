using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Validation;

/// <summary>
/// One key set, its keys packed and gathered by which dimensions they name, so that a look-up takes as long as there are such patterns.
/// </summary>
internal sealed class KeySetCheck
{
    private readonly KeyPacker _packer;
    private readonly List<(ImmutableArray<bool> Named, HashSet<UInt128> Keys)> _patterns = [];

    /// <summary>Packs the keys of a set.</summary>
    public KeySetCheck(SchemaKeySet set, KeyPacker packer)
    {
        _packer = packer;
        IsIncluded = set.IsIncluded;
        foreach (IGrouping<string, ImmutableArray<int>> group in set.Keys.GroupBy(k => string.Concat(k.Select(c => c == -1 ? '0' : '1'))))
        {
            _patterns.Add(([.. group.Key.Select(c => c == '1')], [.. group.Select(k => packer.Pack(k.AsSpan()))]));
        }
    }

    /// <summary>False when the keys are those left out.</summary>
    public bool IsIncluded { get; }

    /// <summary>True when a key of the set fits the code numbers of a series.</summary>
    public bool Contains(ReadOnlySpan<int> codes)
    {
        Span<int> partial = stackalloc int[codes.Length];
        foreach ((ImmutableArray<bool> named, HashSet<UInt128> keys) in _patterns)
        {
            for (int d = 0; d < codes.Length; d++)
            {
                partial[d] = named[d] ? codes[d] : -1;
            }

            if (keys.Contains(_packer.Pack(partial)))
            {
                return true;
            }
        }

        return false;
    }
}
