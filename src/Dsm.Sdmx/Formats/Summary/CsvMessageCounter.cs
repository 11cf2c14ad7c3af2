using System.Text;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Summary;

/// <summary>Counts the records of an SDMX-CSV message (RFC 4180), and its data sets: records that follow each other with one structure and action.</summary>
internal sealed class CsvMessageCounter(MessageCounts counts, IssueList issues, DataReaderOptions options, CancellationToken cancellationToken)
{
    private const int MaxKept = 1000;

    /// <summary>Most fields of a record.</summary>
    private const int MaxFields = 100_000;

    private readonly StringBuilder _field = new();
    private readonly List<string> _header = [];
    private readonly StringBuilder _group = new();
    private string _lastGroup = "";
    private int[] _groupColumns = [];
    private char _delimiter = ',';
    private int _line = 1, _recordLine = 1, _fields;
    private long _fieldLength;
    private bool _isHeader = true, _hasContent, _isQuoted, _wasQuoted;

    /// <summary>Counts to the end, or to the first bytes that are no text in the encoding.</summary>
    /// <param name="stream">The message.</param>
    /// <param name="encoding">Encoding of a message without byte order mark.</param>
    public void Run(Stream stream, Encoding encoding)
    {
        using StreamReader text = new(stream, encoding, detectEncodingFromByteOrderMarks: false);
        char[] buffer = new char[64 * 1024];
        char last = '\0';
        for (int count; (count = Read(text, buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _delimiter = last == '\0' ? DelimiterOf(buffer.AsSpan(0, count)) : _delimiter;
            for (int i = 0; i < count; i++)
            {
                Character(buffer[i], last);
                last = buffer[i];
            }
        }

        if (_isQuoted)
        {
            issues.Add(IssueCodes.MalformedCsv, new Location(_recordLine, _fields + 1));
        }

        EndRecord();
    }

    private int Read(StreamReader text, char[] buffer)
    {
        try
        {
            int count = text.ReadBlock(buffer, 0, buffer.Length);
            return buffer.AsSpan(0, count).Contains('\0') ? throw Invalid() : count;
        }
        catch (DecoderFallbackException)
        {
            throw Invalid();
        }

        MessageException Invalid() => new(new Issue(IssueCodes.InvalidEncoding, new Location(_line), text.CurrentEncoding.WebName));
    }

    /// <summary>What stands behind the first column name, which may carry the separator of multiple values: <c>STRUCTURE[;]</c>.</summary>
    private static char DelimiterOf(ReadOnlySpan<char> text)
    {
        int at = text.IndexOfAny(",;\t|[\r\n");
        if (at >= 0 && text[at] == '[')
        {
            int bracket = text.IndexOf(']');
            at = bracket < 0 ? -1 : bracket + 1;
        }

        at += at > 0 && at < text.Length && text[at] == '"' ? 1 : 0;
        return at > 0 && at < text.Length && text[at] is ',' or ';' or '\t' or '|' ? text[at] : ',';
    }

    private void Character(char c, char last)
    {
        if (c == '\n' || c == '\r')
        {
            _line += c == '\n' && last == '\r' ? 0 : 1;
        }

        if (_isQuoted)
        {
            if (c == '"')
            {
                _isQuoted = false;
                _wasQuoted = true;
            }
            else
            {
                Keep(c);
            }
        }
        else if (c == '"' && (_fieldLength == 0 || _wasQuoted))
        {
            // A second quotation mark right behind the closing one stands for itself.
            _hasContent = true;
            if (_wasQuoted && last == '"')
            {
                Keep(c);
            }

            _isQuoted = true;
            _wasQuoted = false;
        }
        else if (c == _delimiter)
        {
            _hasContent = true;
            EndField();
        }
        else if (c is '\n' or '\r')
        {
            EndRecord();
        }
        else
        {
            Keep(c);
            _hasContent |= c is not (' ' or '\uFEFF');
        }
    }

    private void Keep(char c)
    {
        if (++_fieldLength > options.MaxValueLength)
        {
            throw new MessageException(new Issue(IssueCodes.TooLarge, new Location(_recordLine, _fields + 1), "value", options.MaxValueLength));
        }

        if (_field.Length < MaxKept && (_isHeader || _fields <= MaxGroupColumn) && c != '\uFEFF')
        {
            _field.Append(c);
        }
    }

    private int MaxGroupColumn => _groupColumns.Length == 0 ? -1 : _groupColumns[^1];

    private void EndField()
    {
        if (_isHeader)
        {
            _header.Add(_field.ToString().Trim());
        }
        else if (Array.IndexOf(_groupColumns, _fields) >= 0)
        {
            _group.Append(_field).Append('\u001f');
        }

        _field.Clear();
        _fieldLength = 0;
        _wasQuoted = false;
        if (++_fields > MaxFields)
        {
            throw new MessageException(new Issue(IssueCodes.TooLarge, new Location(_recordLine, _fields), "fields", MaxFields));
        }
    }

    private void EndRecord()
    {
        if (_hasContent)
        {
            EndField();
            if (_isHeader)
            {
                EndHeader();
            }
            else
            {
                EndRow();
            }
        }

        _field.Clear();
        _group.Clear();
        (_fields, _fieldLength, _hasContent, _wasQuoted, _recordLine) = (0, 0, false, false, _line);
    }

    private void EndHeader()
    {
        _isHeader = false;
        bool isVersion1 = _header[0].StartsWith("DATAFLOW", StringComparison.OrdinalIgnoreCase);
        _groupColumns = [.. Enumerable.Range(0, _header.Count).Where(c => isVersion1 ? c == 0 : c == 0 || _header[c].ToUpperInvariant() is "STRUCTURE_ID" or "ACTION" or "MDSTRUCTURE_ID")];
    }

    private void EndRow()
    {
        if (_fields != _header.Count)
        {
            issues.Add(IssueCodes.CsvFieldCount, new Location(_recordLine, Math.Min(_fields, _header.Count)), _fields, _header.Count);
        }

        string group = _group.Equals(_lastGroup.AsSpan()) ? _lastGroup : _group.ToString();
        bool isMetadata = counts.Known!.Kind == MessageKind.CsvMetadata;
        if (!ReferenceEquals(group, _lastGroup))
        {
            _lastGroup = group;
            if (isMetadata)
            {
                counts.Add("MetadataSet");
            }
            else
            {
                counts.DataSets++;
            }
        }

        counts.Observations += isMetadata ? 0 : 1;
    }
}
