using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Validation;

/// <summary>
/// The value each attribute above the observation was given first, by what it is attached to (data set, partial key, series), to find
/// contradictions. Memory follows the number of groups and series.
/// </summary>
internal sealed class AttributeRegister
{
    private readonly Slot[] _slots;
    private readonly KeyPacker _packer;
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Makes a register for the attributes of a schema above the observation.</summary>
    public AttributeRegister(DataSchema schema, KeyPacker packer)
    {
        _packer = packer;
        _slots = [.. schema.SeriesAttributes.Select((a, i) => new Slot(i, a.Level, a.GroupDimensions, a.HasNumbers))];
    }

    /// <summary>Notes the attributes of a run. Gives those that had another value before, with that value; null when there is none.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="run">The run.</param>
    /// <param name="series">Number of the series.</param>
    /// <param name="key">Code numbers of the series.</param>
    public IReadOnlyList<(int Attribute, string First)>? Add(ObservationBatch batch, int run, int series, ReadOnlySpan<int> key)
    {
        List<(int, string)>? contradictions = null;
        foreach (Slot slot in _slots)
        {
            ValueColumn column = batch.SeriesAttributes[slot.Index];
            if (!column.HasValue(run))
            {
                continue;
            }

            string? first = slot.IsCoded
                ? column.Dictionary![slot.Codes.FirstOther(KeyOf(slot, series, key), column.Codes[run], -1)]
                : slot.Texts.FirstOther(KeyOf(slot, series, key), Shared(column.Texts[run]!), null);
            if (first is not null)
            {
                (contradictions ??= []).Add((slot.Index, first));
            }
        }

        return contradictions;
    }

    private UInt128 KeyOf(Slot slot, int series, ReadOnlySpan<int> key)
    {
        if (slot.Level != AttachmentLevel.Group)
        {
            return slot.Level == AttachmentLevel.Series ? (UInt128)(uint)series : 0;
        }

        Span<int> partial = stackalloc int[key.Length];
        partial.Fill(-1);
        foreach (int d in slot.Dimensions)
        {
            partial[d] = key[d];
        }

        return _packer.Pack(partial);
    }

    /// <summary>One instance a text: titles are repeated over many series.</summary>
    private string Shared(string text)
    {
        if (!_texts.TryGetValue(text, out string? shared))
        {
            _texts.Add(text, shared = text);
        }

        return shared;
    }

    private sealed record Slot(int Index, AttachmentLevel Level, ImmutableArray<int> Dimensions, bool IsCoded)
    {
        public FirstValues<int> Codes { get; } = new(Level);

        public FirstValues<string?> Texts { get; } = new(Level);
    }

    /// <summary>First values by key. Series are numbered densely, so theirs lie in an array.</summary>
    private sealed class FirstValues<T>(AttachmentLevel level)
    {
        private readonly Dictionary<UInt128, T> _byKey = [];
        private readonly Chunks<(bool IsSet, T? Value)> _bySeries = new();

        /// <summary>The value noted first, if it is another one; else <paramref name="none"/>.</summary>
        public T FirstOther(UInt128 key, T value, T none)
        {
            T? first;
            if (level == AttachmentLevel.Series)
            {
                ref (bool IsSet, T? Value) place = ref _bySeries[(int)(uint)key];
                (place.Value, place.IsSet) = (place.IsSet ? place.Value : value, true);
                first = place.Value;
            }
            else if (!_byKey.TryGetValue(key, out first))
            {
                _byKey.Add(key, first = value);
            }

            return EqualityComparer<T>.Default.Equals(first, value) ? none : first!;
        }
    }
}
