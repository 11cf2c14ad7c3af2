using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Mapping;

/// <summary>
/// Turns dates of a pattern, or numbers since a base, into time periods of a frequency (DatePatternMap, EpochMap; technical notes,
/// "Mapping non-SDMX time formats to SDMX formats").
/// </summary>
internal sealed class TimeConversion
{
    private readonly JavaDatePattern? _pattern;
    private readonly DateTime _base;
    private readonly decimal _ticksPerUnit;
    private readonly string? _resolve;
    private readonly ImmutableDictionary<string, JavaDatePattern> _formats;

    private TimeConversion(JavaDatePattern? pattern, DateTime start, decimal ticksPerUnit, string? resolve, ImmutableDictionary<string, JavaDatePattern> formats)
        => (_pattern, _base, _ticksPerUnit, _resolve, _formats) = (pattern, start, ticksPerUnit, resolve, formats);

    /// <summary>Prepares a map; false, with the reason, when it cannot be used.</summary>
    public static bool TryCreate(TimePatternMap map, [NotNullWhen(true)] out TimeConversion? conversion, [NotNullWhen(false)] out string? fault)
    {
        conversion = null;
        ImmutableDictionary<string, JavaDatePattern>.Builder formats = ImmutableDictionary.CreateBuilder<string, JavaDatePattern>();
        foreach ((string frequency, string format) in map.FrequencyFormats)
        {
            if (!JavaDatePattern.TryCreate(format, "en", out JavaDatePattern? output, out fault))
            {
                return false;
            }

            formats.Add(frequency, output);
        }

        if (map.SourcePattern is not null)
        {
            if (!JavaDatePattern.TryCreate(map.SourcePattern, map.Locale, out JavaDatePattern? pattern, out fault))
            {
                return false;
            }

            conversion = new TimeConversion(pattern, default, 0, map.ResolvePeriod, formats.ToImmutable());
            return true;
        }

        if (!TimePeriod.TryParse(map.BasePeriod, out TimePeriod start) || TicksOf(map.EpochPeriod) is not { } ticks)
        {
            fault = $"epoch “{map.EpochPeriod}” since “{map.BasePeriod}”";
            return false;
        }

        fault = null;
        conversion = new TimeConversion(null, start.Start, ticks, map.ResolvePeriod, formats.ToImmutable());
        return true;
    }

    /// <summary>Converts a text to a period of a frequency, as text; null when it cannot be read or the frequency is not known.</summary>
    public string? Convert(string text, string frequency)
    {
        if (!TryReadSpan(text.Trim(), out DateTime start, out DateTime end))
        {
            return null;
        }

        DateTime instant = _resolve switch
        {
            "startOfPeriod" => start,
            "midPeriod" => start.AddTicks((end - start).Ticks / 2),
            _ => end.AddTicks(-1),
        };
        return _formats.TryGetValue(frequency, out JavaDatePattern? format) ? format.Format(instant) : StandardForm(instant, frequency);
    }

    private static decimal? TicksOf(string? unit)
    {
        switch (unit)
        {
            case "day": return TimeSpan.TicksPerDay;
            case "second": return TimeSpan.TicksPerSecond;
            case "millisecond": return TimeSpan.TicksPerMillisecond;
            case "microsecond": return TimeSpan.TicksPerMicrosecond;
            case "nanosecond": return 0.01m;
            case null: return null;
        }

        try
        {
            return XmlConvert.ToTimeSpan(unit).Ticks is > 0 and long ticks ? ticks : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static string? StandardForm(DateTime instant, string frequency)
    {
        bool isStandard = frequency.Length > 0 && (frequency.Length == 1 || frequency[1] == '_' || char.IsAsciiDigit(frequency[1]));
        return !isStandard ? null : frequency[0] switch
        {
            'A' => instant.ToString("yyyy", CultureInfo.InvariantCulture),
            'S' or 'T' or 'Q' => string.Create(CultureInfo.InvariantCulture, $"{instant.Year:D4}-{frequency[0]}{DateParts.NumberOf(frequency[0], instant)}"),
            'M' => instant.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            'W' => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(instant):D4}-W{ISOWeek.GetWeekOfYear(instant):D2}"),
            'D' or 'B' => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            'H' or 'I' or 'N' => instant.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    private bool TryReadSpan(string text, out DateTime start, out DateTime end)
    {
        if (_pattern is not null)
        {
            (start, end) = (default, default);
            return _pattern.TryParse(text, out DateParts? parts) && parts.TryGetSpan(out start, out end);
        }

        (start, end) = (_base, _base);
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return false;
        }

        try
        {
            start = _base.AddTicks((long)decimal.Floor(number * _ticksPerUnit));
            end = start.AddTicks(1);
            return true;
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }
}
