using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;

namespace Dsm.Sdmx.Validation;

/// <summary>
/// Packs the code numbers of a (partial) series key into 128 bits. Keys of known codes are packed exactly; keys with other values
/// (unknown codes, uncoded dimensions with many values) become a 127-bit hash seeded per process, with the top bit set.
/// </summary>
internal sealed class KeyPacker
{
    private const int UncodedBits = 20;

    private static readonly ulong Seed1 = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private static readonly ulong Seed2 = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    private readonly int[] _bits;
    private readonly bool _fits;

    /// <summary>Makes a packer for dimensions of which so many codes are known each; 0 for uncoded.</summary>
    public KeyPacker(ImmutableArray<int> knownCodes)
    {
        // One value more than there are codes: 0 stands for "no value".
        _bits = [.. knownCodes.Select(known => known == 0 ? UncodedBits : 32 - BitOperations.LeadingZeroCount((uint)known))];
        _fits = _bits.Sum() <= 127;
    }

    /// <summary>Packs code numbers by dimension; -1 for no value.</summary>
    public UInt128 Pack(ReadOnlySpan<int> codes)
    {
        if (!_fits)
        {
            return Hash(codes);
        }

        ulong high = 0, low = 0;
        for (int d = 0; d < codes.Length; d++)
        {
            int bits = _bits[d];
            uint code = (uint)(codes[d] + 1);
            if (code >> bits != 0)
            {
                return Hash(codes);
            }

            if (bits > 0)
            {
                high = (high << bits) | (low >> (64 - bits));
                low = (low << bits) | code;
            }
        }

        return new UInt128(high, low);
    }

    private static UInt128 Hash(ReadOnlySpan<int> codes)
    {
        ulong a = Seed1, b = Seed2;
        foreach (int code in codes)
        {
            a = Mix((a ^ (uint)code) + 0x9E3779B97F4A7C15);
            b = Mix((b + (uint)code) ^ 0xD6E8FEB86659FD93);
        }

        return new UInt128(a | (1UL << 63), b);
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
