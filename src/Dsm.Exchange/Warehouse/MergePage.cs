using Dsm.Sdmx.Issues;
using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>Some hundred series on their way from staging into the warehouse: compared on one thread, written by another.</summary>
internal sealed class MergePage(LoadIdentity target, StoredLayout layout)
{
    private readonly CopyBuffer _series = new();
    private readonly CopyBuffer _attributes = new();
    private readonly CopyBuffer _chunks = new();
    private readonly List<long> _closedSeries = [];
    private readonly List<int> _closedChunks = [];
    private readonly List<long> _closedAttributes = [];
    private readonly List<(StagedSeries Series, List<StagedPart> Parts)> _open = [];
    private readonly AttributeJson _json = new();

    public List<StagedSeries> Series { get; } = [];

    /// <summary>Numbers for series that are new.</summary>
    public Queue<long> Ids { get; } = [];

    public List<Issue> Issues { get; } = [];

    public int Versions { get; private set; }

    /// <summary>Series that can be merged only when their content has been loaded.</summary>
    public IEnumerable<StagedSeries> Open => _open.Select(o => o.Series);

    public bool IsOpen => _open.Count > 0;

    /// <summary>Merges what can be merged without the current content.</summary>
    public void Compare(SeriesMerge merge)
    {
        foreach (StagedSeries series in Series)
        {
            List<StagedPart> parts = merge.Combine(series);
            if (series.SeriesId != 0 && series.AgreementId != target.AgreementId)
            {
                Refuse(merge, series, parts);
                continue;
            }

            Report(merge, series, parts);
            if (merge.TryMergeByHash(series, parts) is { } change)
            {
                Take(change);
            }
            else if (series.CurrentChunks.Count == 0)
            {
                Take(merge.Merge(series, parts));
            }
            else
            {
                _open.Add((series, parts));
            }
        }
    }

    /// <summary>Merges the others, whose content has been loaded.</summary>
    public void CompareContent(SeriesMerge merge)
    {
        foreach ((StagedSeries series, List<StagedPart> parts) in _open)
        {
            Take(merge.Merge(series, parts));
        }

        _open.Clear();
    }

    /// <summary>Closes and adds versions.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (_closedSeries.Count > 0)
        {
            await using NpgsqlCommand close = new(
                """
                UPDATE series_chunk c SET closed_by = $1
                  FROM unnest($2::bigint[], $3::integer[]) AS k (series_id, chunk)
                 WHERE c.series_id = k.series_id AND c.chunk = k.chunk AND c.closed_by IS NULL
                """, connection)
            { Parameters = { new() { Value = target.SubmissionId }, new() { Value = _closedSeries.ToArray() }, new() { Value = _closedChunks.ToArray() } }, CommandTimeout = 0 };
            await close.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }

        if (_closedAttributes.Count > 0)
        {
            await using NpgsqlCommand close = new("UPDATE series_attributes SET closed_by = $1 WHERE series_id = ANY($2) AND closed_by IS NULL", connection)
            { Parameters = { new() { Value = target.SubmissionId }, new() { Value = _closedAttributes.ToArray() } }, CommandTimeout = 0 };
            await close.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }

        await _series.SendAsync(connection, "COPY series (id, flow_id, agreement_id, key, codes, ref_area) FROM STDIN (FORMAT binary)", ct).ConfigureAwait(false);
        await _attributes.SendAsync(connection, "COPY series_attributes (series_id, submission_id, is_restricted, embargo_until, attributes) FROM STDIN (FORMAT binary)", ct).ConfigureAwait(false);
        await _chunks.SendAsync(connection, StoredChunk.Copy, ct).ConfigureAwait(false);
    }

    /// <summary>Empties the page for reuse.</summary>
    public void Clear()
    {
        Series.Clear();
        Ids.Clear();
        Issues.Clear();
        _closedSeries.Clear();
        _closedChunks.Clear();
        _closedAttributes.Clear();
        Versions = 0;
    }

    private void Refuse(SeriesMerge merge, StagedSeries series, List<StagedPart> parts)
    {
        long refused = parts.Where(p => p.Kind != RunKind.BulkDelete).Sum(p => p.SourcesOf(0, p.Rows.Count));
        merge.Counts.Refused += refused;
        if (refused > 0)
        {
            Issues.Add(new Issue(ExchangeIssues.SeriesOfOtherProvider, new Location(Key: series.Key), target.OwnerOf(series.AgreementId)) { Observations = (int)refused });
        }
    }

    private void Report(SeriesMerge merge, StagedSeries series, List<StagedPart> parts)
    {
        foreach (StagedPart part in parts)
        {
            for (int row = 0; part.Collides is not null && row < part.Collides.Length; row++)
            {
                if (part.Collides[row])
                {
                    Issues.Add(new Issue(merge.Collision, new Location(Key: series.Key, Period: part.Rows.Periods[row].ToString())) { Observations = part.SourcesOf(row) });
                }
            }
        }
    }

    private void Take(SeriesChange change)
    {
        if (!change.IsChange)
        {
            return;
        }

        StagedSeries series = change.Series;
        Versions++;
        if (series.SeriesId == 0)
        {
            series.SeriesId = Ids.Dequeue();
            _series.Row(6);
            _series.Long(series.SeriesId);
            _series.Int(target.FlowId);
            _series.Int(target.AgreementId);
            _series.Text(series.Key);
            _series.TextArray(series.Codes);
            _series.Text(layout.RefArea < 0 ? null : series.Codes[layout.RefArea]);
        }

        foreach (int chunk in change.Closed)
        {
            _closedSeries.Add(series.SeriesId);
            _closedChunks.Add(chunk);
        }

        foreach ((int first, int end, byte[] hash) in change.Written)
        {
            StoredChunk.Write(_chunks, series.SeriesId, target.SubmissionId, layout, change.Rows!, first, end, hash, _json);
        }

        if (change.Attributes is { } attributes)
        {
            if (series.CurrentAttributes is not null)
            {
                _closedAttributes.Add(series.SeriesId);
            }

            _attributes.Row(5);
            _attributes.Long(series.SeriesId);
            _attributes.Long(target.SubmissionId);
            _attributes.Bool(layout.SeriesConfidentiality >= 0 && StoredLayout.IsRestricted(attributes[layout.SeriesConfidentiality]));
            _attributes.Timestamp(EmbargoTime.Parse(layout.Embargo < 0 ? null : attributes[layout.Embargo]));
            _attributes.Json(_json.OfSeries(layout, attributes));
        }
    }
}
