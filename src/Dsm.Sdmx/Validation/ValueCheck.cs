using System.Globalization;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Validation;

/// <summary>
/// Type and limits of one uncoded component. Ordinary whole and decimal numbers are judged as integers; everything else as text.
/// </summary>
internal sealed class ValueCheck
{
    private readonly TextFormat _format;
    private readonly Regex? _pattern;
    private readonly decimal? _low, _high;
    private readonly string? _missing;
    private readonly bool _lowExclusive, _highExclusive, _isNumeric, _isInteger, _plainNumbers;
    private readonly long _lowest, _highest;

    private ValueCheck(TextFormat format, bool mayBeMissing)
    {
        _format = format;
        _isNumeric = TextTypes.IsNumeric(format.DataType);
        _missing = !mayBeMissing ? null : _isNumeric ? MissingValues.Number : MissingValues.Other;
        _isInteger = TextTypes.IsInteger(format.DataType);
        _pattern = format.Pattern is null ? null : XmlPattern.Compile(format.Pattern);
        bool exclusive = format.DataType == SdmxDataType.ExclusiveValueRange;
        (decimal? low, decimal? high) = format.DataType switch
        {
            SdmxDataType.Integer => ((decimal?)int.MinValue, (decimal?)int.MaxValue),
            SdmxDataType.Long => (long.MinValue, long.MaxValue),
            SdmxDataType.Short => (short.MinValue, short.MaxValue),
            _ => (null, null),
        };
        _low = Max(low, Max(format.MinValue, format.StartValue));
        _high = Min(high, Min(format.MaxValue, format.EndValue));
        (_lowExclusive, _highExclusive) = (exclusive, exclusive);

        // The quick way: a whole number between two longs, nothing else asked.
        _lowest = _low is null or < long.MinValue ? long.MinValue : (long)decimal.Ceiling(Math.Min(_low.Value, long.MaxValue));
        _highest = _high is null or > long.MaxValue ? long.MaxValue : (long)decimal.Floor(Math.Max(_high.Value, long.MinValue));
        _plainNumbers = !exclusive && _pattern is null && format is { MinLength: null, MaxLength: null, Interval: null, SentinelValues.IsEmpty: true }
            && (_isNumeric || format.DataType == SdmxDataType.String);
        AcceptsEverything = format.DataType is SdmxDataType.String or SdmxDataType.XHTML or SdmxDataType.KeyValues or SdmxDataType.IdentifiableReference
            or SdmxDataType.DataSetReference or SdmxDataType.AttachmentConstraintReference or SdmxDataType.GeospatialInformation
            && _pattern is null && format is { MinLength: null, MaxLength: null };
    }

    /// <summary>True when no text can fail.</summary>
    public bool AcceptsEverything { get; }

    /// <summary>The check of a component; null for coded ones.</summary>
    public static ValueCheck? For(SchemaComponent component) => component.IsCoded ? null
        : new ValueCheck(component.Format ?? new TextFormat(), component.Role is ComponentRole.Measure or ComponentRole.Attribute);

    /// <summary>True when a value is surely right; false sends it to <see cref="Find(in ObservationValue)"/>.</summary>
    public bool IsClearlyRight(in ObservationValue value)
    {
        if (value.Kind == ObservationValueKind.Number)
        {
            return _plainNumbers && (value.Scale == 0
                ? value.Mantissa >= _lowest && value.Mantissa <= _highest
                : !_isInteger && _low is null && _high is null && (_format.Decimals is null || value.Scale <= _format.Decimals));
        }

        // NaN is the value of SDMX for "intentionally missing" in every numeric type.
        return value.Kind == ObservationValueKind.NotANumber && _isNumeric;
    }

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    public ValueFault? Find(in ObservationValue value)
        => value.Kind == ObservationValueKind.Absent || IsClearlyRight(value) ? null : Find(value.ToString());

    private bool IsSentinel(string text)
    {
        foreach (SentinelValue sentinel in _format.SentinelValues)
        {
            if (sentinel.Value == text)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public ValueFault? Find(string text)
    {
        if (AcceptsEverything || IsSentinel(text) || (_missing is not null && text == _missing))
        {
            return null;
        }

        if (!TextTypes.Matches(_format.DataType, text))
        {
            return new ValueFault(IssueCodes.BadValue, _format.DataType.ToString());
        }

        if (text.Length > _format.MaxLength && LengthOf(text) > _format.MaxLength)
        {
            return new ValueFault(IssueCodes.TextTooLong, _format.MaxLength.Value.ToString(CultureInfo.InvariantCulture));
        }

        if (_format.MinLength is not null && LengthOf(text) < _format.MinLength)
        {
            return new ValueFault(IssueCodes.ValueOutOfRange, string.Create(CultureInfo.InvariantCulture, $"minLength {_format.MinLength}"));
        }

        if (_pattern?.IsMatch(text) == false)
        {
            return new ValueFault(IssueCodes.BadValue, $"{_format.DataType} ({_format.Pattern})");
        }

        return _isNumeric ? FindLimit(text) : null;
    }

    /// <summary>Number of characters as XML Schema counts them: Unicode code points.</summary>
    public static int LengthOf(string text)
    {
        int length = text.Length;
        for (int i = 1; i < text.Length; i++)
        {
            length -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        }

        return length;
    }

    private ValueFault? FindLimit(string text)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        if (_format.Decimals is { } decimals && point >= 0 && text.Length - point - 1 > decimals)
        {
            return new ValueFault(IssueCodes.ValueOutOfRange, string.Create(CultureInfo.InvariantCulture, $"decimals {decimals}"));
        }

        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            return FindLimitOfHuge(text);
        }

        if (_low is { } low && (number < low || (_lowExclusive && number == low)))
        {
            return new ValueFault(IssueCodes.ValueOutOfRange, string.Create(CultureInfo.InvariantCulture, $"{(_lowExclusive ? ">" : "≥")} {low}"));
        }

        if (_high is { } high && (number > high || (_highExclusive && number == high)))
        {
            return new ValueFault(IssueCodes.ValueOutOfRange, string.Create(CultureInfo.InvariantCulture, $"{(_highExclusive ? "<" : "≤")} {high}"));
        }

        return _format.Interval is { } interval and > 0 && !IsOnStep(number, interval)
            ? new ValueFault(IssueCodes.ValueOutOfRange, string.Create(CultureInfo.InvariantCulture, $"interval {interval}"))
            : null;
    }

    /// <summary>Of numbers at the very end of the range of decimal the step cannot be told: nothing is said against them.</summary>
    private bool IsOnStep(decimal number, decimal interval)
    {
        try
        {
            return (number - (_format.StartValue ?? 0)) % interval == 0;
        }
        catch (OverflowException)
        {
            return true;
        }
    }

    /// <summary>Beyond the range of decimal only the sign matters: every limit is nearer to zero.</summary>
    private ValueFault? FindLimitOfHuge(string text)
    {
        bool negative = text.StartsWith('-');
        return text != "NaN" && (negative ? _low : _high) is { } limit
            ? new ValueFault(IssueCodes.ValueOutOfRange, string.Create(CultureInfo.InvariantCulture, $"{(negative ? "≥" : "≤")} {limit}"))
            : null;
    }

    private static decimal? Max(decimal? a, decimal? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);

    private static decimal? Min(decimal? a, decimal? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);
}
