using Npgsql;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Reads chunks one after another with few allocations: bytes go through one buffer, and what the attributes of neighbouring chunks
/// have in common is parsed once. For one reader of one flow.
/// </summary>
internal sealed class ChunkScratch
{
    private byte[] _bytes = new byte[1024];
    private byte[] _plainJson = [];
    private string?[] _plainCells = [];
    private byte[] _seriesJson = [];
    private string?[] _seriesAttributes = [];

    /// <summary>Adds the content of the current row, whose <see cref="StoredChunk.ContentColumns"/> start at an ordinal, to columns.</summary>
    public void Read(NpgsqlDataReader row, int ordinal, StoredLayout layout, SeriesColumns columns)
    {
        ReadOnlySpan<byte> periods = Bytes(row, ordinal);
        int first = columns.Extend(StoredChunk.CountOf(periods)), count = columns.Count - first;
        StoredChunk.ReadPeriods(periods, columns.Periods.AsSpan(first, count));
        StoredChunk.ReadNumbers(Bytes(row, ordinal + 1), columns.Values.AsSpan(first, count));
        if (!row.IsDBNull(ordinal + 2))
        {
            StoredChunk.ReadOthers(Bytes(row, ordinal + 2), columns.Values.AsSpan(first, count));
        }

        Cells(Bytes(row, ordinal + 3), layout, columns, first);
    }

    /// <summary>Attributes of a series by position; not to be changed.</summary>
    public string?[] Attributes(NpgsqlDataReader row, int ordinal, StoredLayout layout)
    {
        ReadOnlySpan<byte> json = Bytes(row, ordinal);
        if (!json.SequenceEqual(_seriesJson))
        {
            _seriesJson = json.ToArray();
            _seriesAttributes = AttributeJson.ReadSeries(layout, json);
        }

        return _seriesAttributes;
    }

    // Most chunks say one value for all their rows, and the same as the chunk before.
    private void Cells(ReadOnlySpan<byte> json, StoredLayout layout, SeriesColumns columns, int first)
    {
        if (_plainJson.Length > 0 && json.SequenceEqual(_plainJson))
        {
            for (int c = 0; c < columns.Cells.Length; c++)
            {
                columns.Cells[c].AsSpan(first, columns.Count - first).Fill(_plainCells[c]);
            }

            return;
        }

        AttributeJson.ReadRows(layout, json, columns, first);
        if (columns.Count > first && json.LastIndexOf((byte)'{') == 0)
        {
            _plainJson = json.ToArray();
            _plainCells = [.. columns.Cells.Select(c => c[first])];
        }
    }

    private ReadOnlySpan<byte> Bytes(NpgsqlDataReader row, int ordinal)
    {
        int length = (int)row.GetBytes(ordinal, 0, null, 0, 0);
        if (length > _bytes.Length)
        {
            _bytes = new byte[Math.Max(length, _bytes.Length * 2)];
        }

        row.GetBytes(ordinal, 0, _bytes, 0, length);
        return _bytes.AsSpan(0, length);
    }
}
