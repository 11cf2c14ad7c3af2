using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Reading;

/// <summary>
/// Attribute values that hold for all series with some part of the key: those of groups (part: the group's dimensions) and of the
/// data set (part: nothing). Fills them into series and finds contradictions. One for each data set being read.
/// </summary>
internal sealed class SharedAttributes
{
    /// <summary>A dimension that an element names without a code: what it says holds for the series that lack one too, not for any.</summary>
    public const int NoCode = -2;

    private readonly DataSetSpace _space;
    private readonly IssueList _issues;
    private readonly List<Part>[] _byAttribute;
    private readonly Part?[] _own;
    private readonly int[] _key;

    public SharedAttributes(DataSetSpace space, IssueList issues)
    {
        _space = space;
        _issues = issues;
        _key = new int[space.Dimensions.Length];
        _byAttribute = [.. space.Schema.SeriesAttributes.Select(_ => new List<Part>())];
        _own = new Part?[_byAttribute.Length];
        for (int a = 0; a < _byAttribute.Length; a++)
        {
            SchemaComponent attribute = space.Schema.SeriesAttributes[a];
            if (attribute.Level is AttachmentLevel.Group or AttachmentLevel.DataSet)
            {
                _byAttribute[a].Add(_own[a] = new Part([.. attribute.GroupDimensions]));
                HasOwn = true;
            }
        }
    }

    /// <summary>True when the structure has attributes of groups or of the data set.</summary>
    public bool HasOwn { get; }

    /// <summary>Takes the values of an element that names a part of the key (-1: not named; <see cref="NoCode"/>); late ones come after series that they may hold for.</summary>
    public void Learn(int[] dimensions, AttributeValues values, int line, int column, bool isLate)
    {
        for (int a = 0; a < _byAttribute.Length; a++)
        {
            if (values.Has(a))
            {
                Learn(a, PartFor(a, dimensions), dimensions, values, line, column).IsLate |= isLate;
            }
        }
    }

    /// <summary>Gives an earlier series the values that came late.</summary>
    public void ApplyLate(int[] dimensions, AttributeValues series)
    {
        for (int a = 0; a < _byAttribute.Length; a++)
        {
            foreach (Part part in _byAttribute[a])
            {
                part.Project(dimensions, _key);
                if (part.Values.TryGetValue(_key, out SharedValue? shared) && shared.IsLate)
                {
                    shared.IsUsed = true;
                    series.Copy(a, shared.Values);
                }
            }
        }
    }

    /// <summary>Takes the values that a series itself carries for its groups and its data set, and gives it those it lacks.</summary>
    public void Apply(int[] dimensions, AttributeValues series, int line, int column)
    {
        for (int a = 0; a < _byAttribute.Length; a++)
        {
            foreach (Part part in _byAttribute[a])
            {
                part.Project(dimensions, _key);
                if (part.Values.TryGetValue(_key, out SharedValue? shared))
                {
                    Fill(a, shared, series, line, column);
                }
                else if (ReferenceEquals(part, _own[a]) && series.Has(a))
                {
                    AttributeValues values = new(_space);
                    values.Copy(a, series);
                    part.Values.Add([.. _key], new SharedValue(a, [.. _key], values, line, column) { IsUsed = true });
                }
            }
        }
    }

    /// <summary>Reports values that no series of the data set belongs to.</summary>
    public void ReportUnused()
    {
        foreach (SharedValue value in _byAttribute.SelectMany(p => p).SelectMany(p => p.Values.Values).Where(v => !v.IsUsed))
        {
            string component = _space.Schema.SeriesAttributes[value.Attribute].Id;
            _issues.Add(IssueCodes.AttributeWithoutSeries, new Location(value.Line, value.Column, KeyText(value.Key), null, component), component);
        }
    }

    private string KeyText(int[] key) => string.Join('.', key.Select((code, d) => _space.Dimensions[d][code] ?? ""));

    private void Fill(int attribute, SharedValue shared, AttributeValues series, int line, int column)
    {
        shared.IsUsed = true;
        if (!series.Has(attribute))
        {
            series.Copy(attribute, shared.Values);
        }
        else if (!series.Same(attribute, shared.Values))
        {
            ReportContradiction(attribute, shared, series, line, column);
        }
    }

    private SharedValue Learn(int attribute, Part part, int[] dimensions, AttributeValues values, int line, int column)
    {
        part.Project(dimensions, _key);
        if (part.Values.TryGetValue(_key, out SharedValue? known))
        {
            if (!known.Values.Same(attribute, values))
            {
                ReportContradiction(attribute, known, values, line, column);
            }

            return known;
        }

        AttributeValues copy = new(_space);
        copy.Copy(attribute, values);
        int[] key = [.. _key];
        SharedValue learned = new(attribute, key, copy, line, column);
        part.Values.Add(key, learned);
        return learned;
    }

    private void ReportContradiction(int attribute, SharedValue first, AttributeValues second, int line, int column)
    {
        string component = _space.Schema.SeriesAttributes[attribute].Id;
        _issues.Add(IssueCodes.ContradictoryAttribute, new Location(line, column, KeyText(first.Key), null, component),
            component, first.Values.Text(attribute), second.Text(attribute));
    }

    /// <summary>The attribute's own group when the element names all of its dimensions; else just what the element names.</summary>
    private Part PartFor(int attribute, int[] dimensions)
    {
        if (_own[attribute] is { } own && own.Positions.All(p => dimensions[p] != -1))
        {
            return own;
        }

        int[] named = [.. Enumerable.Range(0, dimensions.Length).Where(d => dimensions[d] != -1)];
        Part? part = _byAttribute[attribute].Find(p => p.Positions.AsSpan().SequenceEqual(named));
        if (part is null)
        {
            _byAttribute[attribute].Add(part = new Part(named));
        }

        return part;
    }

    private sealed class Part(int[] positions)
    {
        public int[] Positions { get; } = positions;

        public Dictionary<int[], SharedValue> Values { get; } = new(KeyComparer.Instance);

        public void Project(int[] dimensions, int[] key)
        {
            Array.Fill(key, -1);
            foreach (int position in Positions)
            {
                key[position] = Math.Max(dimensions[position], -1);
            }
        }
    }
}

/// <summary>A value of one attribute for a part of the key.</summary>
internal sealed class SharedValue(int attribute, int[] key, AttributeValues values, int line, int column)
{
    public int Attribute { get; } = attribute;

    /// <summary>Dimension numbers; -1 where any value belongs.</summary>
    public int[] Key { get; } = key;

    public AttributeValues Values { get; } = values;

    public int Line { get; } = line;

    public int Column { get; } = column;

    public bool IsUsed { get; set; }

    /// <summary>True when it came after series that it may hold for.</summary>
    public bool IsLate { get; set; }
}

/// <summary>Equality of keys by their numbers.</summary>
internal sealed class KeyComparer : IEqualityComparer<int[]>
{
    public static readonly KeyComparer Instance = new();

    public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(int[] obj)
    {
        uint hash = 17;
        foreach (int part in obj)
        {
            hash = (hash ^ (uint)part) * 0x9E3779B1;
            hash ^= hash >> 15;
        }

        return (int)hash;
    }
}
