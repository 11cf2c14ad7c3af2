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

    /// <summary>Most columns that are taken.</summary>
    public const int MaxColumns = 256;

    /// <summary>True when there was more than is taken: who takes the table must say so.</summary>
    public bool IsCut { get; init; }

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
            return Even([.. text.ReplaceLineEndings("\n").Split('\n').Select(l => ImmutableArray.Create([.. l.Split(separator).Select(Plain)])).Where(HasText).Take(MaxRows + 1)]);
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
            return Even([.. workbook.Query(useHeaderRow: false).Cast<IDictionary<string, object?>>().Select(row => ImmutableArray.Create([.. row.Values.Select(Text)])).Where(HasText).Take(MaxRows + 1)]);
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
        while (rows.Count <= MaxRows && reader.Read())
        {
            ImmutableArray<string> row = [.. Enumerable.Range(0, reader.RowFieldCount).Select(i => Plain(reader.GetString(i)))];
            if (HasText(row))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static bool HasText(ImmutableArray<string> row) => row.Any(c => c.Length > 0);

    // One row more than is taken tells that there are more.
    private static SheetFile Even(List<ImmutableArray<string>> rows)
    {
        bool isCut = rows.Count > MaxRows || rows.Exists(r => r.Length > MaxColumns && HasText(r[MaxColumns..]));
        rows = [.. rows.Take(MaxRows).Select(r => r.Length > MaxColumns ? r[..MaxColumns] : r).Where(HasText)];
        int width = rows.Count == 0 ? 0 : rows.Max(r => r.Length);
        return new([.. rows.Select(r => r.Length == width ? r : [.. r, .. Enumerable.Repeat("", width - r.Length)])]) { IsCut = isCut };
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
