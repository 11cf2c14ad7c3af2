using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>A part of a key: some dimensions with their indices.</summary>
/// <param name="Dimensions">The dimensions.</param>
/// <param name="Indices">Index of each.</param>
internal sealed record JsonGroupKey(JsonComponent[] Dimensions, int[] Indices);

/// <summary>
/// The keys of <c>dimensionGroupAttributes</c>, and the values among them that belong to observations (attributes of a part of the key
/// with time in it). The field guide gives dimensions their position in the key; the samples of the standard have them in the order
/// of levels (data set, series, observation). Where the two differ, a key is read the first way unless only the second fits the
/// lists of values and the relationships of the attributes.
/// </summary>
internal sealed class JsonGroups(JsonBinding binding)
{
    private readonly List<Part> _parts = [];
    private readonly bool _isOneOrder = binding.Presented.SequenceEqual(binding.InKeyOrder);

    /// <summary>True when there are values that belong to observations.</summary>
    public bool HasObservationValues => _parts.Count > 0;

    /// <summary>What a key names; null when it has too many positions or an index that no value has.</summary>
    public JsonGroupKey? Find(ReadOnlySpan<int> indices)
    {
        JsonGroupKey? byKey = Find(indices, binding.InKeyOrder);
        if (_isOneOrder || (byKey is not null && FitsRelationship(byKey)))
        {
            return byKey;
        }

        JsonGroupKey? byLevel = Find(indices, binding.Presented);
        return byLevel is not null && (byKey is null || FitsRelationship(byLevel)) ? byLevel : byKey;
    }

    /// <summary>Keeps a value of an attribute of observations.</summary>
    public void Learn(JsonGroupKey key, JsonComponent attribute, string text)
    {
        Part? part = _parts.Find(p => p.Slot == attribute.Slot && p.Dimensions.AsSpan().SequenceEqual(key.Dimensions));
        if (part is null)
        {
            _parts.Add(part = new Part(attribute.Slot, key.Dimensions, binding));
        }

        part.Values.TryAdd(key.Indices, text);
    }

    /// <summary>Gives an observation at hand the values of its groups.</summary>
    public void Apply(BatchFiller filler, ReadOnlySpan<int> series, ReadOnlySpan<int> observation)
    {
        foreach (Part part in _parts)
        {
            if (part.Find(series, observation) is { } text)
            {
                filler.SetCell(part.Slot, text);
            }
        }
    }

    private static JsonGroupKey? Find(ReadOnlySpan<int> indices, JsonComponent[] order)
    {
        if (indices.Length > order.Length)
        {
            return null;
        }

        List<JsonComponent> dimensions = [];
        List<int> named = [];
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] == JsonKey.None)
            {
                continue;
            }

            if (indices[i] >= order[i].Count)
            {
                return null;
            }

            dimensions.Add(order[i]);
            named.Add(indices[i]);
        }

        return new JsonGroupKey([.. dimensions], [.. named]);
    }

    private bool FitsRelationship(JsonGroupKey key)
        => binding.GroupAttributes.Any(a => a.Part.Relationship.IsEmpty
            || (a.Part.Relationship.Length == key.Dimensions.Length && key.Dimensions.All(d => a.Part.Relationship.Contains(d.Id))));

    private sealed class Part(ComponentSlot slot, JsonComponent[] dimensions, JsonBinding binding)
    {
        private readonly int[] _key = new int[dimensions.Length];
        private readonly int[] _inSeries = [.. dimensions.Select(d => Array.IndexOf(binding.SeriesDimensions, d))];
        private readonly int[] _inObservation = [.. dimensions.Select(d => Array.IndexOf(binding.ObservationDimensions, d))];

        public ComponentSlot Slot { get; } = slot;

        public JsonComponent[] Dimensions { get; } = dimensions;

        public Dictionary<int[], string> Values { get; } = new(KeyComparer.Instance);

        public string? Find(ReadOnlySpan<int> series, ReadOnlySpan<int> observation)
        {
            for (int i = 0; i < _key.Length; i++)
            {
                // A dimension of the data set has one value.
                _key[i] = _inObservation[i] >= 0 ? observation[_inObservation[i]]
                    : _inSeries[i] >= 0 ? series[_inSeries[i]]
                    : 0;
            }

            return Values.GetValueOrDefault(_key);
        }
    }
}
