using System.Globalization;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Writes the simple types of a structure-specific schema: a list of codes for each codelist, a type with limits for the rest.</summary>
internal sealed class StructureSpecificTypes(XmlWriter xml)
{
    private const string Xs = "http://www.w3.org/2001/XMLSchema";

    /// <summary>Name of the type of a component.</summary>
    public static string NameOf(SchemaComponent component) => component is { IsCoded: true, Representation.Enumeration: { } list }
        ? $"{list.AgencyId}.{list.Id}.{string.Concat(list.Version.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'))}"
        : component.Id + ".Value";

    public void Write(DataSchema schema)
    {
        HashSet<string> written = [];
        foreach (SchemaComponent component in schema.Components.Where(c => c.Role != ComponentRole.TimeDimension && written.Add(NameOf(c))))
        {
            xml.WriteStartElement("simpleType", Xs);
            xml.WriteAttributeString("name", NameOf(component));
            if (component.IsCoded)
            {
                Codes(component);
            }
            else
            {
                Text(component.Format ?? new TextFormat(), component.Role == ComponentRole.Measure);
            }

            xml.WriteEndElement();
        }
    }

    private void Codes(SchemaComponent component)
    {
        xml.WriteStartElement("restriction", Xs);
        xml.WriteAttributeString("base", "xs:string");
        foreach (string code in component.Codes!.Codes)
        {
            Facet("enumeration", code);
        }

        xml.WriteEndElement();
    }

    private void Text(TextFormat format, bool isMeasure)
    {
        string type = TypeOf(format.DataType);
        bool isNumber = type is "xs:integer" or "xs:int" or "xs:long" or "xs:short" or "xs:decimal";
        if (isMeasure && isNumber)
        {
            // A value that is missing on purpose is sent as NaN, which only xs:float and xs:double know.
            xml.WriteStartElement("union", Xs);
            xml.WriteStartElement("simpleType", Xs);
            Restriction(type, format);
            xml.WriteEndElement();
            xml.WriteStartElement("simpleType", Xs);
            xml.WriteStartElement("restriction", Xs);
            xml.WriteAttributeString("base", "xs:string");
            Facet("enumeration", "NaN");
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
            return;
        }

        Restriction(type, format);
    }

    private void Restriction(string type, TextFormat format)
    {
        xml.WriteStartElement("restriction", Xs);
        xml.WriteAttributeString("base", type);
        bool isText = type is "xs:string" or "xs:anyURI";
        if (type is "xs:integer" or "xs:int" or "xs:long" or "xs:short" or "xs:decimal" or "xs:double" or "xs:float")
        {
            Facet("minInclusive", format.MinValue);
            Facet("maxInclusive", format.MaxValue);
        }

        if (isText)
        {
            Facet("minLength", format.MinLength);
            Facet("maxLength", format.MaxLength);
            if (format.Pattern is not null)
            {
                Facet("pattern", format.Pattern);
            }
        }

        xml.WriteEndElement();
    }

    private void Facet(string name, decimal? value)
    {
        if (value is { } number)
        {
            Facet(name, number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Facet(string name, string value)
    {
        xml.WriteStartElement(name, Xs);
        xml.WriteAttributeString("value", value);
        xml.WriteEndElement();
    }

    private static string TypeOf(SdmxDataType type) => type switch
    {
        SdmxDataType.Alpha => "common:AlphaType",
        SdmxDataType.AlphaNumeric => "common:AlphaNumericType",
        SdmxDataType.Numeric => "common:NumericType",
        SdmxDataType.BigInteger or SdmxDataType.Count => "xs:integer",
        SdmxDataType.Integer => "xs:int",
        SdmxDataType.Long => "xs:long",
        SdmxDataType.Short => "xs:short",
        SdmxDataType.Decimal or SdmxDataType.InclusiveValueRange or SdmxDataType.ExclusiveValueRange or SdmxDataType.Incremental => "xs:decimal",
        SdmxDataType.Float => "xs:float",
        SdmxDataType.Double => "xs:double",
        SdmxDataType.Boolean => "xs:boolean",
        SdmxDataType.URI => "xs:anyURI",
        SdmxDataType.ObservationalTimePeriod => "common:ObservationalTimePeriodType",
        SdmxDataType.StandardTimePeriod => "common:StandardTimePeriodType",
        SdmxDataType.BasicTimePeriod => "common:BasicTimePeriodType",
        SdmxDataType.GregorianTimePeriod => "common:GregorianTimePeriodType",
        SdmxDataType.GregorianYear => "xs:gYear",
        SdmxDataType.GregorianYearMonth => "xs:gYearMonth",
        SdmxDataType.GregorianDay => "xs:date",
        SdmxDataType.ReportingTimePeriod => "common:ReportingTimePeriodType",
        SdmxDataType.ReportingYear => "common:ReportingYearType",
        SdmxDataType.ReportingSemester => "common:ReportingSemesterType",
        SdmxDataType.ReportingTrimester => "common:ReportingTrimesterType",
        SdmxDataType.ReportingQuarter => "common:ReportingQuarterType",
        SdmxDataType.ReportingMonth => "common:ReportingMonthType",
        SdmxDataType.ReportingWeek => "common:ReportingWeekType",
        SdmxDataType.ReportingDay => "common:ReportingDayType",
        SdmxDataType.DateTime => "xs:dateTime",
        SdmxDataType.TimeRange => "common:TimeRangeType",
        SdmxDataType.Month => "xs:gMonth",
        SdmxDataType.MonthDay => "xs:gMonthDay",
        SdmxDataType.Day => "xs:gDay",
        SdmxDataType.Time => "xs:time",
        SdmxDataType.Duration => "xs:duration",
        _ => "xs:string",
    };
}
