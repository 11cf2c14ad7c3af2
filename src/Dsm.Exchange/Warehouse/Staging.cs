using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Npgsql;
using NpgsqlTypes;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Where the observations of one message wait, packed, a row a run of a series. A temporary table of the connection: not logged,
/// invisible to others, and gone with the connection however it ends, so that there is nothing to sweep after a crash.
/// </summary>
internal sealed class Staging : IAsyncDisposable
{
    private const int FlushAt = 512 * 1024;
    private readonly NpgsqlConnection _connection;
    private readonly StoredLayout _layout;
    private readonly CopyBuffer _buffer = new();
    private readonly PackedWriter _packed = new();
    private readonly SeriesColumns _rows;
    private readonly List<BulkDeletion> _bulk = [];
    private NpgsqlRawCopyStream? _copy;
    private int _sequence;

    private Staging(NpgsqlConnection connection, StoredLayout layout)
    {
        _connection = connection;
        _layout = layout;
        _rows = new SeriesColumns(layout.CellIds.Length);
    }

    /// <summary>Number of runs staged.</summary>
    public long Runs { get; private set; }

    /// <summary>Number of observations staged.</summary>
    public long Observations { get; private set; }

    /// <summary>Number of refused observations whose place is known: they are staged without content.</summary>
    public long Refused { get; private set; }

    public static async Task<Staging> CreateAsync(NpgsqlConnection connection, StoredLayout layout, CancellationToken ct)
    {
        await using NpgsqlCommand create = new(
            """
            CREATE TEMPORARY TABLE staged (
                seq      integer NOT NULL,
                data_set integer NOT NULL,
                kind     smallint NOT NULL,
                key      text COLLATE "C" NOT NULL,
                codes    text[] NOT NULL,
                packed   bytea NOT NULL
            ) WITH (toast_tuple_target = 8160)
            """, connection);
        await create.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        return new Staging(connection, layout);
    }

    /// <summary>Stages the observations of a batch that were not refused.</summary>
    public async ValueTask AddAsync(ObservationBatch batch, int dataSet, RunKind kind, CancellationToken ct)
    {
        if (_copy is null)
        {
            _copy = await _connection.BeginRawBinaryCopyAsync("COPY staged FROM STDIN (FORMAT binary)", ct).ConfigureAwait(false);
            await CopyBuffer.StartAsync(_copy, ct).ConfigureAwait(false);
        }

        int row = 0;
        for (int run = 0; run < batch.SeriesCount; run++)
        {
            int first = row;
            while (row < batch.Count && batch.SeriesOf[row] == run)
            {
                row++;
            }

            AddRun(batch, run, first, row, dataSet, kind);
            if (_buffer.Length > FlushAt)
            {
                await _buffer.FlushAsync(_copy, ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends staging.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        if (_copy is not null)
        {
            await _buffer.FlushAsync(_copy, ct).ConfigureAwait(false);
            await CopyBuffer.FinishAsync(_copy, ct).ConfigureAwait(false);
            await _copy.DisposeAsync().ConfigureAwait(false);
            _copy = null;
        }

        // Only the key is joined and sorted by; statistics of the packed rows would cost more than they tell.
        await using NpgsqlCommand analyze = new("ANALYZE staged (key)", _connection);
        await analyze.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Gives deletions by partial key the series they mean; within the transaction of the merge.</summary>
    public async Task ExpandAsync(int flowId, int agreementId, CancellationToken ct)
    {
        foreach (BulkDeletion deletion in _bulk)
        {
            await ExpandAsync(deletion, flowId, agreementId, ct).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_copy is not null)
        {
            _copy.Cancel();
            await _copy.DisposeAsync().ConfigureAwait(false);
        }

        if (_connection.State == System.Data.ConnectionState.Open)
        {
            await using NpgsqlCommand drop = new("DROP TABLE IF EXISTS staged", _connection);
            await drop.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void AddRun(ObservationBatch batch, int run, int first, int end, int dataSet, RunKind kind)
    {
        bool deletes = kind == RunKind.Delete, whole = false;
        if (!deletes)
        {
            AddRefused(batch, run, first, end, dataSet);
        }

        Fill(batch, first, end, ref whole);
        if (_rows.Count == 0 && end > first && !whole)
        {
            return; // all of them refused
        }

        string[] codes = CodesOf(batch, run);
        bool partial = codes.Contains("");
        if (whole)
        {
            _rows.Clear();
        }

        Pack(batch, run);
        if (deletes && (partial || _rows.Count == 0))
        {
            _bulk.Add(new BulkDeletion(_sequence++, dataSet, codes, _packed.Written.ToArray()));
            return;
        }

        Observations += _rows.Count;
        AddRow(codes, dataSet, kind);
    }

    // What was refused is not in the message and not absent from it either: its place is staged, not its content.
    private void AddRefused(ObservationBatch batch, int run, int first, int end, int dataSet)
    {
        _rows.Clear();
        for (int row = first; row < end; row++)
        {
            if (batch.Refused[row] && !batch.Periods[row].IsNone)
            {
                int to = _rows.Extend(1);
                _rows.Periods[to] = batch.Periods[row];
            }
        }

        string[] codes = _rows.Count == 0 ? [] : CodesOf(batch, run);
        if (_rows.Count > 0 && !codes.Contains(""))
        {
            Refused += _rows.Count;
            Pack(batch, run);
            AddRow(codes, dataSet, RunKind.Refused);
        }
    }

    private static string[] CodesOf(ObservationBatch batch, int run)
    {
        string[] codes = new string[batch.Dimensions.Length];
        for (int d = 0; d < codes.Length; d++)
        {
            codes[d] = batch.Dimensions[d][run] ?? "";
        }

        return codes;
    }

    private void AddRow(string[] codes, int dataSet, RunKind kind)
    {
        Runs++;
        _buffer.Row(6);
        _buffer.Int(_sequence++);
        _buffer.Int(dataSet);
        _buffer.Short((short)kind);
        _buffer.Text(KeyOf(codes));
        _buffer.TextArray(codes);
        _buffer.Bytes(_packed.Written);
    }

    private void Fill(ObservationBatch batch, int first, int end, ref bool whole)
    {
        _rows.Clear();
        bool hasTime = _layout.Schema.TimeDimension is not null;
        ObservationValue[]? values = batch.Measures.IsEmpty ? null : batch.Measures[0];
        for (int row = first; row < end; row++)
        {
            if (batch.Refused[row])
            {
                continue;
            }

            whole |= hasTime && batch.Periods[row].IsNone;
            int to = _rows.Extend(1);
            _rows.Periods[to] = batch.Periods[row];
            _rows.Values[to] = values is null ? default : values[row];
            int cell = 0;
            for (int m = 1; m < batch.Measures.Length; m++)
            {
                _rows.Cells[cell++][to] = batch.Measures[m][row] is { Kind: not ObservationValueKind.Absent } value ? value.ToString() : null;
            }

            foreach (ValueColumn attribute in batch.ObservationAttributes)
            {
                _rows.Cells[cell++][to] = attribute[row];
            }
        }
    }

    private void Pack(ObservationBatch batch, int run)
    {
        _packed.Clear();
        foreach (ValueColumn attribute in batch.SeriesAttributes)
        {
            _packed.Text(attribute[run]);
        }

        _packed.Rows(_rows, 0, _rows.Count);
    }

    /// <summary>Key of a series as text. A dot within an uncoded value is written so that keys stay unique.</summary>
    internal static string KeyOf(string[] codes)
        => string.Join('.', Array.Exists(codes, c => c.Contains('.', StringComparison.Ordinal))
            ? Array.ConvertAll(codes, c => c.Replace("%", "%25", StringComparison.Ordinal).Replace(".", "%2E", StringComparison.Ordinal))
            : codes);

    private async Task ExpandAsync(BulkDeletion deletion, int flowId, int agreementId, CancellationToken ct)
    {
        // Also what the message itself brought before: data sets are worked off in their order.
        string condition = string.Concat(deletion.Codes.Select((c, i) => c.Length == 0 ? "" : $" AND k.codes[{i + 1}] = ($4::text[])[{i + 1}]"));
        await using NpgsqlCommand expand = new(
            $"""
            INSERT INTO staged (seq, data_set, kind, key, codes, packed)
            SELECT DISTINCT $1, $2, {(short)RunKind.BulkDelete}, k.key, k.codes, $3::bytea
              FROM (SELECT key, codes FROM series WHERE flow_id = $5 AND agreement_id = $6
                    UNION ALL SELECT key, codes FROM staged WHERE seq < $1) k
             WHERE true{condition}
            """, _connection)
        {
            Parameters =
            {
                new() { Value = deletion.Sequence },
                new() { Value = deletion.DataSet },
                new() { Value = deletion.Packed },
                new() { Value = deletion.Codes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = flowId },
                new() { Value = agreementId },
            },
            CommandTimeout = 0,
        };
        await expand.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    private sealed record BulkDeletion(int Sequence, int DataSet, string[] Codes, byte[] Packed);
}
