using System.Runtime.InteropServices;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Validation;

/// <summary>
/// The periods seen in each series, as bits by period ordinal, so that memory follows the number of series. Periods of a second
/// form, far-away ones and those without an ordinal (date-times, ranges) go into sets beside.
/// </summary>
internal sealed class PeriodSets
{
    /// <summary>Most words of 64 periods kept for a series: eleven years of days.</summary>
    private const int MaxWords = 64;

    private readonly HashSet<(int Series, int Ordinal)> _others = [];
    private readonly HashSet<(int Series, string Period)> _texts = [];
    private readonly Chunks<Bits> _series = new();

    /// <summary>Notes an observation of a series; false when its period was there before.</summary>
    public bool Add(int series, in TimePeriod period)
    {
        int ordinal = period.Ordinal;
        if (ordinal == 0)
        {
            return _texts.Add((series, period.ToString()));
        }

        ref Bits bits = ref _series[series];
        int kind = ordinal >> 28, index = ordinal & 0x0FFF_FFFF;
        if (bits.Kind == 0)
        {
            (bits.Kind, bits.First) = ((byte)kind, index >> 6);
        }

        int word = (index >> 6) - bits.First;
        if (bits.Kind != kind || (word != 0 && !bits.TryReach(ref word)))
        {
            return _others.Add((series, ordinal));
        }

        ref ulong place = ref word == 0 ? ref bits.Word : ref bits.More![word - 1];
        ulong mask = 1UL << (index & 63);
        bool isNew = (place & mask) == 0;
        place |= mask;
        return isNew;
    }

    /// <summary>Makes room for the periods of a long run at once, told by its first and last: growing bit by bit leaves much behind.</summary>
    public void Reserve(int series, in TimePeriod first, in TimePeriod last)
    {
        int from = first.Ordinal, to = last.Ordinal;
        if (from == 0 || to == 0 || from >> 28 != to >> 28)
        {
            return;
        }

        ref Bits bits = ref _series[series];
        if (bits.Kind == 0)
        {
            (bits.Kind, bits.First) = ((byte)(from >> 28), (from & 0x0FFF_FFFF) >> 6);
        }

        int word = ((to & 0x0FFF_FFFF) >> 6) - bits.First;
        if (bits.Kind == to >> 28 && word != 0)
        {
            bits.TryReach(ref word);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Bits
    {
        public byte Kind;
        public int First;
        public ulong Word;
        public ulong[]? More;

        /// <summary>Makes room for a word; its number changes when words are put in front.</summary>
        public bool TryReach(ref int word)
        {
            int length = 1 + (More?.Length ?? 0);
            if (word > 0)
            {
                if (word >= MaxWords)
                {
                    return false;
                }

                if (word >= length)
                {
                    Array.Resize(ref More, Math.Min(MaxWords - 1, Math.Max(word, More is null ? 1 : More.Length * 2)));
                }

                return true;
            }

            int shift = -word;
            if (length + shift > MaxWords)
            {
                return false;
            }

            ulong[] moved = new ulong[length + shift - 1];
            moved[shift - 1] = Word;
            More?.CopyTo(moved, shift);
            (More, Word, First, word) = (moved, 0, First - shift, 0);
            return true;
        }
    }
}
