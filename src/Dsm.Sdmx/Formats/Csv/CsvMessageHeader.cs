using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>Reads the first record of a message.</summary>
internal static class CsvMessageHeader
{
    /// <summary>Finds the delimiter and gives the names of the columns; null with an issue when there are none. The record is taken.</summary>
    /// <exception cref="MessageException">The record cannot be taken apart.</exception>
    public static string[]? Read(CsvBuffer buffer, CsvTokenizer tokens, IssueList issues)
    {
        buffer.Open();
        ReadOnlySpan<byte> first = buffer.Bytes.AsSpan(buffer.Start, buffer.End - buffer.Start);
        first = first[..Math.Min(first.Length, 4096)].TrimStart("\r\n"u8);
        tokens.Delimiter = CsvDelimiter.Of(first);
        FixFirstDelimiter(buffer, tokens.Delimiter);

        // How many columns there are is known only when they have been counted.
        tokens.Plan([]);
        while (tokens.Look())
        {
            int columns = tokens.FieldCount;
            if (columns > CsvDataReaderHeader.MaxColumns)
            {
                issues.Add(IssueCodes.TooLarge, new Location(tokens.Line), "columns", CsvDataReaderHeader.MaxColumns);
                return null;
            }

            tokens.Plan([new CsvSegment(0, columns, isStable: false)]);
            tokens.Look();
            CsvText text = new();
            string[] names = [.. Enumerable.Range(0, columns).Select(c => text.Of(tokens.Raw(c, out bool hasEscapes), hasEscapes).ToString())];
            bool isBlank = columns == 1 && string.IsNullOrWhiteSpace(names[0]);
            tokens.Take();
            if (!isBlank)
            {
                return names;
            }

            tokens.Plan([]);
        }

        issues.Add(IssueCodes.EmptyMessage, Location.None);
        return null;
    }

    /// <summary>Makes the first delimiter like the others where it is another one (see <see cref="CsvDelimiter"/>).</summary>
    private static void FixFirstDelimiter(CsvBuffer buffer, byte delimiter)
    {
        Span<byte> header = buffer.Bytes.AsSpan(buffer.Start, buffer.End - buffer.Start);
        int comma = header.IndexOf("],"u8);
        if (delimiter != ',' && comma >= 0 && header[..comma].IndexOfAny((byte)'\n', delimiter, (byte)'"') is -1)
        {
            header[comma + 1] = delimiter;
        }
    }
}
