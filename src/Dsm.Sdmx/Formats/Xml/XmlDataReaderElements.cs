using System.Text;
using System.Xml;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Xml;

/// <content>Elements whatever they mean: passed over, read as text, limited in depth.</content>
public abstract partial class XmlDataReader
{
    /// <summary>Passes over an element that stands beside the data sets, and says so.</summary>
    private protected virtual void SkipBesideDataSets() => SkipUnexpected(_root);

    /// <summary>Moves to the node behind the data set's start tag; it is the first that <see cref="ReadNode"/> gets, unless it is taken.</summary>
    private protected void Peek() => _isPeeked = Xml.Read();

    /// <summary>True when a node was peeked at, which from now on counts as read.</summary>
    private protected bool TakePeeked()
    {
        bool isPeeked = _isPeeked;
        _isPeeked = false;
        return isPeeked;
    }

    /// <summary>
    /// Annotations at the node at hand: those of the data set are kept in its header; of those of groups, series, observations and
    /// values it is said once a data set that they are not kept.
    /// </summary>
    private protected void ReadAnnotations()
    {
        if (Filler.Scope == ReadingScope.None && DataSet!.Header.Annotations.IsEmpty)
        {
            DataSet.Header = DataSet.Header with { Annotations = _header!.ReadAnnotations() };
        }
        else
        {
            ReportAnnotations();
            Skip();
        }
    }

    /// <summary>Says once a data set that annotations below it are not kept.</summary>
    internal void ReportAnnotations()
    {
        if (!_saidAnnotations)
        {
            _saidAnnotations = true;
            Issues.Add(IssueCodes.NotCarried, new Location(Line, Column), "Annotations", "DSM");
        }
    }

    /// <summary>The data provider named by the data set itself, which goes before that of the header.</summary>
    private protected void ReadDataProvider()
    {
        if (_header!.ReadProvider() is { } provider)
        {
            DataSet!.Header = DataSet.Header with { DataProvider = provider };
        }
    }

    /// <summary>Reports an element that does not belong here and passes over it.</summary>
    internal void Unexpected(string parent) => SkipUnexpected(parent);

    /// <summary>Refuses values longer than the options allow.</summary>
    internal void CheckLength(int length)
    {
        if (length > Options.MaxValueLength)
        {
            throw new MessageException(new Issue(IssueCodes.TooLarge, new Location(Line, Column), Xml.Name, Options.MaxValueLength));
        }
    }

    /// <summary>Reports an element that does not belong here and passes over it.</summary>
    private protected void SkipUnexpected(string parent)
    {
        Issues.Add(IssueCodes.UnexpectedElement, new Location(Line, Column), Xml.Name, parent);
        Skip();
    }

    /// <summary>Passes over the element at hand; ends on its end tag.</summary>
    internal void Skip()
    {
        if (Xml.IsEmptyElement)
        {
            return;
        }

        int depth = Xml.Depth;
        while (Xml.Read() && !(Xml.NodeType == XmlNodeType.EndElement && Xml.Depth == depth))
        {
            CheckDepth();
        }
    }

    /// <summary>Text of the element at hand, trimmed unless its blanks count; ends on its end tag.</summary>
    internal string ReadText(bool keepsBlanks = false)
    {
        StringBuilder text = new();
        if (!Xml.IsEmptyElement)
        {
            int depth = Xml.Depth;
            while (Xml.Read() && !(Xml.NodeType == XmlNodeType.EndElement && Xml.Depth == depth))
            {
                CheckDepth();
                if (Xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace && text.Length <= Options.MaxValueLength)
                {
                    text.Append(Xml.Value);
                }
            }
        }

        return text.Length > Options.MaxValueLength
            ? throw new MessageException(new Issue(IssueCodes.TooLarge, Location.None, "text", Options.MaxValueLength))
            : keepsBlanks ? text.ToString() : text.ToString().Trim();
    }

    /// <summary>Moves to the next child element of the element at a depth; false at its end tag. Children left unread are passed over.</summary>
    internal bool NextChild(int depth)
    {
        while (Xml.Read())
        {
            CheckDepth();
            if (Xml.NodeType == XmlNodeType.Element && Xml.Depth == depth + 1)
            {
                return true;
            }

            if (Xml.NodeType == XmlNodeType.EndElement && Xml.Depth == depth)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Attributes of the element at hand but for namespaces; ends on the element.</summary>
    private protected List<XmlDataReaderAttribute> ReadAttributes()
    {
        List<XmlDataReaderAttribute> attributes = [];
        while (Xml.MoveToNextAttribute())
        {
            if (Xml.NamespaceURI != Xmlns)
            {
                attributes.Add(new XmlDataReaderAttribute(Xml.LocalName, Xml.NamespaceURI == Xsi, Xml.NamespaceURI.Length > 0, Xml.Value, Line, Column));
            }
        }

        Xml.MoveToElement();
        return attributes;
    }

    internal void CheckDepth()
    {
        if (Xml.Depth > Options.MaxDepth)
        {
            throw new MessageException(new Issue(IssueCodes.TooLarge, new Location(Line, Column), Xml.Name, Options.MaxDepth));
        }
    }
}
