using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>The text format of a time dimension, which the schemas limit to types of time with a start and an end.</summary>
internal static class TimeFormat
{
    /// <summary>The format as the schemas allow it; ObservationalTimePeriod when there is none.</summary>
    /// <param name="format">The format of the model, or null.</param>
    /// <param name="changed">True when something had to be left out.</param>
    public static TextFormat Of(TextFormat? format, out bool changed)
    {
        TextFormat allowed = new()
        {
            DataType = format is { } f && IsTime(f.DataType) ? f.DataType : SdmxDataType.ObservationalTimePeriod,
            StartTime = format?.StartTime,
            EndTime = format?.EndTime,
            SentinelValues = format?.SentinelValues ?? [],
        };
        // String is what a source means that says nothing.
        changed = format is not null && allowed != format && !(format == allowed with { DataType = SdmxDataType.String });
        return allowed;
    }

    private static bool IsTime(SdmxDataType type)
        => type is >= SdmxDataType.ObservationalTimePeriod and <= SdmxDataType.ReportingDay or SdmxDataType.DateTime or SdmxDataType.TimeRange;
}
