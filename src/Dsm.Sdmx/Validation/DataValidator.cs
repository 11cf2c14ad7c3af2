using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Validation;

/// <summary>
/// Judges the batches of one data set against its schema: every finding goes to the list with its place, every observation with an
/// error is marked refused. Observations that were refused before are passed over.
/// </summary>
/// <remarks>
/// A finding about a series stands for all its observations in the batch (<see cref="Issue.Observations"/>); a series that goes on
/// in the next batch is reported there again for the rest. Of a data set that deletes, only keys and periods are judged, and parts
/// that are left out mean "all". Memory follows the number of series. Not thread-safe.
/// </remarks>
public sealed class DataValidator
{
    private readonly DataSetSpace _space;
    private readonly DataSchema _schema;
    private readonly IssueList _issues;
    private readonly ObservationChecks _observations;
    private readonly SeriesChecks _series;
    private readonly DuplicateCheck? _duplicates;
    private readonly ImmutableArray<ConstraintCheck> _constraints;
    private readonly ImmutableArray<ConstraintCheck> _rowConstraints;
    private MetadataCheck? _metadata;
    private bool[] _passOver = [];
    private int _seriesNumber = -1;

    /// <summary>Makes a validator for one data set.</summary>
    public DataValidator(DataSetSpace space, IssueList issues, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(issues);
        options ??= ValidationOptions.Default;
        _space = space;
        _schema = space.Schema;
        _issues = issues;
        bool keysOnly = space.Header.Action == DataSetAction.Delete;
        KeyPacker packer = new([.. _schema.Dimensions.Select(d => d.Codes?.Count ?? 0)]);
        _constraints = [.. _schema.Constraints.Select(c => new ConstraintCheck(_schema, c, packer))];
        _rowConstraints = [.. _constraints.Where(c => c.HasRowPart)];
        _series = new SeriesChecks(space, issues, packer, keysOnly);
        _observations = new ObservationChecks(space, issues, keysOnly);
        _duplicates = keysOnly || options.Duplicates == DuplicatePolicy.Allow
            ? null
            : new DuplicateCheck(issues, options.Duplicates == DuplicatePolicy.Refuse ? IssueCodes.DuplicateObservation : IssueCodes.MappingCollision);
    }

    /// <summary>Judges a batch.</summary>
    /// <exception cref="ArgumentException">The batch belongs to another data set.</exception>
    public void Validate(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!ReferenceEquals(batch.Space, _space))
        {
            throw new ArgumentException("The batch belongs to another data set.", nameof(batch));
        }

        // Findings of this pass must not hide further ones, so what was refused before is remembered apart.
        ReadOnlySpan<bool> passOver = [];
        if (batch.Refused.AsSpan(0, batch.Count).Contains(true))
        {
            _passOver = batch.Refused[..batch.Count];
            passOver = _passOver;
        }

        for (int run = 0, row = 0; run < batch.SeriesCount; run++)
        {
            int end = row;
            while (end < batch.Count && batch.SeriesOf[end] == run)
            {
                end++;
            }

            ValidateRun(batch, run, row, end, passOver);
            row = end;
        }

        _observations.Check(batch, passOver);
        foreach (MetadataReport report in batch.Metadata)
        {
            (_metadata ??= new MetadataCheck(_schema, _issues)).Check(report);
        }
    }

    private void ValidateRun(ObservationBatch batch, int run, int first, int end, ReadOnlySpan<bool> passOver)
    {
        Span<int> key = stackalloc int[_schema.Dimensions.Length];
        for (int d = 0; d < key.Length; d++)
        {
            key[d] = batch.Dimensions[d].Codes[run];
        }

        if (run > 0 || !batch.ContinuesSeries || _seriesNumber < 0)
        {
            _seriesNumber = _series.NumberOf(key);
        }

        int live = end - first - (passOver.IsEmpty ? 0 : passOver[first..end].Count(true));
        bool clean = _series.Check(batch, run, _seriesNumber, key, live);
        foreach (ConstraintCheck constraint in _constraints)
        {
            if (constraint.CheckSeries(batch, run, key) is { } found)
            {
                clean = false;
                foreach (Issue issue in found)
                {
                    _issues.Add(issue with { Observations = live });
                }
            }
        }

        if (!clean)
        {
            batch.Refused.AsSpan(first, end - first).Fill(true);
        }

        _observations.CheckFrequency(batch, run, first, end, passOver);
        _duplicates?.Check(batch, _seriesNumber, first, end, passOver);
        if (!_rowConstraints.IsEmpty)
        {
            CheckRows(batch, run, first, end, passOver);
        }
    }

    private void CheckRows(ObservationBatch batch, int run, int first, int end, ReadOnlySpan<bool> passOver)
    {
        for (int row = first; row < end; row++)
        {
            if (!passOver.IsEmpty && passOver[row])
            {
                continue;
            }

            foreach (ConstraintCheck constraint in _rowConstraints)
            {
                if (constraint.CheckRow(batch, run, row) is { } found)
                {
                    batch.Refused[row] = true;
                    foreach (Issue issue in found)
                    {
                        _issues.Add(issue);
                    }
                }
            }
        }
    }
}
