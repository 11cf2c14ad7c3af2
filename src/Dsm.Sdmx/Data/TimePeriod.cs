using System.Globalization;
using System.Runtime.InteropServices;

namespace Dsm.Sdmx.Data;

/// <summary>Forms of a time period (SDMX technical notes, section "Time").</summary>
public enum TimePeriodKind : byte
{
    /// <summary>No period.</summary>
    None,

    /// <summary><c>2024</c></summary>
    GregorianYear,

    /// <summary><c>2024-A1</c></summary>
    ReportingYear,

    /// <summary><c>2024-S1</c></summary>
    Semester,

    /// <summary><c>2024-T1</c></summary>
    Trimester,

    /// <summary><c>2024-Q1</c></summary>
    Quarter,

    /// <summary><c>2024-03</c></summary>
    GregorianMonth,

    /// <summary><c>2024-M03</c></summary>
    ReportingMonth,

    /// <summary><c>2024-W07</c></summary>
    Week,

    /// <summary><c>2024-D045</c></summary>
    ReportingDay,

    /// <summary><c>2024-02-14</c></summary>
    GregorianDay,

    /// <summary><c>2024-02-14T10:00:00</c></summary>
    DateTime,

    /// <summary><c>2024-02-14/P1M</c></summary>
    Range,
}

/// <summary>
/// One time period as sent: prints exactly what was parsed. 16 bytes. The default value is "no period".
/// Ordered by first instant, then by last; reporting years are taken to start on 1 January.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct TimePeriod : IEquatable<TimePeriod>, IComparable<TimePeriod>
{
    private const int FirstReadyYear = 1900, ReadyYearCount = 200;
    private static readonly string?[] ReadyYears = new string?[ReadyYearCount];

    private readonly string? _text; // only for forms whose parts do not give the text back
    private readonly short _year;
    private readonly short _sub;

    private TimePeriod(TimePeriodKind kind, int year, int sub, string? text = null)
        => (Kind, _year, _sub, _text) = (kind, (short)year, (short)sub, text);

    /// <summary>Form.</summary>
    public TimePeriodKind Kind { get; }

    /// <summary>True for forms whose parts do not give the text back: date-times, ranges, and any form with a time zone (<c>2024Z</c>).</summary>
    public bool HasText => _text is not null;

    /// <summary>True when there is no period.</summary>
    public bool IsNone => Kind == TimePeriodKind.None;

    /// <summary>Year in which it starts.</summary>
    public int Year => _year;

    /// <summary>Number within the year: 1-based month, quarter, week ...; day of the year for days; 0 for years.</summary>
    public int Sub => _sub;

    /// <summary>
    /// Equal for periods that mean the same stretch in two spellings (<c>2024-03</c> and <c>2024-M03</c>, <c>2024</c> and <c>2024-A1</c>);
    /// ascending in time within one kind. 0 for date-times and ranges: compare their text.
    /// </summary>
    public int Ordinal => Kind switch
    {
        TimePeriodKind.GregorianYear or TimePeriodKind.ReportingYear => (1 << 28) + _year,
        TimePeriodKind.Semester => (2 << 28) | ((_year * 2) + _sub - 1),
        TimePeriodKind.Trimester => (3 << 28) | ((_year * 3) + _sub - 1),
        TimePeriodKind.Quarter => (4 << 28) | ((_year * 4) + _sub - 1),
        TimePeriodKind.GregorianMonth or TimePeriodKind.ReportingMonth => (5 << 28) | ((_year * 12) + _sub - 1),
        TimePeriodKind.Week => (6 << 28) | ((_year * 53) + _sub - 1),
        TimePeriodKind.ReportingDay or TimePeriodKind.GregorianDay => (7 << 28) | ((_year * 366) + _sub - 1),
        _ => 0,
    };

    /// <summary>First instant, without time zone.</summary>
    public DateTime Start => Kind switch
    {
        TimePeriodKind.Semester => Month(1 + ((_sub - 1) * 6)),
        TimePeriodKind.Trimester => Month(1 + ((_sub - 1) * 4)),
        TimePeriodKind.Quarter => Month(1 + ((_sub - 1) * 3)),
        TimePeriodKind.GregorianMonth or TimePeriodKind.ReportingMonth => Month(_sub),
        TimePeriodKind.Week => ISOWeek.ToDateTime(_year, _sub, DayOfWeek.Monday),
        TimePeriodKind.ReportingDay or TimePeriodKind.GregorianDay => Month(1).AddDays(_sub - 1),
        TimePeriodKind.DateTime => TimeText.ParseDateTime(_text!),
        TimePeriodKind.Range => TimeText.ParseRange(_text!).Start,
        TimePeriodKind.None => System.DateTime.MinValue,
        _ => Month(1),
    };

    /// <summary>First instant after the period; the last representable one for periods at the end of the year 9999.</summary>
    public DateTime End => Kind switch
    {
        TimePeriodKind.Semester => MonthsLater(6),
        TimePeriodKind.Trimester => MonthsLater(4),
        TimePeriodKind.Quarter => MonthsLater(3),
        TimePeriodKind.GregorianMonth or TimePeriodKind.ReportingMonth => MonthsLater(1),
        TimePeriodKind.Week => Later(7 * TimeSpan.TicksPerDay),
        TimePeriodKind.ReportingDay or TimePeriodKind.GregorianDay => Later(TimeSpan.TicksPerDay),
        TimePeriodKind.DateTime => Later(1),
        TimePeriodKind.Range => TimeText.ParseRange(_text!).End,
        TimePeriodKind.None => System.DateTime.MinValue,
        _ => MonthsLater(12),
    };

    /// <summary>
    /// Puts a period together from <see cref="Kind"/>, <see cref="Year"/> and <see cref="Sub"/> of one that was parsed before; for storage.
    /// Not checked, and not for those that are their text (<see cref="HasText"/>).
    /// </summary>
    public static TimePeriod FromTrustedParts(TimePeriodKind kind, int year, int sub) => new(kind, year, sub);

    /// <summary>Reads a period; false when the text is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimePeriod period)
    {
        period = default;
        if (text.Length < 4 || !Digits(text[..4], out int year) || year == 0)
        {
            return false;
        }

        if (text.Length == 4)
        {
            period = new TimePeriod(TimePeriodKind.GregorianYear, year, 0);
            return true;
        }

        if (text[4] == '-' && text.Length <= 10 && TryParseParts(text[5..], year, out period))
        {
            return true;
        }

        return TryParseText(text, year, out period);
    }

    /// <summary>Reads a period.</summary>
    /// <exception cref="FormatException">The text is no time period.</exception>
    public static TimePeriod Parse(ReadOnlySpan<char> text)
        => TryParse(text, out TimePeriod period) ? period : throw new FormatException($"'{text}' is not a time period.");

    /// <summary>
    /// True when the period can belong to a series of a frequency: the code's letters before <c>_</c> or a digit decide (CL_FREQ 2.1:
    /// A, S, T, Q, M, W, D, B, H, I, N and multiples such as <c>A_3</c>); of other frequencies nothing is known and all fit.
    /// </summary>
    public bool FitsFrequency(ReadOnlySpan<char> frequency)
    {
        if (frequency.IsEmpty || frequency[0] == '_' || (frequency.Length > 1 && frequency[1] != '_' && !char.IsAsciiDigit(frequency[1])))
        {
            return true;
        }

        return frequency[0] switch
        {
            'A' => Kind is TimePeriodKind.GregorianYear or TimePeriodKind.ReportingYear or TimePeriodKind.Range,
            'S' => Kind is TimePeriodKind.Semester or TimePeriodKind.Range,
            'T' => Kind is TimePeriodKind.Trimester or TimePeriodKind.Range,
            'Q' => Kind is TimePeriodKind.Quarter or TimePeriodKind.Range,
            'M' => Kind is TimePeriodKind.GregorianMonth or TimePeriodKind.ReportingMonth or TimePeriodKind.Range,
            'W' => Kind is TimePeriodKind.Week or TimePeriodKind.GregorianDay or TimePeriodKind.Range,
            'D' or 'B' => Kind is TimePeriodKind.GregorianDay or TimePeriodKind.ReportingDay or TimePeriodKind.Range,
            'H' or 'I' or 'N' => Kind is TimePeriodKind.DateTime or TimePeriodKind.Range,
            _ => true,
        };
    }

    /// <summary>Writes the period as UTF-16 into a buffer of at least <see cref="MaxLength"/> characters.</summary>
    public bool TryFormat(Span<char> destination, out int written)
    {
        string? text = _text;
        if (text is not null)
        {
            written = text.Length;
            return text.TryCopyTo(destination);
        }

        return Kind switch
        {
            TimePeriodKind.None => destination.TryWrite($"", out written),
            TimePeriodKind.GregorianYear => destination.TryWrite(CultureInfo.InvariantCulture, $"{_year:D4}", out written),
            TimePeriodKind.ReportingYear => destination.TryWrite(CultureInfo.InvariantCulture, $"{_year:D4}-A1", out written),
            TimePeriodKind.Semester => destination.TryWrite(CultureInfo.InvariantCulture, $"{_year:D4}-S{_sub}", out written),
            TimePeriodKind.Trimester => destination.TryWrite(CultureInfo.InvariantCulture, $"{_year:D4}-T{_sub}", out written),
            TimePeriodKind.Quarter => destination.TryWrite(CultureInfo.InvariantCulture, $"{_year:D4}-Q{_sub}", out written),
            TimePeriodKind.GregorianMonth => destination.TryWrite(CultureInfo.InvariantCulture, $"{_year:D4}-{_sub:D2}", out written),
            TimePeriodKind.ReportingMonth => destination.TryWrite(CultureInfo.InvariantCulture, $"{_year:D4}-M{_sub:D2}", out written),
            TimePeriodKind.Week => destination.TryWrite(CultureInfo.InvariantCulture, $"{_year:D4}-W{_sub:D2}", out written),
            TimePeriodKind.ReportingDay => destination.TryWrite(CultureInfo.InvariantCulture, $"{_year:D4}-D{_sub:D3}", out written),
            _ => destination.TryWrite(CultureInfo.InvariantCulture, $"{Start:yyyy-MM-dd}", out written),
        };
    }

    /// <summary>Longest form that is not kept as text.</summary>
    public const int MaxLength = 10;

    /// <summary>The period as it was written.</summary>
    public override string ToString()
    {
        if (_text is not null)
        {
            return _text;
        }

        if (Kind == TimePeriodKind.GregorianYear && _year is >= FirstReadyYear and < FirstReadyYear + ReadyYearCount)
        {
            return ReadyYears[_year - FirstReadyYear] ??= _year.ToString("D4", CultureInfo.InvariantCulture);
        }

        Span<char> buffer = stackalloc char[MaxLength];
        TryFormat(buffer, out int written);
        return new string(buffer[..written]);
    }

    /// <inheritdoc/>
    public int CompareTo(TimePeriod other)
    {
        if (Kind == other.Kind && _text is null && other._text is null)
        {
            return ((_year * 1024) + _sub).CompareTo((other._year * 1024) + other._sub);
        }

        int order = Start.CompareTo(other.Start);
        return order != 0 ? order : End.CompareTo(other.End);
    }

    /// <summary>True for the same period in the same spelling.</summary>
    public bool Equals(TimePeriod other) => Kind == other.Kind && _year == other._year && _sub == other._sub && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TimePeriod other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _year, _sub, _text);

    /// <summary>Equality of the written form.</summary>
    public static bool operator ==(TimePeriod left, TimePeriod right) => left.Equals(right);

    /// <summary>Inequality of the written form.</summary>
    public static bool operator !=(TimePeriod left, TimePeriod right) => !left.Equals(right);

    private DateTime Month(int month) => new(_year, month, 1);

    /// <summary>Open ends are written as 9999-12-31: what lies beyond is no date any more.</summary>
    private DateTime MonthsLater(int months)
        => Start is var start && start.Year == System.DateTime.MaxValue.Year && start.Month + months > 12 ? System.DateTime.MaxValue : start.AddMonths(months);

    private DateTime Later(long ticks)
        => Start is var start && System.DateTime.MaxValue.Ticks - start.Ticks < ticks ? System.DateTime.MaxValue : start.AddTicks(ticks);

    private static bool TryParseParts(ReadOnlySpan<char> rest, int year, out TimePeriod period)
    {
        period = default;
        if (char.IsAsciiDigit(rest.IsEmpty ? ' ' : rest[0]))
        {
            if (rest.Length == 2 && Digits(rest, out int month) && month is >= 1 and <= 12)
            {
                period = new TimePeriod(TimePeriodKind.GregorianMonth, year, month);
                return true;
            }

            if (rest.Length == 5 && rest[2] == '-' && Digits(rest[..2], out month) && month is >= 1 and <= 12
                && Digits(rest[3..], out int day) && day >= 1 && day <= System.DateTime.DaysInMonth(year, month))
            {
                period = new TimePeriod(TimePeriodKind.GregorianDay, year, new DateTime(year, month, day).DayOfYear);
                return true;
            }

            return false;
        }

        if (rest.Length < 2 || !Digits(rest[1..], out int number))
        {
            return false;
        }

        (TimePeriodKind kind, int digits, int last) = rest[0] switch
        {
            'A' => (TimePeriodKind.ReportingYear, 1, 1),
            'S' => (TimePeriodKind.Semester, 1, 2),
            'T' => (TimePeriodKind.Trimester, 1, 3),
            'Q' => (TimePeriodKind.Quarter, 1, 4),
            'M' => (TimePeriodKind.ReportingMonth, 2, 12),
            'W' => (TimePeriodKind.Week, 2, rest[0] == 'W' ? ISOWeek.GetWeeksInYear(year) : 0),
            'D' => (TimePeriodKind.ReportingDay, 3, System.DateTime.IsLeapYear(year) ? 366 : 365),
            _ => (TimePeriodKind.None, 0, 0),
        };
        if (rest.Length - 1 != digits || number < 1 || number > last)
        {
            return false;
        }

        period = new TimePeriod(kind, year, number);
        return true;
    }

    private static bool TryParseText(ReadOnlySpan<char> text, int year, out TimePeriod period)
    {
        period = default;
        string kept = text.ToString();
        if (TimeText.ZoneLength(text) is > 0 and int zone && text.Length - zone is >= 4 and <= 10
            && (text.Length - zone == 4 || (text[4] == '-' && TryParseParts(text[5..^zone], year, out period))))
        {
            // As with instants, the zone is kept and does not shift the period.
            period = period.IsNone ? new TimePeriod(TimePeriodKind.GregorianYear, year, 0, kept) : new TimePeriod(period.Kind, year, period.Sub, kept);
            return true;
        }

        if (TimeText.TryParseRange(kept, out _, out _))
        {
            period = new TimePeriod(TimePeriodKind.Range, year, 0, kept);
            return true;
        }

        if (TimeText.TryParseDateTime(kept, out _))
        {
            period = new TimePeriod(TimePeriodKind.DateTime, year, 0, kept);
            return true;
        }

        return false;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            number = (number * 10) + (c - '0');
        }

        return true;
    }
}
