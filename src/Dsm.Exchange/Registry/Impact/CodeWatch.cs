using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>Counts observations that carry some codes of one component, by code and state.</summary>
internal sealed class CodeWatch(SchemaComponent component, ImmutableHashSet<string> codes)
{
    private readonly Dictionary<(string Code, string State), CountTally> _counts = [];
    private ValueColumn? _column;
    private ObservationBatch? _of;
    private bool[] _watched = [];

    /// <summary>What was counted.</summary>
    public IEnumerable<(string Component, string Code, string State, ObservationCount Count)> Counts
        => _counts.Select(c => (component.Id, c.Key.Code, c.Key.State, c.Value.ToCount()));

    /// <summary>Counts the rows of a series.</summary>
    public void Add(ObservationBatch batch, int run, int first, int end, string state)
    {
        if (!ReferenceEquals(_of, batch))
        {
            _of = batch;
            _column = component.Role switch
            {
                ComponentRole.Dimension => batch.Dimensions[component.Index],
                ComponentRole.Attribute => batch.SeriesAttributes.Concat(batch.ObservationAttributes).First(c => c.Component.Id == component.Id),
                _ => null,
            };
            _watched = [.. component.Codes!.Codes.Select(codes.Contains)];
        }

        if (component.Role == ComponentRole.Measure)
        {
            AddTexts(batch, first, end, state, row => batch.Measures[component.Index][row].ToString());
        }
        else if (component.Role == ComponentRole.Dimension || component.Level != AttachmentLevel.Observation)
        {
            foreach (string code in CodesOf(run))
            {
                AddAll(batch, first, end, state, code);
            }
        }
        else if (_column!.Dictionary is null)
        {
            AddTexts(batch, first, end, state, row => _column[row]);
        }
        else
        {
            AddRows(batch, first, end, state);
        }
    }

    private void AddRows(ObservationBatch batch, int first, int end, string state)
    {
        HashSet<int>? seen = null;
        for (int row = first; row < end; row++)
        {
            int code = _column!.Codes[row];
            if ((uint)code < (uint)_watched.Length && _watched[code])
            {
                Tally(component.Codes!.Codes[code], state).Add(batch.Periods[row], (seen ??= []).Add(code));
            }
        }
    }

    private void AddTexts(ObservationBatch batch, int first, int end, string state, Func<int, string?> textOf)
    {
        HashSet<string>? seen = null;
        for (int row = first; row < end; row++)
        {
            foreach (string code in Split(textOf(row)))
            {
                Tally(code, state).Add(batch.Periods[row], (seen ??= []).Add(code));
            }
        }
    }

    private void AddAll(ObservationBatch batch, int first, int end, string state, string code)
    {
        CountTally tally = Tally(code, state);
        for (int row = first; row < end; row++)
        {
            tally.Add(batch.Periods[row], row == first);
        }
    }

    private IEnumerable<string> CodesOf(int run)
    {
        if (_column!.Dictionary is null)
        {
            return Split(_column[run]);
        }

        int code = _column.Codes[run];
        return (uint)code < (uint)_watched.Length && _watched[code] ? [component.Codes!.Codes[code]] : [];
    }

    private IEnumerable<string> Split(string? text)
        => text is null ? [] : component.IsMultiValued ? text.Split(';').Where(codes.Contains).Distinct() : codes.Contains(text) ? [text] : [];

    private CountTally Tally(string code, string state)
    {
        if (!_counts.TryGetValue((code, state), out CountTally? tally))
        {
            _counts.Add((code, state), tally = new CountTally());
        }

        return tally;
    }
}

/// <summary>A running number of series and observations with the first and last of their periods.</summary>
internal sealed class CountTally
{
    private TimePeriod _first, _last;
    private long _series, _observations;

    public void Add(in TimePeriod period, bool isNewSeries)
    {
        _observations++;
        _series += isNewSeries ? 1 : 0;
        if (period.IsNone)
        {
            return;
        }

        // Of periods that begin or end together the longer one says more.
        if (_first.IsNone || period.Start < _first.Start || (period.Start == _first.Start && period.End > _first.End))
        {
            _first = period;
        }

        if (_last.IsNone || period.End > _last.End || (period.End == _last.End && period.Start < _last.Start))
        {
            _last = period;
        }
    }

    public ObservationCount ToCount() => new(_series, _observations, _first.IsNone ? null : _first.ToString(), _last.IsNone ? null : _last.ToString());
}
