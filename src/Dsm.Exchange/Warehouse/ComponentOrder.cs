using System.Globalization;
using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Warehouse;

/// <summary>Compares values of components for an order of observations; what is absent comes last, whichever the direction.</summary>
internal static class ComponentOrder
{
    /// <summary>Compares texts: codes by character code; where there are no codes, numbers as numbers and before texts.</summary>
    public static int Compare(bool isCoded, string? left, string? right, bool isDescending)
    {
        if (left is null || right is null)
        {
            return (left is null).CompareTo(right is null);
        }

        int order = isCoded ? string.CompareOrdinal(left, right) : CompareFree(left, right);
        return isDescending ? -order : order;
    }

    /// <summary>Compares values of a measure: numbers, then texts, then those missing on purpose.</summary>
    public static int Compare(in ObservationValue left, in ObservationValue right, bool isDescending)
    {
        bool noLeft = left.Kind == ObservationValueKind.Absent, noRight = right.Kind == ObservationValueKind.Absent;
        if (noLeft || noRight)
        {
            return noLeft.CompareTo(noRight);
        }

        int order = left is { Kind: ObservationValueKind.Number } && right is { Kind: ObservationValueKind.Number } && left.Scale == right.Scale
            ? left.Mantissa.CompareTo(right.Mantissa)
            : CompareValues(left, right);
        return isDescending ? -order : order;
    }

    private static int CompareValues(in ObservationValue left, in ObservationValue right)
    {
        decimal? a = left.Number, b = right.Number;
        return a is not null && b is not null ? a.Value.CompareTo(b.Value)
            : a is not null || b is not null ? (b is not null).CompareTo(a is not null)
            : left.Kind != right.Kind ? (left.Kind == ObservationValueKind.NotANumber).CompareTo(right.Kind == ObservationValueKind.NotANumber)
            : string.CompareOrdinal(left.ToString(), right.ToString());
    }

    private static int CompareFree(string left, string right)
    {
        bool isLeft = Number(left, out decimal a), isRight = Number(right, out decimal b);
        return isLeft && isRight ? a.CompareTo(b) : isLeft != isRight ? isRight.CompareTo(isLeft) : string.CompareOrdinal(left, right);
    }

    private static bool Number(string text, out decimal number) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
