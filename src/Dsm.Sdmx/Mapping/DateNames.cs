using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Dsm.Sdmx.Mapping;

/// <summary>Names of months, days and halves of the day in a language, as they occur in dates: full, short, genitive, with and without dot.</summary>
internal sealed class DateNames
{
    private readonly CultureInfo _culture;
    private readonly (string Name, int Number)[] _months, _days;

    private DateNames(CultureInfo culture)
    {
        _culture = culture;
        DateTimeFormatInfo names = culture.DateTimeFormat;
        _months = Longest(names.MonthNames, names.MonthGenitiveNames, names.AbbreviatedMonthNames, names.AbbreviatedMonthGenitiveNames);
        _days = Longest(names.DayNames, names.AbbreviatedDayNames);
    }

    /// <summary>The names of a locale (<c>en</c>, <c>ru-RU</c>, <c>en_GB</c>); false when it is not known.</summary>
    public static bool TryGet(string locale, [NotNullWhen(true)] out DateNames? names)
    {
        try
        {
            CultureInfo culture = CultureInfo.GetCultureInfo(locale.Replace('_', '-'), predefinedOnly: true);
            names = new DateNames(culture);
            return true;
        }
        catch (CultureNotFoundException)
        {
            names = null;
            return false;
        }
    }

    /// <summary>Name of a month.</summary>
    public string Month(int month, bool full) => full ? _culture.DateTimeFormat.MonthNames[month - 1] : _culture.DateTimeFormat.AbbreviatedMonthNames[month - 1];

    /// <summary>Name of a day of the week.</summary>
    public string Day(DayOfWeek day, bool full) => full ? _culture.DateTimeFormat.GetDayName(day) : _culture.DateTimeFormat.GetAbbreviatedDayName(day);

    /// <summary>Reads the name of a month.</summary>
    public bool TryReadMonth(string text, ref int at, out int? month)
    {
        bool found = TryRead(_months, text, ref at, out int number);
        month = found ? number : null;
        return found;
    }

    /// <summary>Passes over the name of a day.</summary>
    public bool TryReadDay(string text, ref int at) => TryRead(_days, text, ref at, out _);

    /// <summary>Reads AM or PM.</summary>
    public bool TryReadHalf(string text, ref int at, out bool? isAfternoon)
    {
        DateTimeFormatInfo names = _culture.DateTimeFormat;
        bool found = TryRead(Longest([names.AMDesignator, names.PMDesignator], ["AM", "PM"]), text, ref at, out int number);
        isAfternoon = found ? number == 2 : null;
        return found;
    }

    private static (string, int)[] Longest(params string[][] names)
        => [.. names.SelectMany(set => set.Select((name, i) => (Name: name, i + 1))).Where(n => n.Name.Length > 0)
            .SelectMany(n => new[] { n, (n.Name.TrimEnd('.'), n.Item2) }).Distinct().OrderByDescending(n => n.Item1.Length)];

    private bool TryRead((string Name, int Number)[] names, string text, ref int at, out int number)
    {
        foreach ((string name, int n) in names)
        {
            if (string.Compare(text, at, name, 0, name.Length, true, _culture) == 0 && at + name.Length <= text.Length)
            {
                at += name.Length;
                number = n;
                return true;
            }
        }

        number = 0;
        return false;
    }
}
