using System.Globalization;
using System.Text;

namespace Dsm.Sdmx.Issues;

/// <summary>
/// Where in a message a finding was made. Every part is optional; the default value is "nowhere in particular".
/// </summary>
/// <param name="Line">One-based line in the message; 0 when unknown. In CSV the line on which the record starts.</param>
/// <param name="Column">One-based column in the line (XML), or one-based field number (CSV); 0 when unknown.</param>
/// <param name="Key">Series key, the codes joined by dots in the order of the data structure; null when not about a series.</param>
/// <param name="Period">The time period as sent; null when not about one observation.</param>
/// <param name="Component">Id of the dimension, attribute or measure concerned; null when not about a component.</param>
public readonly record struct Location(
    int Line = 0,
    int Column = 0,
    string? Key = null,
    string? Period = null,
    string? Component = null)
{
    /// <summary>A location that says nothing.</summary>
    public static readonly Location None;

    /// <summary>Short, language-free form for logs: <c>12:7 A.ARM 2024 OBS_VALUE</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        if (Line > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Line}:{Column}");
        }

        foreach (string? part in new[] { Key, Period, Component })
        {
            if (part is not null)
            {
                text.Append(text.Length > 0 ? " " : "").Append(part);
            }
        }

        return text.ToString();
    }
}
