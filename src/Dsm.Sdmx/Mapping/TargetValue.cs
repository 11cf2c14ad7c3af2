using System.Runtime.InteropServices;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Mapping;

/// <summary>A value ready to be put into a target column; which part counts depends on the column. The default value is "no value".</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TargetValue
{
    private readonly int _number;

    private TargetValue(int number, string? text, ObservationValue value, TimePeriod period)
        => (_number, Text, Value, Period) = (number + 1, text, value, period);

    /// <summary>Number in the dictionary of the column; -1 for none.</summary>
    public int Number => _number - 1;

    /// <summary>The text, for columns of texts and to look a value up again.</summary>
    public string? Text { get; }

    /// <summary>The measure's value.</summary>
    public ObservationValue Value { get; }

    /// <summary>The period.</summary>
    public TimePeriod Period { get; }

    /// <summary>Makes the value of a text for a column; false when the column cannot have it. Empty text is no value.</summary>
    public static bool TryMake(ColumnSlot slot, DataSetSpace space, string text, out TargetValue value)
    {
        value = default;
        if (text.Length == 0)
        {
            return true;
        }

        switch (slot.Place)
        {
            case ColumnPlace.Time:
                bool isPeriod = TimePeriod.TryParse(text, out TimePeriod period);
                value = new TargetValue(-1, text, default, period);
                return isPeriod;
            case ColumnPlace.Measure:
                value = new TargetValue(-1, text, ObservationValue.Parse(text), default);
                return slot.Component.Codes is null || AreCodes(slot.Component, text);
            default:
                if (!slot.HasNumbers)
                {
                    value = new TargetValue(-1, text, default, default);
                    return slot.Component.Codes is null || AreCodes(slot.Component, text);
                }

                int number = slot.Component.Codes?.IndexOf(text) ?? slot.DictionaryIn(space)!.GetOrAdd(text);
                number = number < 0 && text == MissingValues.Other && slot.Place != ColumnPlace.Dimension ? slot.DictionaryIn(space)!.GetOrAdd(text) : number;
                value = new TargetValue(number, text, default, default);
                return number >= 0;
        }
    }

    private static bool AreCodes(SchemaComponent component, string cell)
    {
        foreach (string code in ComplexValue.Items(component, cell))
        {
            if (component.Codes!.IndexOf(code) < 0 && code != MissingValues.Other)
            {
                return false;
            }
        }

        return true;
    }
}
