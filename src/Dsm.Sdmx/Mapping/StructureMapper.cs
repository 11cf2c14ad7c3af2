using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Mapping;

/// <summary>
/// A compiled structure map at work on one data set: source batches in, target batches out. What cannot be mapped is reported at its
/// place in the source, marked refused there and not handed on; nothing is guessed. Made by <see cref="CompiledStructureMap.Start"/>.
/// </summary>
/// <remarks>Series are mapped once a run, observations one by one, outcomes are cached. Not thread-safe.</remarks>
public sealed partial class StructureMapper
{
    private readonly CompiledStructureMap _map;
    private readonly DataSetSpace _source;
    private readonly IssueList _issues;
    private readonly MapFunction[] _seriesRules, _rowRules;
    private readonly MapFault? _fixedFault;
    private readonly bool _seriesByRow;
    private readonly int[] _dimensions, _seriesCodes, _rowCodes;
    private readonly string?[] _seriesTexts, _rowTexts;
    private readonly int[] _lastDimensions, _lastCodes;
    private readonly string?[] _lastTexts;
    private bool _hasLast;

    internal StructureMapper(CompiledStructureMap map, DataSetSpace source, IssueList issues)
    {
        (_map, _source, _issues) = (map, source, issues);
        DataSchema schema = map.Target;
        Target = new DataSetSpace(source.Header with { Structure = schema.Reference, DimensionAtObservation = schema.TimeDimension?.Id ?? "AllDimensions", ProvisionAgreement = schema.Agreement?.Reference }, schema);
        IsDeletion = source.Header.Action == DataSetAction.Delete;
        _dimensions = [.. Enumerable.Repeat(-1, schema.Dimensions.Length)];
        _seriesCodes = [.. Enumerable.Repeat(-1, schema.SeriesAttributes.Length)];
        _rowCodes = [.. Enumerable.Repeat(-1, schema.ObservationAttributes.Length)];
        _seriesTexts = new string?[_seriesCodes.Length];
        _rowTexts = new string?[_rowCodes.Length];
        StagedMeasures = new ObservationValue[schema.Measures.Length];
        (_lastDimensions, _lastCodes, _lastTexts) = ([.. _dimensions], [.. _seriesCodes], [.. _seriesTexts]);
        foreach ((ColumnSlot slot, string text) in map.FixedValues)
        {
            if (TargetValue.TryMake(slot, Target, text, out TargetValue value))
            {
                Stage(slot, value);
            }
            else
            {
                _fixedFault = new MapFault(MapFaultKind.Invalid, text, slot.Component.Id, map.Name);
            }
        }

        _seriesRules = [.. map.Rules.Where(r => r.IsOfSeries).Select(r => r.Start(this))];
        _rowRules = [.. map.Rules.Where(r => !r.IsOfSeries).Select(r => r.Start(this))];
        _seriesByRow = map.Rules.Any(r => !r.IsOfSeries && r.Targets.Any(t => t.IsOfSeries));
        HashSet<string> byRow = [.. map.Rules.Where(r => !r.IsOfSeries).SelectMany(r => r.Targets).Select(t => t.Component.Id)];
        _staged = [.. schema.Measures.Concat(schema.ObservationAttributes).Append(schema.TimeDimension).OfType<SchemaComponent>()
            .Where(c => !byRow.Contains(c.Id)).Select(c => ColumnSlot.Of(schema, c))];
    }

    /// <summary>The data set that comes out: make the target batches with it.</summary>
    public DataSetSpace Target { get; }

    /// <summary>True when only keys count.</summary>
    internal bool IsDeletion { get; }

    /// <summary>The target's period of the observation at work.</summary>
    internal TimePeriod StagedPeriod { get; set; }

    /// <summary>The target's measures of the observation at work.</summary>
    internal ObservationValue[] StagedMeasures { get; }

    /// <summary>
    /// Empties the target batch and fills it with the mapped observations of the source batch, in order. Observations refused before
    /// are passed over; those that cannot be mapped are marked refused in the source batch.
    /// </summary>
    /// <exception cref="ArgumentException">A batch belongs to another data set, or the target is smaller than the source.</exception>
    public void Map(ObservationBatch source, ObservationBatch target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (!ReferenceEquals(source.Space, _source) || !ReferenceEquals(target.Space, Target) || target.Capacity < source.Capacity)
        {
            throw new ArgumentException("The batches do not belong to this mapping.");
        }

        target.Clear();
        for (int series = 0, row = 0; series < source.SeriesCount; series++)
        {
            int end = row;
            while (end < source.Count && source.SeriesOf[end] == series)
            {
                end++;
            }

            MapRun(source, target, series, row, end);
            row = end;
        }
    }

    /// <summary>Puts a value into its column of the stage.</summary>
    internal void Stage(in ColumnSlot slot, in TargetValue value)
    {
        switch (slot.Place)
        {
            case ColumnPlace.Dimension: _dimensions[slot.Index] = value.Number; break;
            case ColumnPlace.SeriesAttribute: (_seriesCodes[slot.Index], _seriesTexts[slot.Index]) = (value.Number, value.Text); break;
            case ColumnPlace.ObservationAttribute: (_rowCodes[slot.Index], _rowTexts[slot.Index]) = (value.Number, value.Text); break;
            case ColumnPlace.Measure: StagedMeasures[slot.Index] = value.Value; break;
            default: StagedPeriod = value.Period; break;
        }
    }

    /// <summary>The staged value of a dimension or attribute as text; null when there is none.</summary>
    internal string? StagedText(ColumnSlot slot) => slot.Place switch
    {
        ColumnPlace.Dimension => Target.Dimensions[slot.Index][_dimensions[slot.Index]],
        ColumnPlace.SeriesAttribute => _seriesTexts[slot.Index],
        ColumnPlace.ObservationAttribute => _rowTexts[slot.Index],
        ColumnPlace.Measure => StagedMeasures[slot.Index].ToString(),
        _ => StagedPeriod.IsNone ? null : StagedPeriod.ToString(),
    };

    private static MapFault? Apply(MapFunction[] rules, ObservationBatch source, int series, int row)
    {
        foreach (MapFunction rule in rules)
        {
            if (rule.Apply(source, series, row) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private void MapRun(ObservationBatch source, ObservationBatch target, int series, int first, int end)
    {
        Span<bool> refused = source.Refused.AsSpan(first, end - first);
        int live = refused.Length - refused.Count(true);
        if (live == 0 && (end > first || _seriesByRow))
        {
            return;
        }

        if ((_fixedFault ?? Apply(_seriesRules, source, series, -1)) is { } seriesFault)
        {
            Report(seriesFault, source.LocationOfSeries(series), live);
            refused.Fill(true);
            return;
        }

        if (!_seriesByRow)
        {
            AddRun(source, target, series);
            if (live == refused.Length && TryMapColumns(source, target, first, live))
            {
                return;
            }
        }

        for (int row = first; row < end; row++)
        {
            if (source.Refused[row])
            {
                continue;
            }

            if (Apply(_rowRules, source, series, row) is { } fault)
            {
                Report(fault, source.LocationOf(row), 1);
                source.Refused[row] = true;
                continue;
            }

            if (_seriesByRow)
            {
                AddRun(source, target, series);
            }

            AddRow(source, target, row);
        }
    }

    /// <summary>Starts a run of the staged series, unless the last run is of the same series with the same attributes.</summary>
    private void AddRun(ObservationBatch source, ObservationBatch target, int series)
    {
        bool same = _hasLast && _dimensions.AsSpan().SequenceEqual(_lastDimensions)
            && _seriesCodes.AsSpan().SequenceEqual(_lastCodes) && _seriesTexts.AsSpan().SequenceEqual(_lastTexts);
        if (same && target.SeriesCount > 0)
        {
            return;
        }

        target.ContinuesSeries |= same && target.SeriesCount == 0;
        int run = target.AddSeries(source.SeriesLines[series], source.SeriesColumns[series]);
        for (int d = 0; d < _dimensions.Length; d++)
        {
            target.Dimensions[d].Codes[run] = _dimensions[d];
        }

        for (int a = 0; a < _seriesCodes.Length; a++)
        {
            ValueColumn column = target.SeriesAttributes[a];
            if (column.Dictionary is null)
            {
                column.Texts[run] = _seriesTexts[a];
            }
            else
            {
                column.Codes[run] = _seriesCodes[a];
            }
        }

        _dimensions.CopyTo(_lastDimensions, 0);
        _seriesCodes.CopyTo(_lastCodes, 0);
        _seriesTexts.CopyTo(_lastTexts, 0);
        _hasLast = true;
    }

    private void AddRow(ObservationBatch source, ObservationBatch target, int row)
    {
        int to = target.AddObservation(source.Lines[row], source.Columns[row]);
        target.Periods[to] = StagedPeriod;
        for (int m = 0; m < StagedMeasures.Length; m++)
        {
            target.Measures[m][to] = StagedMeasures[m];
        }

        for (int a = 0; a < _rowCodes.Length; a++)
        {
            ValueColumn column = target.ObservationAttributes[a];
            if (column.Dictionary is null)
            {
                column.Texts[to] = _rowTexts[a];
            }
            else
            {
                column.Codes[to] = _rowCodes[a];
            }
        }
    }

    private void Report(MapFault fault, Location location, int live)
    {
        Issue issue = fault.Kind switch
        {
            MapFaultKind.Unmapped => new Issue(IssueCodes.Unmapped, location with { Component = fault.Components }, fault.Value, fault.Components, fault.Map),
            MapFaultKind.LeftOut => new Issue(IssueCodes.LeftOutByMap, location with { Component = fault.Components }, fault.Value, fault.Components, fault.Map),
            _ => new Issue(IssueCodes.MappedValueInvalid, location with { Component = fault.Components }, fault.Value, fault.Components),
        };
        _issues.Add(issue with { Observations = live });
    }
}
