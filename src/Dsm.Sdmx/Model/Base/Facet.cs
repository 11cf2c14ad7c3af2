using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>Data types of uncoded components (DataType of SDMX 3.0; 2.1 names are the same where they exist).</summary>
public enum SdmxDataType
{
#pragma warning disable CS1591 // the names are those of the standard
    String, Alpha, AlphaNumeric, Numeric, BigInteger, Integer, Long, Short, Decimal, Float, Double, Boolean, URI, Count,
    InclusiveValueRange, ExclusiveValueRange, Incremental, ObservationalTimePeriod, StandardTimePeriod, BasicTimePeriod,
    GregorianTimePeriod, GregorianYear, GregorianYearMonth, GregorianDay, ReportingTimePeriod, ReportingYear, ReportingSemester,
    ReportingTrimester, ReportingQuarter, ReportingMonth, ReportingWeek, ReportingDay, DateTime, TimeRange, Month, MonthDay, Day,
    Time, Duration, XHTML, KeyValues, IdentifiableReference, DataSetReference, AttachmentConstraintReference, GeospatialInformation,
#pragma warning restore CS1591
}

/// <summary>A value with a meaning of its own in a component, e.g. "not available" (SDMX 3.0 SentinelValue).</summary>
/// <param name="Value">The value.</param>
/// <param name="Name">What it means.</param>
/// <param name="Description">Its meaning at length.</param>
public sealed record SentinelValue(string Value, LocalisedText Name, LocalisedText Description = default);

/// <summary>Type and limits of an uncoded component (TextFormat). Null means "not limited".</summary>
public sealed record TextFormat
{
    /// <summary>Data type; String when the source says nothing.</summary>
    public SdmxDataType DataType { get; init; } = SdmxDataType.String;

    /// <summary>Fewest characters.</summary>
    public int? MinLength { get; init; }

    /// <summary>Most characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Smallest value.</summary>
    public decimal? MinValue { get; init; }

    /// <summary>Largest value.</summary>
    public decimal? MaxValue { get; init; }

    /// <summary>True when the values are a sequence by start, end and interval.</summary>
    public bool IsSequence { get; init; }

    /// <summary>First value of a sequence.</summary>
    public decimal? StartValue { get; init; }

    /// <summary>Last value of a sequence.</summary>
    public decimal? EndValue { get; init; }

    /// <summary>Step of a sequence.</summary>
    public decimal? Interval { get; init; }

    /// <summary>Step of a sequence of times, as written.</summary>
    public string? TimeInterval { get; init; }

    /// <summary>First time, as written.</summary>
    public string? StartTime { get; init; }

    /// <summary>Last time, as written.</summary>
    public string? EndTime { get; init; }

    /// <summary>Most digits after the decimal point.</summary>
    public int? Decimals { get; init; }

    /// <summary>Regular expression (XML Schema flavour) the text must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>True when the text may have several languages.</summary>
    public bool IsMultilingual { get; init; }

    /// <summary>Values that stand for "missing" in some sense (SDMX 3.0).</summary>
    public ImmutableArray<SentinelValue> SentinelValues { get; init; } = [];
}

/// <summary>
/// What values a component may have: codes of a codelist or value list, or text of a format. Exactly one of the two is set.
/// </summary>
public sealed record Representation
{
    /// <summary>The codelist or value list; null for uncoded.</summary>
    public StructureReference? Enumeration { get; init; }

    /// <summary>Type and limits; beside an enumeration it only limits the codes' form.</summary>
    public TextFormat? TextFormat { get; init; }

    /// <summary>Fewest values (0 when optional), SDMX 3.0.</summary>
    public int MinOccurs { get; init; } = 1;

    /// <summary>Most values; null for unbounded, SDMX 3.0.</summary>
    public int? MaxOccurs { get; init; } = 1;

    /// <summary>Representation by a codelist.</summary>
    public static Representation Coded(StructureReference codelist) => new() { Enumeration = codelist };

    /// <summary>Representation by a data type.</summary>
    public static Representation Of(SdmxDataType type) => new() { TextFormat = new TextFormat { DataType = type } };
}
