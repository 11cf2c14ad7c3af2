using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Representations and text formats.</summary>
internal sealed partial class StructureParser
{
    /// <summary>Reads a local or core representation; null when it says nothing.</summary>
    /// <param name="enumeration">Class of the enumeration when a 2.1 Ref does not say it.</param>
    /// <param name="multilingualByDefault">True where the schema's default for isMultiLingual holds; elsewhere the attribute is prohibited.</param>
    /// <param name="time">True for the time dimension, whose type is ObservationalTimePeriod when not said.</param>
    private Representation? ReadRepresentation(string enumeration, bool multilingualByDefault, bool time = false)
    {
        int min = cursor.Whole("minOccurs") ?? 1;
        int? max = cursor.Attribute("maxOccurs") is "unbounded" ? null : cursor.Whole("maxOccurs") ?? 1;
        TextFormat? format = null;
        StructureReference? list = null;
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "TextFormat":
                    format = ReadTextFormat(multilingualByDefault, time ? SdmxDataType.ObservationalTimePeriod : SdmxDataType.String);
                    break;
                case "EnumerationFormat":
                    format = ReadTextFormat(multilingualByDefault: false, SdmxDataType.String);
                    break;
                case "Enumeration":
                    list = Reference(enumeration);
                    break;
                default:
                    cursor.Unexpected("Representation");
                    break;
            }
        }

        return format is null && list is null ? null
            : new Representation { Enumeration = list, TextFormat = format, MinOccurs = min, MaxOccurs = max };
    }

    private TextFormat ReadTextFormat(bool multilingualByDefault, SdmxDataType fallback)
    {
        SdmxDataType type = ReadDataType(cursor.Attribute("textType"), fallback);
        bool text = type is SdmxDataType.String or SdmxDataType.XHTML;
        TextFormat format = new()
        {
            DataType = type,
            IsSequence = cursor.Flag("isSequence") ?? false,
            Interval = cursor.Number("interval"),
            StartValue = cursor.Number("startValue"),
            EndValue = cursor.Number("endValue"),
            TimeInterval = cursor.Attribute("timeInterval"),
            StartTime = cursor.Attribute("startTime"),
            EndTime = cursor.Attribute("endTime"),
            MinLength = cursor.Whole("minLength"),
            MaxLength = cursor.Whole("maxLength"),
            MinValue = cursor.Number("minValue"),
            MaxValue = cursor.Number("maxValue"),
            Decimals = cursor.Whole("decimals"),
            Pattern = cursor.RawAttribute("pattern"),
            IsMultilingual = cursor.Flag("isMultiLingual") ?? (multilingualByDefault && text && standard != "3.1"),
        };
        foreach (string name in cursor.Children())
        {
            if (name != "SentinelValue")
            {
                cursor.Unexpected("TextFormat");
            }
            else
            {
                format = format with { SentinelValues = format.SentinelValues.Add(Sentinel()) };
            }
        }

        return format;
    }

    private SentinelValue Sentinel()
    {
        string value = cursor.RawAttribute("value") ?? "";
        NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            OtherPart(parts, name, "SentinelValue");
        }

        return new SentinelValue(value, parts.Name, parts.Description);
    }

    private SdmxDataType ReadDataType(string? text, SdmxDataType fallback)
    {
        if (text is null)
        {
            return fallback;
        }

        // Enum.TryParse alone would take numbers and lists of names too.
        if (!text.All(char.IsAsciiLetter) || !Enum.TryParse(text, ignoreCase: false, out SdmxDataType type))
        {
            cursor.Report(IssueCodes.InvalidText, text, "textType", "a data type of SDMX");
            return fallback;
        }

        return type;
    }
}
