using System.Collections.Immutable;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Validation;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>
/// Goes once through the stored data of one agreement, batch by batch: counts who carries codes that change, and judges every
/// observation by the schemas to come. Memory follows the number of series, not of observations. Not thread-safe.
/// </summary>
internal sealed class AgreementCheck
{
    private readonly DataSchema _now;
    private readonly int _stateDimension;
    private readonly string? _state;
    private readonly ImmutableArray<CodeWatch> _watches;
    private readonly ImmutableArray<Judgement> _judgements;
    private readonly Dictionary<string, long> _stored = [];
    private DataValidator? _current;
    private DataSetSpace? _space;

    /// <param name="now">Schema by which the data were accepted.</param>
    /// <param name="stateDimension">Id of the dimension that holds the reporting state.</param>
    /// <param name="state">State of the agreement, for data that name none.</param>
    /// <param name="watched">Codes to count, with what is said about them.</param>
    /// <param name="targets">Schemas to judge by; null for one that is gone, which leaves every observation invalid.</param>
    public AgreementCheck(DataSchema now, string stateDimension, string? state, IEnumerable<(string Component, string Code)> watched, ImmutableArray<DataSchema?> targets)
    {
        _now = now;
        _state = state;
        _stateDimension = now.Find(stateDimension) is { Role: ComponentRole.Dimension } area ? area.Index : -1;
        _watches = [.. watched.GroupBy(w => w.Component).Select(g => new CodeWatch(now.Find(g.Key)!, [.. g.Select(w => w.Code)]))];
        _judgements = [.. targets.Select(t => new Judgement(now, t))];
    }

    /// <summary>Observations read.</summary>
    public long Read { get; private set; }

    /// <summary>Observations by state.</summary>
    public IReadOnlyDictionary<string, long> Stored => _stored;

    /// <summary>Who carries the watched codes: component, code, state, count.</summary>
    public IEnumerable<(string Component, string Code, string State, ObservationCount Count)> Uses => _watches.SelectMany(w => w.Counts);

    /// <summary>Invalid observations by state, and the causes, for each of the schemas.</summary>
    public ImmutableArray<(ImmutableArray<(string State, ObservationCount Count)> Invalid, ImmutableArray<IssueGroup> Causes)> Verdicts
        => [.. _judgements.Select(j => (j.Invalid, j.Causes))];

    /// <summary>Goes through a batch.</summary>
    public void Add(ObservationBatch batch)
    {
        Read += batch.Count;
        if (!ReferenceEquals(_space, batch.Space))
        {
            // What is refused already by the schema of now is not the fault of the change. Nothing is told of it, so the list stays short.
            _space = batch.Space;
            _current = new DataValidator(batch.Space, new IssueList { MaxGroups = 1, SamplesPerGroup = 0 }, new ValidationOptions { Duplicates = DuplicatePolicy.Allow });
        }

        if (!_judgements.IsEmpty)
        {
            _current!.Validate(batch);
        }

        string[] states = new string[batch.SeriesCount];
        for (int run = 0, row = 0; run < batch.SeriesCount; run++)
        {
            int first = row;
            while (row < batch.Count && batch.SeriesOf[row] == run)
            {
                row++;
            }

            states[run] = (_stateDimension >= 0 ? batch.Dimensions[_stateDimension][run] : null) ?? _state ?? "";
            _stored[states[run]] = _stored.GetValueOrDefault(states[run]) + row - first;
            foreach (CodeWatch watch in _watches)
            {
                watch.Add(batch, run, first, row, states[run]);
            }
        }

        foreach (Judgement judgement in _judgements)
        {
            judgement.Add(batch, states);
        }
    }

    /// <summary>Judges by one schema.</summary>
    private sealed class Judgement(DataSchema now, DataSchema? target)
    {
        private readonly IssueList _issues = new() { MaxGroups = 200, SamplesPerGroup = 5 };
        private readonly Dictionary<string, CountTally> _invalid = [];
        private DataValidator? _validator;
        private SchemaTransfer? _transfer;
        private ObservationBatch? _of;

        public ImmutableArray<(string, ObservationCount)> Invalid => [.. _invalid.Select(i => (i.Key, i.Value.ToCount()))];

        public ImmutableArray<IssueGroup> Causes => [.. _issues.Groups.Where(g => g.Severity >= Severity.Error).OrderByDescending(g => g.Observations)];

        public void Add(ObservationBatch batch, string[] states)
        {
            if (target is null)
            {
                Gone(batch);
                Tally(batch, states, row => !batch.Refused[row]);
                return;
            }

            if (!ReferenceEquals(_of, batch))
            {
                // One validator for all batches of a data set: it remembers the series it has seen.
                _of = batch;
                SchemaTransfer? before = _transfer;
                _transfer = new SchemaTransfer(batch, target, before?.To.Space);
                _validator ??= new DataValidator(_transfer.To.Space, _issues, new ValidationOptions { Duplicates = KeepsKeys ? DuplicatePolicy.Allow : DuplicatePolicy.Refuse });
            }

            _transfer!.Run();
            _validator!.Validate(_transfer.To);
            ObservationBatch judged = _transfer.To;
            Tally(batch, states, row => judged.Refused[row] && !batch.Refused[row]);
        }

        // Only where a dimension is gone can two observations fall on one key.
        private bool KeepsKeys => now.Dimensions.All(d => target!.Find(d.Id) is { Role: ComponentRole.Dimension })
            && (now.TimeDimension is null || target!.TimeDimension is not null);

        private void Gone(ObservationBatch batch)
        {
            for (int run = 0, row = 0; run < batch.SeriesCount; run++)
            {
                int first = row;
                while (row < batch.Count && batch.SeriesOf[row] == run)
                {
                    row++;
                }

                _issues.Add(new Issue(IssueCodes.UnknownStructure, batch.LocationOfSeries(run), now.Structure.Reference) { Observations = row - first });
            }
        }

        private void Tally(ObservationBatch batch, string[] states, Func<int, bool> isInvalid)
        {
            for (int row = 0, counted = -1; row < batch.Count; row++)
            {
                if (isInvalid(row))
                {
                    string state = states[batch.SeriesOf[row]];
                    if (!_invalid.TryGetValue(state, out CountTally? tally))
                    {
                        _invalid.Add(state, tally = new CountTally());
                    }

                    tally.Add(batch.Periods[row], isNewSeries: counted != batch.SeriesOf[row]);
                    counted = batch.SeriesOf[row];
                }
            }
        }
    }
}
