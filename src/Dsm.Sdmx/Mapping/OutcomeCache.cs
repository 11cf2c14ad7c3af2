using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Mapping;

/// <summary>Outcomes by the tuple of source values: an array for one coded source, else tables of pairs of numbers. Bounded.</summary>
internal sealed class OutcomeCache<T>(ImmutableArray<SourceReader> sources)
    where T : class
{
    private readonly Dictionary<long, int>[] _pairs = [.. sources.Skip(1).Select(_ => new Dictionary<long, int>())];
    private T?[] _outcomes = new T?[64];

    /// <summary>Place of the outcome for the source values of an observation; null there means not known yet.</summary>
    public ref T? this[ObservationBatch batch, int series, int row]
    {
        get
        {
            int number = sources[0].NumberOf(batch, series, row) + 1;
            for (int i = 1; i < sources.Length; i++)
            {
                long pair = ((long)number << 32) | (uint)sources[i].NumberOf(batch, series, row);
                Dictionary<long, int> numbers = _pairs[i - 1];
                if (!numbers.TryGetValue(pair, out int next))
                {
                    numbers.Add(pair, next = numbers.Count);
                }

                number = next;
            }

            if (number >= _outcomes.Length)
            {
                if (IsFull())
                {
                    Reset();
                    return ref this[batch, series, row];
                }

                Array.Resize(ref _outcomes, Math.Max(number + 1, _outcomes.Length * 2));
            }

            return ref _outcomes[number];
        }
    }

    private bool IsFull()
    {
        bool full = _pairs.Any(p => p.Count > SourceReader.MaxValues);
        foreach (SourceReader source in sources)
        {
            full |= source.Count > SourceReader.MaxValues;
        }

        return full;
    }

    private void Reset()
    {
        Array.Clear(_outcomes);
        foreach (Dictionary<long, int> pairs in _pairs)
        {
            pairs.Clear();
        }

        foreach (SourceReader source in sources)
        {
            source.Reset();
        }
    }
}
