using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Attributes and further measures as JSON. Of a chunk: <c>{"OBS_STATUS":"A","COMMENT_OBS":{"3":"late"}}</c>, where an object gives the
/// usual value under the empty name and the values of single observations (numbered from one) that differ. Nothing is left out by
/// null. Of a series: <c>{"UNIT_MULT":"0"}</c>.
/// </summary>
internal sealed class AttributeJson : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    public AttributeJson() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>JSON of the cells of some rows; valid until the next call.</summary>
    public ReadOnlySpan<byte> OfRows(StoredLayout layout, SeriesColumns columns, int first, int end)
    {
        Start();
        for (int c = 0; c < columns.Cells.Length; c++)
        {
            Column(layout.CellIds[c], columns.Cells[c].AsSpan(first, end - first));
        }

        return Finish();
    }

    /// <summary>JSON of the attributes of a series; valid until the next call.</summary>
    public ReadOnlySpan<byte> OfSeries(StoredLayout layout, ReadOnlySpan<string?> attributes)
    {
        Start();
        for (int i = 0; i < attributes.Length; i++)
        {
            if (attributes[i] is { } text)
            {
                _writer.WriteString(layout.SeriesIds[i], text);
            }
        }

        return Finish();
    }

    /// <summary>Sets the cells of rows that were just added to columns.</summary>
    public static void ReadRows(StoredLayout layout, ReadOnlySpan<byte> json, SeriesColumns columns, int first)
    {
        int end = columns.Count;
        foreach (string?[] cells in columns.Cells)
        {
            cells.AsSpan(first, end - first).Clear();
        }

        Utf8JsonReader reader = new(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int cell = layout.CellOf(reader.GetString()!);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                if (cell >= 0)
                {
                    columns.Cells[cell].AsSpan(first, end - first).Fill(reader.GetString());
                }

                continue;
            }

            ReadColumn(ref reader, cell < 0 ? [] : columns.Cells[cell].AsSpan(first, end - first));
        }
    }

    /// <summary>Attributes of a series by position.</summary>
    public static string?[] ReadSeries(StoredLayout layout, ReadOnlySpan<byte> json)
    {
        string?[] attributes = new string?[layout.SeriesIds.Length];
        Utf8JsonReader reader = new(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int index = layout.SeriesOf(reader.GetString()!);
            reader.Read();
            if (index >= 0)
            {
                attributes[index] = reader.GetString();
            }
        }

        return attributes;
    }

    public void Dispose() => _writer.Dispose();

    private static void ReadColumn(ref Utf8JsonReader reader, Span<string?> cells)
    {
        // jsonb keeps the shortest name first, so the usual value comes before the others.
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            int row = name.IsEmpty ? 0 : int.Parse(name, CultureInfo.InvariantCulture);
            reader.Read();
            string? text = reader.GetString();
            if (cells.IsEmpty)
            {
                continue;
            }

            if (row == 0)
            {
                cells.Fill(text);
            }
            else
            {
                cells[row - 1] = text;
            }
        }
    }

    private void Column(string id, ReadOnlySpan<string?> cells)
    {
        string? usual = PackedWriter.UsualOf(cells);
        int others = 0;
        foreach (string? cell in cells)
        {
            others += cell == usual ? 0 : 1;
        }

        if (others == 0)
        {
            if (usual is not null)
            {
                _writer.WriteString(id, usual);
            }

            return;
        }

        _writer.WriteStartObject(id);
        if (usual is not null)
        {
            _writer.WriteString("", usual);
        }

        Span<char> name = stackalloc char[11];
        for (int i = 0; others > 0 && i < cells.Length; i++)
        {
            if (cells[i] != usual)
            {
                (i + 1).TryFormat(name, out int length, default, CultureInfo.InvariantCulture);
                _writer.WriteString(name[..length], cells[i]); // a null is written as such
                others--;
            }
        }

        _writer.WriteEndObject();
    }

    private void Start()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
    }

    private ReadOnlySpan<byte> Finish()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.WrittenSpan;
    }
}
