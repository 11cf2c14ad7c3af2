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
    private const double Width = 720, Height = 300, Right = 160, Top = 16, Bottom = 32, LineHeight = 14;
    private const double PlotHeight = Height - Top - Bottom;

    // Letters in a line of a label, and lines of a label, that fit beside the plot.
    private const int LabelLetters = 21, LabelLines = 3;

    /// <summary>A line a series.</summary>
    public static IHtmlContent Lines(ChartData data) => Draw(data, DrawLines);

    /// <summary>Columns from zero; for one series.</summary>
    public static IHtmlContent Columns(ChartData data) => Draw(data, DrawColumns);

    private static HtmlString Draw(ChartData data, Action<StringBuilder, Frame> marks)
    {
        ChartScale scale = new(data.Series.SelectMany(s => s.Points).Max(p => p.Value) ?? 0);
        string id = "c" + Math.Abs(HashCode.Combine(data.Title)).ToString(CultureInfo.InvariantCulture);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"{id}t {id}d\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"{id}t\">{Text(data.Title)}</title><desc id=\"{id}d\">{Text(data.Description)}</desc>");
        Frame frame = new(data, scale);
        DrawAxes(svg, frame);
        marks(svg, frame);
        return new HtmlString(svg.Append("</svg>").ToString());
    }

    private static void DrawAxes(StringBuilder svg, Frame frame)
    {
        foreach (decimal tick in frame.Scale.Ticks)
        {
            double y = frame.Y(tick);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"{(tick == 0 ? "axis" : "grid")}\" x1=\"{frame.Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{frame.Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Text(ChartScale.Label(tick))}</text>");
        }

        // As many labels as fit without touching: about 56 units each.
        int step = Math.Max(1, (int)Math.Ceiling(frame.Data.Periods.Length / (frame.PlotWidth / 56)));
        for (int i = frame.Data.Periods.Length - 1; i >= 0; i -= step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{frame.X(i):0.#}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">{Text(frame.Data.Periods[i])}</text>");
        }
    }

    private static void DrawLines(StringBuilder svg, Frame frame)
    {
        ChartData data = frame.Data;
        string[][] labels = [.. data.Series.Select(s => Wrap(s.Label))];
        double[] heights = LabelPositions(frame, labels);
        for (int s = 0; s < data.Series.Length; s++)
        {
            ChartSeries series = data.Series[s];
            svg.Append(CultureInfo.InvariantCulture, $"<g class=\"s{(s % 5) + 1}\">");
            StringBuilder path = new();
            int last = int.MinValue;
            foreach (ChartPoint point in series.Points.Where(p => p.Value is not null))
            {
                bool joined = point.Position == last + 1 && !point.IsBreak;
                path.Append(CultureInfo.InvariantCulture, $"{(joined ? 'L' : 'M')}{frame.X(point.Position):0.#} {frame.Y(point.Value!.Value):0.#}");
                last = point.Position;
            }

            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line\" d=\"{path}\"/>");
            foreach (ChartPoint point in series.Points.Where(p => p.Value is not null))
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"{(point.IsProvisional ? "hollow" : "dot")}\" cx=\"{frame.X(point.Position):0.#}\" cy=\"{frame.Y(point.Value!.Value):0.#}\" r=\"3\"><title>{Text(Tip(data, series, point))}</title></circle>");
            }

            for (int line = 0; line < labels[s].Length && !double.IsNaN(heights[s]); line++)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{Width - Right + 8}\" y=\"{heights[s] + (line * LineHeight):0.#}\">{Text(labels[s][line])}</text>");
            }

            svg.Append("</g>");
        }
    }

    private static void DrawColumns(StringBuilder svg, Frame frame)
    {
        ChartData data = frame.Data;
        ChartSeries series = data.Series[0];
        double width = Math.Max(2, frame.PlotWidth / Math.Max(1, data.Periods.Length) * 0.7);
        svg.Append("<g class=\"s1\">");
        foreach (ChartPoint point in series.Points.Where(p => p.Value is not null))
        {
            double y = frame.Y(point.Value!.Value);
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{(point.IsProvisional ? "hollow" : "col")}\" x=\"{frame.X(point.Position) - (width / 2):0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{Top + PlotHeight - y:0.#}\"><title>{Text(Tip(data, series, point))}</title></rect>");
        }

        svg.Append("</g>");
    }

    // Labels stand at the height of the last value and are pushed apart until none touches another.
    private static double[] LabelPositions(Frame frame, string[][] labels)
    {
        double[] y = [.. frame.Data.Series.Select(s => s.Points.LastOrDefault(p => p.Value is not null) is { Value: { } value } ? frame.Y(value) + 4 : double.NaN)];
        int[] order = [.. Enumerable.Range(0, y.Length).Where(i => !double.IsNaN(y[i])).OrderBy(i => y[i])];
        for (int i = 1; i < order.Length; i++)
        {
            y[order[i]] = Math.Max(y[order[i]], y[order[i - 1]] + (LineHeight * labels[order[i - 1]].Length) + 2);
        }

        double end = order.Length == 0 ? 0 : y[order[^1]] + (LineHeight * (labels[order[^1]].Length - 1));
        double over = Math.Max(0, end - (Height - Bottom));
        foreach (int i in order)
        {
            y[i] -= over;
        }

        return y;
    }

    private static string Tip(ChartData data, ChartSeries series, ChartPoint point)
        => $"{series.Label}, {data.Periods[point.Position]}: {point.Value!.Value.ToString("#,0.##", CultureInfo.CurrentCulture)}";

    // A name broken between words; what does not fit at all ends in an ellipsis, and the points' tips have it in full.
    private static string[] Wrap(string label)
    {
        List<string> lines = [];
        foreach (string word in label.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= LabelLetters)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        if (lines.Count > LabelLines)
        {
            lines = [.. lines.Take(LabelLines - 1), lines[LabelLines - 1] + " …"];
        }

        return [.. lines.Select(l => l.Length <= LabelLetters + 2 ? l : l[..LabelLetters] + "…")];
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    // The plot leaves as much room to its left as the longest number of the axis needs.
    private sealed record Frame(ChartData Data, ChartScale Scale)
    {
        public double Left { get; } = Math.Max(40, (Scale.Ticks.Max(t => ChartScale.Label(t).Length) * 8) + 12);

        public double PlotWidth => Width - Left - Right;

        public double X(int position) => Left + ((position + 0.5) * PlotWidth / Math.Max(1, Data.Periods.Length));

        public double Y(decimal value) => Top + PlotHeight - Scale.Height(value, PlotHeight);
    }
}
