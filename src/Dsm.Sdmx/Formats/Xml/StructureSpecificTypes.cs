using System.Collections;
using System.Globalization;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Writes the types of a structure-specific schema: a list of codes for each codelist, a type with limits for the rest, and in 3.x the
/// elements of components with several values or languages.
/// </summary>
/// <param name="xml">Where to.</param>
/// <param name="hasElements">True in 3.x.</param>
/// <param name="ids">Name of the type whose codes are ids in the sense of the official schemas, because it narrows such an attribute; null for none.</param>
internal sealed class StructureSpecificTypes(XmlWriter xml, bool hasElements, string? ids = null)
{
    private const string Xs = "http://www.w3.org/2001/XMLSchema";

    /// <summary>Name of the type of a component.</summary>
    public static string NameOf(SchemaComponent component) => component is { IsCoded: true, Representation.Enumeration: { } list }
        ? $"{list.AgencyId}.{list.Id}.{string.Concat(list.Version.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'))}"
        : component.Id + ".Value";

    /// <summary>The type of XML Schema of a component that has neither codes nor limits; null for others.</summary>
    public static string? PlainOf(SchemaComponent component) => component.IsCoded ? null : PlainOf(component.Format ?? new TextFormat());

    /// <summary>The type of a format without limits when it narrows another type, else that other type.</summary>
    public static string Narrowed(string type, TextFormat? format)
    {
        string? plain = format is null ? null : PlainOf(format);
        return plain is not null && (plain == type || (Wider(plain) is { } wider && Narrowed(type, wider))) ? plain : type;

        static bool Narrowed(string type, string wider) => type == wider || (Wider(wider) is { } next && Narrowed(type, next));
    }

    public void Write(DataSchema schema)
    {
        HashSet<string> written = [];
        foreach (SchemaComponent component in schema.Components.Where(c => c.Role != ComponentRole.TimeDimension && written.Add(NameOf(c))))
        {
            xml.WriteStartElement("simpleType", Xs);
            xml.WriteAttributeString("name", XmlText.Clean(NameOf(component)));
            if (component.IsCoded)
            {
                Codes(schema, component, hasElements && schema.Components.Any(c => MayBeMissing(c) && NameOf(c) == NameOf(component)));
            }
            else
            {
                Text(component.Format ?? new TextFormat(), component.Role == ComponentRole.Measure, hasElements && MayBeMissing(component));
            }

            xml.WriteEndElement();
        }

        foreach (SchemaComponent component in schema.Components.Where(c => hasElements && c.IsComplex))
        {
            Comp(component);
        }
    }

    /// <summary>The type of the Comp elements of a component: how many values, and their type. Limits of texts by language cannot be said.</summary>
    private void Comp(SchemaComponent component)
    {
        string value = component.Id + ".CompValue";
        if (!component.IsMultilingual)
        {
            Start("complexType", ("name", value));
            Start("simpleContent");
            Start("restriction", ("base", "common:ValueType"));
            Start("simpleType");
            Start("restriction", ("base", NameOf(component)));
            End(5);
        }
        else
        {
            value = component.Format?.DataType == SdmxDataType.XHTML ? "common:StructuredTextValueType" : "common:TextValueType";
        }

        Start("complexType", ("name", XmlComp.TypeOf(component)));
        Start("complexContent");
        Start("restriction", ("base", "dsd:CompType"));
        Start("sequence");
        Start("element", ("ref", "common:Annotations"), ("minOccurs", "0"));
        End(1);
        Start("element", ("name", "Value"), ("type", value), ("form", "unqualified"), ("minOccurs", component.Representation.MinOccurs.ToString(CultureInfo.InvariantCulture)),
            ("maxOccurs", component.Representation.MaxOccurs is { } most ? most.ToString(CultureInfo.InvariantCulture) : "unbounded"));
        End(2);
        Start("attribute", ("name", "id"), ("type", "common:NCNameIDType"), ("use", "required"), ("fixed", component.Id));
        End(4);
    }

    private void Start(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(element, Xs);
        foreach ((string name, string value) in attributes)
        {
            xml.WriteAttributeString(name, XmlText.Clean(value));
        }
    }

    private void End(int elements)
    {
        for (; elements > 0; elements--)
        {
            xml.WriteEndElement();
        }
    }

    private static string? PlainOf(TextFormat format)
        => format is { MinLength: null, MaxLength: null, MinValue: null, MaxValue: null, Pattern: null } ? TypeOf(format.DataType) : null;

    // XML Schema, part 2: which built-in type restricts which.
    private static string? Wider(string type) => type switch
    {
        "xs:short" => "xs:int",
        "xs:int" => "xs:long",
        "xs:long" => "xs:integer",
        "xs:integer" => "xs:decimal",
        _ => null,
    };

    private static bool MayBeMissing(SchemaComponent component) => component.Role is ComponentRole.Measure or ComponentRole.Attribute;

    // The codes that constraints leave to any of the components of the list: they share its type.
    private void Codes(DataSchema schema, SchemaComponent component, bool mayBeMissing)
    {
        xml.WriteStartElement("restriction", Xs);
        xml.WriteAttributeString("base", NameOf(component) == ids ? "common:IDType" : "xs:string");
        BitArray[] allowed = [.. schema.Components.Where(c => c.IsCoded && NameOf(c) == NameOf(component)).Select(schema.Allowed)];
        for (int i = 0; i < component.Codes!.Count; i++)
        {
            if (Array.Exists(allowed, a => a[i]))
            {
                Facet("enumeration", component.Codes.Codes[i]);
            }
        }

        if (mayBeMissing && component.Codes.IndexOf(MissingValues.Other) < 0)
        {
            Facet("enumeration", MissingValues.Other);
        }

        xml.WriteEndElement();
    }

    private void Text(TextFormat format, bool isMeasure, bool mayBeMissing)
    {
        string type = TypeOf(format.DataType);
        bool isNumber = type is "xs:integer" or "xs:int" or "xs:long" or "xs:short" or "xs:decimal";
        bool isFree = type is "xs:float" or "xs:double" || (type == "xs:string" && format is { MinLength: null, MaxLength: null, Pattern: null });
        if ((isMeasure && isNumber) || (mayBeMissing && !isFree))
        {
            // A value that is missing on purpose has a word of its own, which only xs:float and xs:double know.
            xml.WriteStartElement("union", Xs);
            xml.WriteStartElement("simpleType", Xs);
            Restriction(type, format);
            xml.WriteEndElement();
            xml.WriteStartElement("simpleType", Xs);
            xml.WriteStartElement("restriction", Xs);
            xml.WriteAttributeString("base", "xs:string");
            Facet("enumeration", isNumber ? MissingValues.Number : MissingValues.Other);
            foreach (SentinelValue sentinel in hasElements ? format.SentinelValues : [])
            {
                Facet("enumeration", sentinel.Value);
            }

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
        xml.WriteAttributeString("value", XmlText.Clean(value));
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
