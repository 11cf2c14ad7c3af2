using System.Collections.Immutable;
using System.Globalization;

namespace Dsm.Web.Charts;

/// <summary>A vertical scale from zero with round steps.</summary>
public sealed class ChartScale
{
    /// <summary>Makes a scale that holds a largest value (0 or more).</summary>
    public ChartScale(decimal largest)
    {
        double wanted = Math.Max((double)largest, 1) / 4;
        double magnitude = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        double step = new[] { 1, 2, 2.5, 5, 10 }.First(f => f * magnitude >= wanted * 0.999999) * magnitude;
        Step = Math.Max((decimal)step, 1);
        int count = (int)Math.Max(1, Math.Ceiling(largest / Step));
        Top = Step * count;
        Ticks = [.. Enumerable.Range(0, count + 1).Select(i => i * Step)];
    }

    /// <summary>Distance of the ticks.</summary>
    public decimal Step { get; }

    /// <summary>Value at the upper end.</summary>
    public decimal Top { get; }

    /// <summary>Values with a line, from zero.</summary>
    public ImmutableArray<decimal> Ticks { get; }

    /// <summary>Height of a value above the zero line, in the units of a drawing of a height.</summary>
    public double Height(decimal value, double height) => (double)(value / Top) * height;

    /// <summary>A tick's label by the page's culture.</summary>
    public static string Label(decimal value) => value.ToString("#,0.##", CultureInfo.CurrentCulture);
}
