using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Reading;

/// <content>Runs of series: when one starts, goes on in the next batch, and gets attributes that came late.</content>
internal sealed partial class BatchFiller
{
    private void EndObservationWithKey()
    {
        RepeatsCleanly = true;
        for (int d = 0; d < _key.Length; d++)
        {
            _key[d] = _ownDimensions[d] >= 0 ? _ownDimensions[d] : _inSeries ? _elementDimensions[d] : -1;
        }

        if (_hasRun && _key.AsSpan().SequenceEqual(_runDimensions))
        {
            if (_run < 0)
            {
                EmitRun();
            }

            MergeOwnAttributes();
        }
        else
        {
            StartRun(_key, _batch.Lines[_row], _batch.Columns[_row]);
        }

        _batch.SeriesOf[_row] = _run;
        ForgetOwnKey();
    }

    private void MergeOwnAttributes()
    {
        for (int a = 0; _ownAttributes.Count > 0 && a < _space.SeriesAttributes.Length; a++)
        {
            if (!_ownAttributes.Has(a) || _ownAttributes.Same(a, _runAttributes))
            {
                continue;
            }

            RunVersion++;
            string component = _space.Schema.SeriesAttributes[a].Id;
            if (_runAttributes.Has(a))
            {
                RepeatsCleanly = false;
                Location location = new(_batch.Lines[_row], _batch.Columns[_row], _batch.KeyOf(_run), null, component);
                _issues.Add(IssueCodes.ContradictoryAttribute, location, component, _runAttributes.Text(a), _ownAttributes.Text(a));
            }
            else
            {
                _runAttributes.Copy(a, _ownAttributes);
                _runAttributes.Write(a, _batch, _run);
            }
        }
    }

    private void StartRun(int[] dimensions, int line, int column)
    {
        RunVersion++;
        dimensions.CopyTo(_runDimensions, 0);
        if (_inSeries)
        {
            _runAttributes.CopyAll(_elementAttributes);
        }
        else
        {
            _runAttributes.Clear();
        }

        for (int a = 0; _ownAttributes.Count > 0 && a < _space.SeriesAttributes.Length; a++)
        {
            if (_ownAttributes.Has(a))
            {
                _runAttributes.Copy(a, _ownAttributes);
            }
        }

        _shared.Apply(_runDimensions, _runAttributes, line, column);
        if (_shared.HasOwn && !_seen.Contains(_runDimensions))
        {
            _seen.Add([.. _runDimensions]);
        }

        (_runLine, _runColumn) = (line, column);
        _hasRun = true;
        _runIsElement = false;
        _isEmitted = false;
        EmitRun();
    }

    private void EmitRun()
    {
        _batch.ContinuesSeries |= _batch.SeriesCount == 0 && _isEmitted;
        _run = _batch.AddSeries(_runLine, _runColumn);
        for (int d = 0; d < _runDimensions.Length; d++)
        {
            _batch.Dimensions[d].Codes[_run] = _runDimensions[d];
        }

        _runAttributes.WriteTo(_batch, _run);
        _isEmitted = true;
    }

    private IEnumerable<(int[] Dimensions, AttributeValues Values)> LateRuns()
    {
        if (!_hasLate)
        {
            yield break;
        }

        AttributeValues values = new(_space);
        foreach (int[] series in _seen)
        {
            values.Clear();
            _shared.ApplyLate(series, values);
            if (values.Count > 0)
            {
                yield return (series, values);
            }
        }
    }
}
