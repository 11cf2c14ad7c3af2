using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Dsm.Web.Charts;

/// <summary>
/// A small column chart, one of many side by side: columns from zero, the highest value and the first and last period as the only
/// labels. Each has its own scale, which the page must say.
/// </summary>
public static class SmallChart
{
    private const double Width = 176, Height = 84, Top = 16, Bottom = 17;

    /// <summary>Draws the first series.</summary>
    public static IHtmlContent Columns(ChartData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        ChartPoint[] points = [.. data.Series[0].Points.Where(p => p.Value is not null)];
        decimal largest = points.Length == 0 ? 0 : points.Max(p => p.Value!.Value);
        double step = Width / Math.Max(1, data.Periods.Length), plot = Height - Top - Bottom;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Text(data.Title + ". " + data.Description)}\"><g class=\"s1\">");
        foreach (ChartPoint point in points)
        {
            double height = largest == 0 ? 0 : (double)(point.Value!.Value / largest) * plot;
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{(point.IsProvisional ? "hollow" : "col")}\" x=\"{(point.Position * step) + (step * .1):0.#}\" y=\"{Top + plot - height:0.#}\" width=\"{step * .8:0.#}\" height=\"{height:0.#}\"/>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"</g><line class=\"axis\" x1=\"0\" x2=\"{Width}\" y1=\"{Top + plot}\" y2=\"{Top + plot}\"/>");
        if (points.Length > 0)
        {
            ChartPoint peak = points.First(p => p.Value == largest);
            (double x, string anchor) = Place((peak.Position + .5) * step);
            Label(svg, x, Top - 4, anchor, ChartScale.Label(largest));
        }

        if (data.Periods.Length > 0)
        {
            Label(svg, 0, Height - 3, "start", data.Periods[0]);
            Label(svg, Width, Height - 3, "end", data.Periods[^1]);
        }

        return new HtmlString(svg.Append("</svg>").ToString());
    }

    // A label near an edge leans inwards.
    private static (double X, string Anchor) Place(double x) => x < 40 ? (0, "start") : x > Width - 40 ? (Width, "end") : (x, "middle");

    private static void Label(StringBuilder svg, double x, double y, string anchor, string text)
        => svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{Text(text)}</text>");

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
