using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Validation;

/// <summary>Checks of what stands once a series: dimensions and the attributes above the observation.</summary>
internal sealed class SeriesChecks
{
    private readonly IssueList _issues;
    private readonly KeyPacker _packer;
    private readonly bool _keysOnly;
    private readonly ImmutableArray<(int Known, TextVerdicts? Texts)> _dimensions;
    private readonly ImmutableArray<(SchemaComponent Component, int Known, ValueCheck? Check, CellCheck? Cells)> _attributes;
    private readonly AttributeRegister _register;
    private readonly SeriesNumbers _numbers = new();

    public SeriesChecks(DataSetSpace space, IssueList issues, KeyPacker packer, bool keysOnly)
    {
        (_issues, _packer, _keysOnly) = (issues, packer, keysOnly);
        DataSchema schema = space.Schema;
        _dimensions = [.. schema.Dimensions.Select((d, i) => (d.Codes?.Count ?? int.MaxValue,
            ValueCheck.For(d) is { AcceptsEverything: false } check ? new TextVerdicts(check, space.Dimensions[i]) : null))];
        _attributes = keysOnly ? [] : [.. schema.SeriesAttributes.Select(a => (a, a.Codes?.Count ?? 0, ValueCheck.For(a), CellCheck.For(a)))];
        _register = new AttributeRegister(schema, packer);
    }

    /// <summary>The number of a series by its key, a new one if need be.</summary>
    public int NumberOf(ReadOnlySpan<int> key) => _numbers.Of(_packer.Pack(key));

    /// <summary>Judges a run; false when something is wrong with it. Findings stand for <paramref name="live"/> observations.</summary>
    public bool Check(ObservationBatch batch, int run, int series, ReadOnlySpan<int> key, int live)
    {
        bool clean = true;
        for (int d = 0; d < key.Length; d++)
        {
            (int known, TextVerdicts? texts) = _dimensions[d];
            if ((uint)key[d] >= (uint)known || texts?.Fault(key[d]) is not null)
            {
                clean &= !ReportDimension(batch, run, d, key[d], live);
            }
        }

        for (int a = 0; a < _attributes.Length; a++)
        {
            (SchemaComponent attribute, int known, ValueCheck? check, CellCheck? cells) = _attributes[a];
            ValueColumn column = batch.SeriesAttributes[a];
            bool right = cells is not null
                ? column.Texts[run] is { } cell ? cells.IsRight(cell) : !attribute.IsMandatory
                : check is null
                ? (uint)column.Codes[run] < (uint)known || (column.Codes[run] < 0 ? !attribute.IsMandatory : column[run] == MissingValues.Other)
                : column.Texts[run] is { } text ? check.AcceptsEverything || check.Find(text) is null : !attribute.IsMandatory;
            if (!right)
            {
                clean = false;
                ReportAttribute(batch, run, a, live);
            }
        }

        if (_attributes.Length > 0 && _register.Add(batch, run, series, key) is { } contradictions)
        {
            clean = false;
            foreach ((int a, string first) in contradictions)
            {
                string id = _attributes[a].Component.Id;
                Add(new Issue(IssueCodes.ContradictoryAttribute, batch.LocationOfSeries(run, id), id, first, batch.SeriesAttributes[a][run]), live);
            }
        }

        return clean;
    }

    /// <summary>Reports what is wrong with a dimension; false when nothing is (a dimension left out of a deletion).</summary>
    private bool ReportDimension(ObservationBatch batch, int run, int d, int code, int live)
    {
        SchemaComponent dimension = batch.Schema.Dimensions[d];
        if (code < 0)
        {
            if (_keysOnly)
            {
                return false;
            }

            Add(new Issue(IssueCodes.MissingDimension, batch.LocationOfSeries(run, dimension.Id), dimension.Id), live);
            return true;
        }

        string value = batch.Dimensions[d][run] ?? "";
        if (value == MissingValues.SwitchedOff && batch.Schema.Dataflow is null)
        {
            return false;
        }

        Issues.Location location = batch.LocationOfSeries(run, dimension.Id);
        Add(_dimensions[d].Texts?.Fault(code)?.At(location, dimension, value)
            ?? new Issue(IssueCodes.UnknownCode, location, value, dimension.Id, dimension.CodelistName), live);
        return true;
    }

    private void ReportAttribute(ObservationBatch batch, int run, int a, int live)
    {
        (SchemaComponent attribute, _, ValueCheck? check, CellCheck? cells) = _attributes[a];
        Location location = batch.LocationOfSeries(run, attribute.Id);
        string? value = batch.SeriesAttributes[a][run];
        if (value is not null && cells is not null)
        {
            foreach (Issue issue in cells.Find(value, location))
            {
                Add(issue, live);
            }

            return;
        }

        Add(value is null ? new Issue(IssueCodes.MissingAttribute, location, attribute.Id)
            : check is null ? new Issue(IssueCodes.UnknownCode, location, value, attribute.Id, attribute.CodelistName)
            : check.Find(value)!.At(location, attribute, value), live);
    }

    private void Add(Issue issue, int live) => _issues.Add(issue with { Observations = live });
}
