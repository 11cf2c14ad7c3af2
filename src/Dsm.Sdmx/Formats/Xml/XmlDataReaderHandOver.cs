using System.Text;
using System.Xml;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Xml;

/// <content>From the scanner of plain tags to the XML parser, and what becomes of failures of either.</content>
public abstract partial class XmlDataReader
{
    /// <summary>True while the data set is read from its bytes, without the XML parser.</summary>
    internal bool IsScanning => _scanner is not null;

    /// <summary>A scanner that reads plain tags of the data set that was just opened without the XML parser; null when there is none for it.</summary>
    private protected virtual PlainTagScanner? StartScanner(HandOverStream held) => null;

    /// <summary>The scanner gives way to the XML parser.</summary>
    private protected virtual void LeaveScanner(PlainTagScanner scanner)
    {
    }

    /// <summary>
    /// The scanner has met something that is not for it: the XML parser goes on from there. It stands behind the data set's start
    /// tag; made-up tags bring it into the elements that are open, and its places are shifted by what it did not see.
    /// </summary>
    private void HandOver()
    {
        string open = string.Concat(_scanner!.Open.Select(name => $"<{Encoding.ASCII.GetString(name)}>"));

        // Where the parser itself believes to be: it may have been passed over data sets before.
        int line = _bytes!.HeldLine - _lineShift;
        int column = _bytes.HeldColumn - (line == _handOverLine ? _columnShift : 0);
        (_handOverLine, _lineShift, _columnShift) = (line, _scanner.Line - line, _scanner.Column - column - open.Length);
        LeaveScanner(_scanner);
        _bytes.Release(Encoding.ASCII.GetBytes(open), _scanner.Line, _scanner.Column);
        _scanner = null;
        for (int tags = open.Count(c => c == '<'); tags > 0; tags--)
        {
            Xml.Read();
        }
    }

    private void SkipRestOfDataSet()
    {
        if (_scanner is not null)
        {
            HandOver();
        }

        // The rest is passed over, not looked at: who does not read a data set does not want its findings.
        while (_isOpen && (TakePeeked() || Xml.Read()))
        {
            CheckDepth();
            _isOpen = !(Xml.NodeType == XmlNodeType.EndElement && Xml.Depth == DataSetDepth);
        }

        _isDraining = false;
    }

    private void Fail(Exception exception)
    {
        (_isDone, _isOpen, _isDraining) = (true, false, false);
        Issue issue = XmlDataReaderFailure.ToIssue(exception, _stream, !_isPastRoot && (_bytes?.IsAtEnd ?? _stream.IsAtEnd), _root, _xml as IXmlLineInfo);
        bool isPlaced = exception is MessageException { Issue.Location.Line: > 0 };
        if (!isPlaced && issue.Location.Line > 0)
        {
            (int line, int column) = _scanner is { } scanner ? (scanner.Line, scanner.Column) : Shift(issue.Location.Line, issue.Location.Column);
            issue = issue with { Location = issue.Location with { Line = line, Column = column } };
        }

        Issues.Add(issue);
    }
}
