using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;

namespace Dsm.Sdmx.Data;

/// <summary>
/// Finds the number of a code by its UTF-8 bytes: a flat table with open addressing, half full at most, so that readers need not make
/// characters of codes first. Immutable once made.
/// </summary>
internal sealed class CodeBytes
{
    private readonly Place[] _table;
    private readonly byte[] _bytes;
    private readonly int _mask;

    public CodeBytes(ImmutableArray<string> codes)
    {
        byte[][] all = [.. codes.Select(Encoding.UTF8.GetBytes)];
        _table = new Place[BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, codes.Length * 2))];
        _mask = _table.Length - 1;
        _bytes = new byte[all.Sum(c => c.Length)];
        for (int code = 0, start = 0; code < all.Length; start += all[code++].Length)
        {
            all[code].CopyTo(_bytes, start);
            int at = (int)(Hash(all[code]) >> 32) & _mask;
            while (_table[at].Number != 0)
            {
                at = (at + 1) & _mask;
            }

            _table[at] = new Place(code + 1, Head(all[code]), start, all[code].Length);
        }
    }

    /// <summary>The number of a code; -1 when it is not there.</summary>
    public int IndexOf(ReadOnlySpan<byte> code)
    {
        ulong head = Head(code);
        for (int at = (int)(Hash(head, code) >> 32) & _mask; ; at = (at + 1) & _mask)
        {
            ref readonly Place place = ref _table[at];
            if (place.Number == 0)
            {
                return -1;
            }

            if (place.Head == head && place.Length == code.Length && (code.Length <= 8 || code.SequenceEqual(_bytes.AsSpan(place.Start, place.Length))))
            {
                return place.Number - 1;
            }
        }
    }

    private static ulong Hash(ReadOnlySpan<byte> code) => Hash(Head(code), code);

    private static ulong Hash(ulong head, ReadOnlySpan<byte> code)
    {
        ulong hash = (head ^ (uint)code.Length) * 0x9E3779B97F4A7C15;
        for (ReadOnlySpan<byte> rest = code.Length > 8 ? code[8..] : []; !rest.IsEmpty; rest = rest.Length > 8 ? rest[8..] : [])
        {
            hash = (BitOperations.RotateLeft(hash, 29) ^ Head(rest)) * 0x9E3779B97F4A7C15;
        }

        return hash ^ (hash << 23);
    }

    /// <summary>The first eight bytes as a number; of fewer, those there are.</summary>
    private static ulong Head(ReadOnlySpan<byte> code)
    {
        if (code.Length >= 8)
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(code);
        }

        if (code.Length >= 4)
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(code) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(code[^4..]) << 32);
        }

        return code.Length switch
        {
            0 => 0,
            1 => code[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(code),
            _ => BinaryPrimitives.ReadUInt16LittleEndian(code) | ((ulong)code[2] << 16),
        };
    }

    private readonly record struct Place(int Number, ulong Head, int Start, int Length);
}
