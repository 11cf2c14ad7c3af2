using System.Xml;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Writes the time range of a selection (TimeRangeValueType), which is the same in all versions but for its namespace.</summary>
internal static class TimeRangeXml
{
    /// <summary>Writes the TimeRange element; the selection must have a start or an end.</summary>
    /// <param name="xml">Where to.</param>
    /// <param name="uri">Namespace of the elements.</param>
    /// <param name="selection">The selection.</param>
    /// <param name="validity">True where the schema has the validity of the range (3.x).</param>
    public static void Write(XmlWriter xml, string uri, MemberSelection selection, bool validity = false)
    {
        xml.WriteStartElement("TimeRange", uri);
        if (validity && selection.RangeValidFrom is { } from)
        {
            xml.WriteAttributeString("validFrom", XmlText.Clean(from));
        }

        if (validity && selection.RangeValidTo is { } to)
        {
            xml.WriteAttributeString("validTo", XmlText.Clean(to));
        }

        if (selection.StartPeriod is { } start)
        {
            Period(xml, uri, selection.EndPeriod is null ? "AfterPeriod" : "StartPeriod", start, selection.StartInclusive);
        }

        if (selection.EndPeriod is { } end)
        {
            Period(xml, uri, selection.StartPeriod is null ? "BeforePeriod" : "EndPeriod", end, selection.EndInclusive);
        }

        xml.WriteEndElement();
    }

    private static void Period(XmlWriter xml, string uri, string element, string period, bool inclusive)
    {
        xml.WriteStartElement(element, uri);
        xml.WriteAttributeString("isInclusive", inclusive ? "true" : "false");
        xml.WriteString(period);
        xml.WriteEndElement();
    }
}
