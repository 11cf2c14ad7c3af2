using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Dsm.Web.Localisation;

/// <summary>Instants on pages: always in UTC and saying so, in a machine-readable element.</summary>
public static class Times
{
    /// <summary>An instant to the minute.</summary>
    public static IHtmlContent At(DateTimeOffset instant)
    {
        DateTimeOffset utc = instant.ToUniversalTime();
        string machine = utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string shown = utc.ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);
        return new HtmlString($"<time datetime=\"{machine}\" class=\"nowrap\">{shown} UTC</time>");
    }

    /// <summary>A day.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.CurrentCulture);
}
