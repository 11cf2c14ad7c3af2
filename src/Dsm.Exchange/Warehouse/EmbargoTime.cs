using System.Globalization;

namespace Dsm.Exchange.Warehouse;

/// <summary>Reads EMBARGO_TIME.</summary>
internal static class EmbargoTime
{
    private static readonly DateTimeOffset Forever = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// The instant an embargo ends; null without one. A time without offset is UTC. What cannot be read keeps the data closed, which is
    /// the mistake that can be put right.
    /// </summary>
    public static DateTimeOffset? Parse(string? text)
        => string.IsNullOrWhiteSpace(text) ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant) ? instant.ToUniversalTime()
            : Forever;
}
