using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using MiniExcelLibs;
using Sylvan.Data.Csv;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>A table as it comes from a spreadsheet: rows of texts, all of one width.</summary>
/// <param name="Rows">Rows of cells; missing cells are empty.</param>
public sealed record SheetFile(ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>Most bytes a workbook may have when it is unpacked.</summary>
    public const long MaxUnpackedBytes = 100_000_000;

    /// <summary>Most rows that are taken.</summary>
    public const int MaxRows = 100_000;

    private const string DangerousStart = "=+-@\t\r";

    /// <summary>
    /// Reads text that was copied from a spreadsheet (tabs) or from CSV (commas or semicolons); the separator is the one that the first
    /// line has most of. Where its quotation marks enclose no cells (<c>"Dawn" Ltd</c>), they are text like any other.
    /// </summary>
    public static SheetFile Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.TrimStart('\uFEFF');
        string first = text.Split('\n', 2)[0];
        char separator = new[] { '\t', ';', ',' }.MaxBy(c => first.Count(f => f == c));
        try
        {
            return Even(Quoted(text, separator));
        }
        catch (CsvFormatException)
        {
            return Even([.. text.ReplaceLineEndings("\n").Split('\n').Take(MaxRows).Select(l => ImmutableArray.Create([.. l.Split(separator).Select(Plain)]))]);
        }
    }

    /// <summary>Reads the first sheet of a workbook: what its cells show. Formulas are never evaluated, what they gave when saved is taken.</summary>
    /// <exception cref="InvalidDataException">It is no workbook, or too large.</exception>
    public static SheetFile ReadWorkbook(Stream workbook)
    {
        ArgumentNullException.ThrowIfNull(workbook);
        try
        {
            using (ZipArchive zip = new(workbook, ZipArchiveMode.Read, leaveOpen: true))
            {
                if (zip.Entries.Sum(e => e.Length) > MaxUnpackedBytes)
                {
                    throw new InvalidDataException("The workbook is too large.");
                }
            }

            workbook.Position = 0;
            List<ImmutableArray<string>> rows = [];
            foreach (IDictionary<string, object?> row in workbook.Query(useHeaderRow: false).Cast<IDictionary<string, object?>>().Take(MaxRows))
            {
                rows.Add([.. row.Values.Select(Text)]);
            }

            return Even(rows);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or InvalidDataException))
        {
            throw new InvalidDataException("This is no workbook that can be read.", e);
        }
    }

    /// <summary>The table as CSV (UTF-8 with a mark, so that spreadsheets see it); cells that a spreadsheet would run as a formula get an apostrophe in front.</summary>
    public byte[] ToCsv()
    {
        StringBuilder text = new("\uFEFF");
        foreach (ImmutableArray<string> row in Rows)
        {
            text.AppendJoin(',', row.Select(c => Quoted(Harmless(c)))).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The table as a workbook with one sheet; every cell is text.</summary>
    /// <param name="sheet">Name of the sheet.</param>
    public byte[] ToWorkbook(string sheet)
    {
        using MemoryStream stream = new();
        stream.SaveAs(
            Rows.Select(r => r.Select((cell, i) => (i, cell)).ToDictionary(c => ColumnName(c.i), c => (object)Harmless(c.cell))),
            printHeader: false, sheetName: sheet.Length > 31 ? sheet[..31] : sheet);
        return stream.ToArray();
    }

    /// <summary>The table as text with tabs, as a spreadsheet copies it.</summary>
    public string ToText() => string.Concat(Rows.Select(r => string.Join('\t', r.Select(c => c.AsSpan().IndexOfAny('\t', '\n', '"') >= 0 ? Quoted(c) : c)) + "\n"));

    private static List<ImmutableArray<string>> Quoted(string text, char separator)
    {
        CsvDataReaderOptions options = new() { HasHeaders = false, Delimiter = separator, BufferSize = 0x10000, MaxBufferSize = 0x1000000, CsvStyle = CsvStyle.Standard, ResultSetMode = ResultSetMode.SingleResult };
        using CsvDataReader reader = CsvDataReader.Create(new StringReader(text), options);
        List<ImmutableArray<string>> rows = [];
        while (reader.Read() && rows.Count < MaxRows)
        {
            rows.Add([.. Enumerable.Range(0, reader.RowFieldCount).Select(i => Plain(reader.GetString(i)))]);
        }

        return rows;
    }

    private static SheetFile Even(List<ImmutableArray<string>> rows)
    {
        rows.RemoveAll(r => r.All(c => c.Length == 0));
        int width = rows.Count == 0 ? 0 : rows.Max(r => r.Length);
        return new([.. rows.Select(r => r.Length == width ? r : [.. r, .. Enumerable.Repeat("", width - r.Length)])]);
    }

    private static string Text(object? cell) => Plain(cell switch
    {
        null => "",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    });

    // The apostrophe that was put in front when the table was written.
    private static string Plain(string cell)
    {
        cell = cell.Trim();
        return cell.Length > 1 && cell[0] == '\'' && DangerousStart.Contains(cell[1], StringComparison.Ordinal) ? cell[1..] : cell;
    }

    private static string Harmless(string cell) => cell.Length > 0 && DangerousStart.Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;

    private static string Quoted(string cell)
        => cell.AsSpan().IndexOfAny(",;\"\r\n\t") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string ColumnName(int index) => index.ToString("D4", CultureInfo.InvariantCulture);
}
