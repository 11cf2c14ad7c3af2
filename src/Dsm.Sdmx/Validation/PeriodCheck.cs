using System.Text.RegularExpressions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Validation;

/// <summary>The form of time periods: that of the time dimension's type and pattern, and its first and last time.</summary>
internal sealed class PeriodCheck
{
    private readonly SchemaComponent _time;
    private readonly TextFormat _format;
    private readonly uint _kinds;
    private readonly Regex? _pattern;
    private readonly DateTime? _start, _end;
    private readonly bool _isLimited;

    public PeriodCheck(SchemaComponent time)
    {
        _time = time;
        _format = time.Format ?? new TextFormat { DataType = SdmxDataType.ObservationalTimePeriod };
        _kinds = TextTypes.PeriodKinds(_format.DataType);
        _pattern = _format.Pattern is null ? null : XmlPattern.Compile(_format.Pattern);
        _start = TimePeriod.TryParse(_format.StartTime, out TimePeriod start) ? start.Start : null;
        _end = TimePeriod.TryParse(_format.EndTime, out TimePeriod end) ? end.End : null;
        _isLimited = _pattern is not null || _start is not null || _end is not null;
    }

    /// <summary>Bits of the kinds of period that fit a frequency.</summary>
    public static uint KindsOfFrequency(string frequency)
    {
        uint kinds = 0;
        foreach (string example in new[] { "2024", "2024-A1", "2024-S1", "2024-T1", "2024-Q1", "2024-01", "2024-M01", "2024-W01", "2024-D001", "2024-01-01", "2024-01-01T00:00:00", "2024-01-01/P1D" })
        {
            TimePeriod period = TimePeriod.Parse(example);
            kinds |= period.FitsFrequency(frequency) ? 1u << (int)period.Kind : 0;
        }

        return kinds;
    }

    /// <summary>True when a period is surely right.</summary>
    public bool IsClearlyRight(in TimePeriod period) => !_isLimited && (_kinds & (1u << (int)period.Kind)) != 0;

    /// <summary>What is wrong with the period of an observation; null when nothing is.</summary>
    public Issue? Find(ObservationBatch batch, int row, bool mayBeMissing)
    {
        TimePeriod period = batch.Periods[row];
        Location location = batch.LocationOf(row, _time.Id);
        if (period.IsNone)
        {
            string? text = batch.BadPeriods[row];
            return string.IsNullOrEmpty(text)
                ? mayBeMissing ? null : new Issue(IssueCodes.MissingDimension, location, _time.Id)
                : _kinds == 0 && _pattern?.IsMatch(text) != false ? null // a national structure may call any text its time
                : new Issue(IssueCodes.BadPeriod, location, text);
        }

        if (_kinds != 0 && (_kinds & (1u << (int)period.Kind)) == 0)
        {
            return new Issue(IssueCodes.BadValue, location, period, _time.Id, _format.DataType);
        }

        return _pattern?.IsMatch(period.ToString()) == false ? new Issue(IssueCodes.BadValue, location, period, _time.Id, _format.Pattern)
            : period.Start < _start ? new Issue(IssueCodes.ValueOutOfRange, location, period, _time.Id, "≥ " + _format.StartTime)
            : period.End > _end ? new Issue(IssueCodes.ValueOutOfRange, location, period, _time.Id, "≤ " + _format.EndTime)
            : null;
    }
}
