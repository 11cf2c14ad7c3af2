using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Validation;

/// <summary>Checks of what stands at the observation, a column at a time: period, measures, attributes of the observation.</summary>
internal sealed class ObservationChecks
{
    private readonly DataSchema _schema;
    private readonly IssueList _issues;
    private readonly bool _keysOnly;
    private readonly PeriodCheck? _period;
    private readonly ImmutableArray<ValueCheck?> _measures, _attributes;
    private readonly ImmutableArray<CellCheck?> _measureCells, _attributeCells;
    private readonly uint[] _kindsByFrequency;

    public ObservationChecks(DataSetSpace space, IssueList issues, bool keysOnly)
    {
        (_schema, _issues, _keysOnly) = (space.Schema, issues, keysOnly);
        _period = _schema.TimeDimension is { } time ? new PeriodCheck(time) : null;
        _measures = [.. _schema.Measures.Select(ValueCheck.For)];
        _attributes = [.. _schema.ObservationAttributes.Select(ValueCheck.For)];
        _measureCells = [.. _schema.Measures.Select(CellCheck.For)];
        _attributeCells = [.. _schema.ObservationAttributes.Select(CellCheck.For)];
        _kindsByFrequency = [.. (_schema.Frequency?.Codes?.Codes ?? []).Select(PeriodCheck.KindsOfFrequency)];
    }

    /// <summary>Compares the periods of a run with the frequency of its series.</summary>
    public void CheckFrequency(ObservationBatch batch, int run, int first, int end, ReadOnlySpan<bool> passOver)
    {
        if (_schema.Frequency is not { } frequency || _period is null)
        {
            return;
        }

        // Of a frequency that is missing or in no codelist nothing can be said.
        int code = batch.Dimensions[frequency.Index].Codes[run];
        uint kinds = (uint)code < (uint)_kindsByFrequency.Length ? _kindsByFrequency[code] : uint.MaxValue;
        ReadOnlySpan<TimePeriod> periods = batch.Periods.AsSpan(first, end - first);
        for (int i = 0; i < periods.Length; i++)
        {
            if ((kinds & (1u << (int)periods[i].Kind)) == 0 && !periods[i].IsNone && (passOver.IsEmpty || !passOver[first + i]))
            {
                Refuse(batch, first + i, new Issue(IssueCodes.PeriodFrequencyMismatch, batch.LocationOf(first + i, _schema.TimeDimension!.Id), periods[i], batch.Dimensions[frequency.Index][run]));
            }
        }
    }

    /// <summary>Judges the columns of a batch.</summary>
    public void Check(ObservationBatch batch, ReadOnlySpan<bool> passOver)
    {
        if (_period is not null)
        {
            CheckPeriods(batch, passOver);
        }

        for (int m = 0; m < _measures.Length && !_keysOnly; m++)
        {
            CheckMeasure(batch, m, passOver);
        }

        for (int a = 0; a < _attributes.Length && !_keysOnly; a++)
        {
            if (_attributeCells[a] is { } cells)
            {
                CheckCells(batch, a, cells, passOver);
            }
            else if (_attributes[a] is { } check)
            {
                CheckTexts(batch, a, check, passOver);
            }
            else
            {
                CheckCodes(batch, a, passOver);
            }
        }
    }

    private void CheckPeriods(ObservationBatch batch, ReadOnlySpan<bool> passOver)
    {
        PeriodCheck check = _period!;
        ReadOnlySpan<TimePeriod> periods = batch.Periods.AsSpan(0, batch.Count);
        for (int row = 0; row < periods.Length; row++)
        {
            if (!check.IsClearlyRight(periods[row]) && (passOver.IsEmpty || !passOver[row])
                && check.Find(batch, row, _keysOnly) is { } issue)
            {
                Refuse(batch, row, issue);
            }
        }
    }

    private void CheckMeasure(ObservationBatch batch, int m, ReadOnlySpan<bool> passOver)
    {
        SchemaComponent measure = _schema.Measures[m];
        ValueCheck? check = _measures[m];
        CellCheck? cells = _measureCells[m];
        ReadOnlySpan<ObservationValue> values = batch.Measures[m].AsSpan(0, batch.Count);
        for (int row = 0; row < values.Length; row++)
        {
            ref readonly ObservationValue value = ref values[row];
            if ((cells is null && check?.IsClearlyRight(value) == true) || (!passOver.IsEmpty && passOver[row]))
            {
                continue;
            }

            if (value.Kind == ObservationValueKind.Absent)
            {
                if (measure.IsMandatory)
                {
                    Refuse(batch, row, new Issue(IssueCodes.MissingMeasure, batch.LocationOf(row, measure.Id), measure.Id));
                }
            }
            else if (cells is not null)
            {
                string cell = value.ToString();
                RefuseAll(batch, row, cells.IsRight(cell) ? [] : cells.Find(cell, batch.LocationOf(row, measure.Id)));
            }
            else if (check is null && measure.Codes!.IndexOf(value.ToString()) < 0 && value.ToString() != MissingValues.Other)
            {
                Refuse(batch, row, new Issue(IssueCodes.UnknownCode, batch.LocationOf(row, measure.Id), value, measure.Id, measure.CodelistName));
            }
            else if (check?.Find(value) is { } fault)
            {
                Refuse(batch, row, fault.At(batch.LocationOf(row, measure.Id), measure, value.ToString()));
            }
        }
    }

    private void CheckCodes(ObservationBatch batch, int a, ReadOnlySpan<bool> passOver)
    {
        SchemaComponent attribute = _schema.ObservationAttributes[a];
        ValueColumn column = batch.ObservationAttributes[a];
        uint known = (uint)attribute.Codes!.Count;
        ReadOnlySpan<int> codes = column.Codes.AsSpan(0, batch.Count);
        for (int row = 0; row < codes.Length; row++)
        {
            if ((uint)codes[row] >= known && (codes[row] < 0 ? attribute.IsMandatory : column[row] != MissingValues.Other) && (passOver.IsEmpty || !passOver[row]))
            {
                Location location = batch.LocationOf(row, attribute.Id);
                Refuse(batch, row, codes[row] < 0
                    ? new Issue(IssueCodes.MissingAttribute, location, attribute.Id)
                    : new Issue(IssueCodes.UnknownCode, location, column[row], attribute.Id, attribute.CodelistName));
            }
        }
    }

    private void CheckTexts(ObservationBatch batch, int a, ValueCheck check, ReadOnlySpan<bool> passOver)
    {
        SchemaComponent attribute = _schema.ObservationAttributes[a];
        if (check.AcceptsEverything && !attribute.IsMandatory)
        {
            return;
        }

        ReadOnlySpan<string?> texts = batch.ObservationAttributes[a].Texts.AsSpan(0, batch.Count);
        for (int row = 0; row < texts.Length; row++)
        {
            if ((texts[row] is null && !attribute.IsMandatory) || (!passOver.IsEmpty && passOver[row]))
            {
                continue;
            }

            if (texts[row] is not { } text)
            {
                Refuse(batch, row, new Issue(IssueCodes.MissingAttribute, batch.LocationOf(row, attribute.Id), attribute.Id));
            }
            else if (check.Find(text) is { } fault)
            {
                Refuse(batch, row, fault.At(batch.LocationOf(row, attribute.Id), attribute, text));
            }
        }
    }

    private void CheckCells(ObservationBatch batch, int a, CellCheck check, ReadOnlySpan<bool> passOver)
    {
        SchemaComponent attribute = _schema.ObservationAttributes[a];
        ReadOnlySpan<string?> texts = batch.ObservationAttributes[a].Texts.AsSpan(0, batch.Count);
        for (int row = 0; row < texts.Length; row++)
        {
            string? text = texts[row];
            if ((text is null ? !attribute.IsMandatory : check.IsRight(text)) || (!passOver.IsEmpty && passOver[row]))
            {
                continue;
            }

            Location location = batch.LocationOf(row, attribute.Id);
            RefuseAll(batch, row, text is null ? [new Issue(IssueCodes.MissingAttribute, location, attribute.Id)] : check.Find(text, location));
        }
    }

    private void RefuseAll(ObservationBatch batch, int row, IReadOnlyList<Issue> issues)
    {
        foreach (Issue issue in issues)
        {
            Refuse(batch, row, issue);
        }
    }

    private void Refuse(ObservationBatch batch, int row, Issue issue)
    {
        _issues.Add(issue);
        batch.Refused[row] = true;
    }
}
