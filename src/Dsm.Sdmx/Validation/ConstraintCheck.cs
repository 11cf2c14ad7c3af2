using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Validation;

/// <summary>
/// One constraint (technical notes, section "Constraints"): of its included regions one must hold, of its excluded regions none; key
/// sets are gone through in order, the last that fits decides. What depends on the series alone is decided once a run.
/// </summary>
internal sealed class ConstraintCheck
{
    private readonly string _name;
    private readonly ImmutableArray<ImmutableArray<SelectionCheck>> _regions, _excluded;
    private readonly ImmutableArray<KeySetCheck> _keySets;
    private readonly bool[] _seriesHolds;
    private bool _seriesFailed;

    /// <summary>Prepares a constraint of a schema.</summary>
    public ConstraintCheck(DataSchema schema, SchemaConstraint constraint, KeyPacker packer)
    {
        _name = constraint.Name;
        _regions = [.. constraint.Regions.Select(Region)];
        _excluded = [.. constraint.Excluded.Select(Region)];
        _keySets = [.. constraint.KeySets.Select(k => new KeySetCheck(k, packer))];
        _seriesHolds = new bool[_regions.Length];
        HasRowPart = _regions.Concat(_excluded).Any(r => r.Any(s => !s.IsOfSeries));

        ImmutableArray<SelectionCheck> Region(SchemaRegion region) => [.. region.Selections.Select(s => new SelectionCheck(schema, s))];
    }

    /// <summary>True when observations have to be looked at one by one.</summary>
    public bool HasRowPart { get; }

    /// <summary>Judges what can be judged of a run of a series. Findings are about its observations all together.</summary>
    public IEnumerable<Issue>? CheckSeries(ObservationBatch batch, int series, ReadOnlySpan<int> key)
    {
        bool any = _regions.IsEmpty;
        for (int r = 0; r < _regions.Length; r++)
        {
            _seriesHolds[r] = Holds(_regions[r], batch, series, -1, true);
            any |= _seriesHolds[r];
        }

        _seriesFailed = !any;
        List<Issue>? found = null;
        if (!any)
        {
            (found ??= []).AddRange(OutsideAll(batch, series, -1));
        }

        foreach (ImmutableArray<SelectionCheck> region in _excluded)
        {
            if (region.All(s => s.IsOfSeries) && Holds(region, batch, series, -1, false))
            {
                (found ??= []).Add(InExcluded(region, batch, series, -1));
            }
        }

        // A dimension without value is left out of a deletion, or a finding of its own.
        if (!key.Contains(-1) && !IsKeyAllowed(key))
        {
            (found ??= []).Add(new Issue(IssueCodes.KeyNotAllowed, batch.LocationOfSeries(series), _name));
        }

        return found;
    }

    /// <summary>Judges one observation of the run last given to <see cref="CheckSeries"/>; null when nothing is wrong.</summary>
    public IEnumerable<Issue>? CheckRow(ObservationBatch batch, int series, int row)
    {
        bool any = _regions.IsEmpty || _seriesFailed;
        for (int r = 0; r < _regions.Length && !any; r++)
        {
            any = _seriesHolds[r] && Holds(_regions[r], batch, series, row, true);
        }

        List<Issue>? found = null;
        if (!any)
        {
            (found ??= []).AddRange(OutsideAll(batch, series, row));
        }

        foreach (ImmutableArray<SelectionCheck> region in _excluded)
        {
            if (region.Any(s => !s.IsOfSeries) && Holds(region, batch, series, row, false))
            {
                (found ??= []).Add(InExcluded(region, batch, series, row));
            }
        }

        return found;
    }

    private static bool Holds(ImmutableArray<SelectionCheck> region, ObservationBatch batch, int series, int row, bool otherwise)
    {
        foreach (SelectionCheck selection in region)
        {
            if ((row >= 0 || selection.IsOfSeries) && !selection.Holds(batch, series, row, otherwise))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsKeyAllowed(ReadOnlySpan<int> key)
    {
        bool allowed = !_keySets.Any(k => k.IsIncluded);
        foreach (KeySetCheck set in _keySets)
        {
            allowed = set.Contains(key) ? set.IsIncluded : allowed;
        }

        return allowed;
    }

    /// <summary>Names each component whose value no region has; when each value is in some region, their combination is at fault.</summary>
    private IEnumerable<Issue> OutsideAll(ObservationBatch batch, int series, int row)
    {
        SelectionCheck[] outside = [.. _regions[0].Where(first => Visible(first) && _regions.All(region =>
            region.Any(s => s.Component.Id == first.Component.Id) && !region.Where(s => s.Component.Id == first.Component.Id).All(s => s.Holds(batch, series, row, true))))
            .DistinctBy(s => s.Component.Id)];
        return outside.Length > 0
            ? outside.Select(s => Violation(s, batch, series, row))
            : [new Issue(IssueCodes.KeyNotAllowed, row < 0 ? batch.LocationOfSeries(series) : batch.LocationOf(row), _name)];

        bool Visible(SelectionCheck selection) => row >= 0 || selection.IsOfSeries;
    }

    private Issue InExcluded(ImmutableArray<SelectionCheck> region, ObservationBatch batch, int series, int row)
        => region.Length == 1
            ? Violation(region[0], batch, series, row)
            : new Issue(IssueCodes.KeyNotAllowed, row < 0 ? batch.LocationOfSeries(series) : batch.LocationOf(row), _name);

    private Issue Violation(SelectionCheck selection, ObservationBatch batch, int series, int row)
        => new(
            IssueCodes.ConstraintViolation,
            row < 0 ? batch.LocationOfSeries(series, selection.Component.Id) : batch.LocationOf(row, selection.Component.Id),
            selection.TextOf(batch, series, row),
            selection.Component.Id,
            _name);
}
