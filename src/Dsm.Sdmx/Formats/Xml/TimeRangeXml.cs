using System.Xml;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Writes the time range of a selection (TimeRangeValueType), which is the same in all versions but for its namespace.</summary>
internal static class TimeRangeXml
{
    /// <summary>Writes the TimeRange element; the selection must have a start or an end.</summary>
    public static void Write(XmlWriter xml, string uri, MemberSelection selection)
    {
        xml.WriteStartElement("TimeRange", uri);
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
