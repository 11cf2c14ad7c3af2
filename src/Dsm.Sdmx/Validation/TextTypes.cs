using System.Globalization;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Validation;

/// <summary>The lexical forms of the SDMX data types (SDMX-ML common schema, DataType).</summary>
internal static class TextTypes
{
    /// <summary>True for types whose values are numbers with an order.</summary>
    public static bool IsNumeric(SdmxDataType type) => IsInteger(type) || type is SdmxDataType.Decimal or SdmxDataType.Float or SdmxDataType.Double
        or SdmxDataType.InclusiveValueRange or SdmxDataType.ExclusiveValueRange or SdmxDataType.Incremental;

    /// <summary>True for types of whole numbers.</summary>
    public static bool IsInteger(SdmxDataType type)
        => type is SdmxDataType.Integer or SdmxDataType.Long or SdmxDataType.Short or SdmxDataType.BigInteger or SdmxDataType.Count;

    /// <summary>Bits of the <see cref="TimePeriodKind"/>s of a type; 0 when it is no type of time periods.</summary>
    public static uint PeriodKinds(SdmxDataType type)
    {
        const uint Gregorian = (1u << (int)TimePeriodKind.GregorianYear) | (1u << (int)TimePeriodKind.GregorianMonth) | (1u << (int)TimePeriodKind.GregorianDay);
        const uint Basic = Gregorian | (1u << (int)TimePeriodKind.DateTime);
        const uint Reporting = (1u << (int)TimePeriodKind.ReportingYear) | (1u << (int)TimePeriodKind.Semester) | (1u << (int)TimePeriodKind.Trimester)
            | (1u << (int)TimePeriodKind.Quarter) | (1u << (int)TimePeriodKind.ReportingMonth) | (1u << (int)TimePeriodKind.Week) | (1u << (int)TimePeriodKind.ReportingDay);
        return type switch
        {
            SdmxDataType.ObservationalTimePeriod => Basic | Reporting | (1u << (int)TimePeriodKind.Range),
            SdmxDataType.StandardTimePeriod => Basic | Reporting,
            SdmxDataType.BasicTimePeriod => Basic,
            SdmxDataType.GregorianTimePeriod => Gregorian,
            SdmxDataType.GregorianYear => 1u << (int)TimePeriodKind.GregorianYear,
            SdmxDataType.GregorianYearMonth => 1u << (int)TimePeriodKind.GregorianMonth,
            SdmxDataType.GregorianDay => 1u << (int)TimePeriodKind.GregorianDay,
            SdmxDataType.ReportingTimePeriod => Reporting,
            SdmxDataType.ReportingYear => 1u << (int)TimePeriodKind.ReportingYear,
            SdmxDataType.ReportingSemester => 1u << (int)TimePeriodKind.Semester,
            SdmxDataType.ReportingTrimester => 1u << (int)TimePeriodKind.Trimester,
            SdmxDataType.ReportingQuarter => 1u << (int)TimePeriodKind.Quarter,
            SdmxDataType.ReportingMonth => 1u << (int)TimePeriodKind.ReportingMonth,
            SdmxDataType.ReportingWeek => 1u << (int)TimePeriodKind.Week,
            SdmxDataType.ReportingDay => 1u << (int)TimePeriodKind.ReportingDay,
            SdmxDataType.DateTime => 1u << (int)TimePeriodKind.DateTime,
            SdmxDataType.TimeRange => 1u << (int)TimePeriodKind.Range,
            _ => 0,
        };
    }

    /// <summary>True when a text has the form of a type.</summary>
    public static bool Matches(SdmxDataType type, string text) => type switch
    {
        SdmxDataType.Alpha => text.All(char.IsAsciiLetter),
        SdmxDataType.AlphaNumeric => text.All(char.IsAsciiLetterOrDigit),
        SdmxDataType.Numeric => text.All(char.IsAsciiDigit),
        SdmxDataType.BigInteger or SdmxDataType.Count => IsInteger(text),
        SdmxDataType.Integer => IsInteger(text),
        SdmxDataType.Long => IsInteger(text),
        SdmxDataType.Short => IsInteger(text),
        SdmxDataType.Decimal or SdmxDataType.InclusiveValueRange or SdmxDataType.ExclusiveValueRange or SdmxDataType.Incremental => IsDecimal(text),
        SdmxDataType.Float or SdmxDataType.Double => text is "INF" or "-INF" or "NaN" || IsDouble(text),
        SdmxDataType.Boolean => text is "true" or "false" or "1" or "0",
        SdmxDataType.URI => !text.Any(char.IsWhiteSpace) && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        SdmxDataType.Month => text.Length == 4 && text.StartsWith("--", StringComparison.Ordinal) && InRange(text.AsSpan(2), 12),
        SdmxDataType.Day => text.Length == 5 && text.StartsWith("---", StringComparison.Ordinal) && InRange(text.AsSpan(3), 31),
        SdmxDataType.MonthDay => text.StartsWith("--", StringComparison.Ordinal)
            && DateTime.TryParseExact("2000-" + text[2..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        SdmxDataType.Time => TryXml(text, static t => XmlConvert.ToDateTime("2000-01-01T" + t, XmlDateTimeSerializationMode.RoundtripKind)),
        SdmxDataType.Duration => TryXml(text, static t => XmlConvert.ToTimeSpan(t)),
        _ => PeriodKinds(type) is var kinds && (kinds == 0 || (TimePeriod.TryParse(text, out TimePeriod period) && (kinds & (1u << (int)period.Kind)) != 0)),
    };

    private static bool InRange(ReadOnlySpan<char> text, int last)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= last;

    private static bool IsInteger(ReadOnlySpan<char> text)
    {
        text = text is ['+' or '-', ..] ? text[1..] : text;
        return !text.IsEmpty && text.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        text = text is ['+' or '-', ..] ? text[1..] : text;
        int point = text.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? text : text[..point], fraction = point < 0 ? [] : text[(point + 1)..];
        return whole.Length + fraction.Length > 0 && whole.IndexOfAnyExceptInRange('0', '9') < 0 && fraction.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static bool IsDouble(ReadOnlySpan<char> text)
    {
        int exponent = text.IndexOfAny('e', 'E');
        return exponent < 0 ? IsDecimal(text) : IsDecimal(text[..exponent]) && IsInteger(text[(exponent + 1)..]);
    }

    private static bool TryXml<T>(string text, Func<string, T> parse)
    {
        try
        {
            parse(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }
}
