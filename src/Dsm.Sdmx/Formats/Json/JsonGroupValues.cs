using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Attributes of groups met in a data set that is being written: one value for each part of the key, written once, behind the data.
/// </summary>
internal sealed class JsonGroupValues
{
    private readonly Kind[] _kinds;

    public JsonGroupValues(JsonDataLayout layout)
    {
        _kinds = layout.GroupKinds.Length == 0 ? [] : new Kind[layout.GroupKinds.Length];
        for (int i = 0; i < _kinds.Length; i++)
        {
            _kinds[i] = new Kind(layout.GroupKinds[i]);
        }
    }

    /// <summary>Number of groups.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (Kind kind in _kinds)
            {
                count += kind.Values.Count;
            }

            return count;
        }
    }

    /// <summary>Takes the values of a series; false, with nothing taken, when one differs from what its group has.</summary>
    public bool Learn(ObservationBatch batch, int series)
    {
        foreach (Kind kind in _kinds)
        {
            if (kind.Differs(batch, series))
            {
                return false;
            }
        }

        foreach (Kind kind in _kinds)
        {
            kind.Learn(batch, series);
        }

        return true;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        foreach (Kind kind in _kinds)
        {
            kind.Values.Clear();
        }
    }

    /// <summary>All groups: positions of their dimensions with the codes, and the values by position among the attributes of groups.</summary>
    public IEnumerable<(int[] Dimensions, int[] Codes, int[] Attributes, string?[] Values)> All()
        => _kinds.SelectMany(k => k.Values.Select(v => (k.Dimensions, v.Key, k.Attributes, v.Value)));

    private sealed class Kind(JsonGroupKind kind)
    {
        private readonly int[] _columns = kind.Columns;
        private readonly int[] _key = new int[kind.Dimensions.Length];
        private int[]? _lastKey;
        private string?[] _last = [];

        public int[] Dimensions => kind.Dimensions;

        public int[] Attributes => kind.Attributes;

        public Dictionary<int[], string?[]> Values { get; } = new(KeyComparer.Instance);

        public bool Differs(ObservationBatch batch, int series)
        {
            if (Find(batch, series) is not { } known)
            {
                return false;
            }

            for (int i = 0; i < _columns.Length; i++)
            {
                if (known[i] is { } old && batch.SeriesAttributes[_columns[i]][series] is { } value && value != old)
                {
                    return true;
                }
            }

            return false;
        }

        public void Learn(ObservationBatch batch, int series)
        {
            string?[]? known = Find(batch, series);
            for (int i = 0; i < _columns.Length; i++)
            {
                if (batch.SeriesAttributes[_columns[i]][series] is { } value)
                {
                    if (known is null)
                    {
                        int[] key = [.. _key];
                        Values.Add(key, known = new string?[_columns.Length]);
                        (_lastKey, _last) = (key, known);
                    }

                    known[i] = value;
                }
            }
        }

        private string?[]? Find(ObservationBatch batch, int series)
        {
            for (int i = 0; i < _key.Length; i++)
            {
                _key[i] = batch.Dimensions[Dimensions[i]].Codes[series];
            }

            if (_lastKey is not null && Values.Count > 0 && _key.AsSpan().SequenceEqual(_lastKey))
            {
                return _last;
            }

            if (!Values.TryGetValue(_key, out string?[]? values))
            {
                return null;
            }

            (_lastKey, _last) = ([.. _key], values);
            return values;
        }
    }
}
