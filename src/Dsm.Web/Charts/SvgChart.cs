using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Dsm.Web.Charts;

/// <summary>
/// Draws a line or column chart as SVG with a title and a description, lines labelled directly, gaps left open, breaks interrupted and
/// provisional figures hollow. Colours and fonts come from the style sheet, so that light, dark and print all work.
/// </summary>
public static class SvgChart
{
    private const double Width = 720, Height = 300, Left = 64, Right = 128, Top = 16, Bottom = 32;
    private const double PlotWidth = Width - Left - Right, PlotHeight = Height - Top - Bottom;

    /// <summary>A line a series.</summary>
    public static IHtmlContent Lines(ChartData data) => Draw(data, DrawLines);

    /// <summary>Columns from zero; for one series.</summary>
    public static IHtmlContent Columns(ChartData data) => Draw(data, DrawColumns);

    private static HtmlString Draw(ChartData data, Action<StringBuilder, ChartData, ChartScale> marks)
    {
        ChartScale scale = new(data.Series.SelectMany(s => s.Points).Max(p => p.Value) ?? 0);
        string id = "c" + Math.Abs(HashCode.Combine(data.Title)).ToString(CultureInfo.InvariantCulture);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"{id}t {id}d\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"{id}t\">{Text(data.Title)}</title><desc id=\"{id}d\">{Text(data.Description)}</desc>");
        DrawAxes(svg, data, scale);
        marks(svg, data, scale);
        return new HtmlString(svg.Append("</svg>").ToString());
    }

    private static void DrawAxes(StringBuilder svg, ChartData data, ChartScale scale)
    {
        foreach (decimal tick in scale.Ticks)
        {
            double y = Y(scale, tick);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"{(tick == 0 ? "axis" : "grid")}\" x1=\"{Left}\" x2=\"{Left + PlotWidth}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Text(ChartScale.Label(tick))}</text>");
        }

        // As many labels as fit without touching: about 56 units each.
        int step = Math.Max(1, (int)Math.Ceiling(data.Periods.Length / (PlotWidth / 56)));
        for (int i = data.Periods.Length - 1; i >= 0; i -= step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(data, i):0.#}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">{Text(data.Periods[i])}</text>");
        }
    }

    private static void DrawLines(StringBuilder svg, ChartData data, ChartScale scale)
    {
        double[] labels = LabelPositions(data, scale);
        for (int s = 0; s < data.Series.Length; s++)
        {
            ChartSeries series = data.Series[s];
            svg.Append(CultureInfo.InvariantCulture, $"<g class=\"s{(s % 5) + 1}\">");
            StringBuilder path = new();
            int last = int.MinValue;
            foreach (ChartPoint point in series.Points.Where(p => p.Value is not null))
            {
                bool joined = point.Position == last + 1 && !point.IsBreak;
                path.Append(CultureInfo.InvariantCulture, $"{(joined ? 'L' : 'M')}{X(data, point.Position):0.#} {Y(scale, point.Value!.Value):0.#}");
                last = point.Position;
            }

            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line\" d=\"{path}\"/>");
            foreach (ChartPoint point in series.Points.Where(p => p.Value is not null))
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"{(point.IsProvisional ? "hollow" : "dot")}\" cx=\"{X(data, point.Position):0.#}\" cy=\"{Y(scale, point.Value!.Value):0.#}\" r=\"3\"><title>{Text(Tip(data, series, point))}</title></circle>");
            }

            if (!double.IsNaN(labels[s]))
            {
                svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{Left + PlotWidth + 8}\" y=\"{labels[s]:0.#}\">{Text(Shorten(series.Label))}</text>");
            }

            svg.Append("</g>");
        }
    }

    private static void DrawColumns(StringBuilder svg, ChartData data, ChartScale scale)
    {
        ChartSeries series = data.Series[0];
        double width = Math.Max(2, PlotWidth / Math.Max(1, data.Periods.Length) * 0.7);
        svg.Append("<g class=\"s1\">");
        foreach (ChartPoint point in series.Points.Where(p => p.Value is not null))
        {
            double y = Y(scale, point.Value!.Value);
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{(point.IsProvisional ? "hollow" : "col")}\" x=\"{X(data, point.Position) - (width / 2):0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{Top + PlotHeight - y:0.#}\"><title>{Text(Tip(data, series, point))}</title></rect>");
        }

        svg.Append("</g>");
    }

    // Labels stand at the height of the last value and are pushed apart until none touches another.
    private static double[] LabelPositions(ChartData data, ChartScale scale)
    {
        double[] y = [.. data.Series.Select(s => s.Points.LastOrDefault(p => p.Value is not null) is { Value: { } value } ? Y(scale, value) + 4 : double.NaN)];
        int[] order = [.. Enumerable.Range(0, y.Length).Where(i => !double.IsNaN(y[i])).OrderBy(i => y[i])];
        for (int i = 1; i < order.Length; i++)
        {
            y[order[i]] = Math.Max(y[order[i]], y[order[i - 1]] + 15);
        }

        double over = order.Length == 0 ? 0 : Math.Max(0, y[order[^1]] - (Height - Bottom));
        foreach (int i in order)
        {
            y[i] -= over;
        }

        return y;
    }

    private static string Tip(ChartData data, ChartSeries series, ChartPoint point)
        => $"{series.Label}, {data.Periods[point.Position]}: {point.Value!.Value.ToString("#,0.##", CultureInfo.CurrentCulture)}";

    private static double X(ChartData data, int position) => Left + ((position + 0.5) * PlotWidth / Math.Max(1, data.Periods.Length));

    private static double Y(ChartScale scale, decimal value) => Top + PlotHeight - scale.Height(value, PlotHeight);

    private static string Shorten(string label) => label.Length <= 18 ? label : label[..17] + "…";

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
