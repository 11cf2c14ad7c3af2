using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Mapping;

/// <summary>Adds up observations that a structure map with declared summation brings to one key and period.</summary>
public static class Aggregator
{
    /// <summary>
    /// Adds two values. Missing values (absent, NaN) add nothing: the sum is then that of what was reported, and only missing
    /// values give a missing one. False when a value is a text that is no number: these cannot be combined.
    /// </summary>
    public static bool TryAdd(in ObservationValue left, in ObservationValue right, out ObservationValue sum)
    {
        if (!left.HasValue || !right.HasValue)
        {
            sum = left.HasValue || (!right.HasValue && left.Kind == ObservationValueKind.NotANumber) ? left : right;
            return !sum.HasValue || sum.Number is not null;
        }

        if (left.IsInteger && right.IsInteger)
        {
            // Numbers have at most 18 digits, so the sum of two fits; one of 19 digits goes on as text.
            long total = left.Mantissa + right.Mantissa;
            sum = Math.Abs(total) < 1_000_000_000_000_000_000 ? ObservationValue.Of(total) : ObservationValue.Of((decimal)total);
            return true;
        }

        sum = default;
        if (left.Number is not { } a || right.Number is not { } b)
        {
            return false;
        }

        try
        {
            sum = ObservationValue.Of(a + b);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}
