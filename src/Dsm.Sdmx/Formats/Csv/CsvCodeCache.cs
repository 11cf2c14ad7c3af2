using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// The numbers of values by the bytes of their fields: those of up to 16 bytes are found again without making characters of them. One place for
/// each hash, so it never grows; what has no place, or is longer, is worked out anew.
/// </summary>
internal sealed class CsvCodeCache(int size)
{
    /// <summary>Longest field that is remembered.</summary>
    public const int MaxLength = 16;

    private readonly Entry[] _entries = new Entry[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(size, 16, 1 << 14))];

    /// <summary>Finds what a field means. Behind the bytes there must be <see cref="CsvBuffer.Padding"/> more that can be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(ReadOnlySpan<byte> field, out int value)
    {
        if ((uint)(field.Length - 1) >= MaxLength)
        {
            value = default;
            return false;
        }

        (ulong low, ulong high) = Key(field);
        ref Entry entry = ref Place(low, high, field.Length);
        value = entry.Value;
        return entry.Length == field.Length && entry.Low == low && entry.High == high;
    }

    /// <summary>Remembers what a field means, if it is short.</summary>
    public void Add(ReadOnlySpan<byte> field, int value)
    {
        if ((uint)(field.Length - 1) < MaxLength)
        {
            (ulong low, ulong high) = Key(field);
            Place(low, high, field.Length) = new Entry { Low = low, High = high, Length = field.Length, Value = value };
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Low, ulong High) Key(ReadOnlySpan<byte> field)
    {
        ref byte first = ref MemoryMarshal.GetReference(field);
        ulong low = Unsafe.ReadUnaligned<ulong>(ref first);
        int length = field.Length;
        if (length <= 8)
        {
            return (low & (ulong.MaxValue >> (64 - (length * 8))), 0);
        }

        return (low, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, 8)) & (ulong.MaxValue >> (128 - (length * 8))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry Place(ulong low, ulong high, int length)
    {
        ulong hash = (low ^ (high * 0xD6E8FEB86659FD93) ^ (ulong)length) * 0x9E3779B97F4A7C15;
        return ref _entries[(int)(hash >> 40) & (_entries.Length - 1)];
    }

    private struct Entry
    {
        public ulong Low;
        public ulong High;
        public int Length;
        public int Value;
    }
}
