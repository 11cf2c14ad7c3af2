using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dsm.Sdmx.Data;

namespace Dsm.Web.Rest;

/// <summary>Conditional requests (RFC 9110, section 13): whether the caller already has the answer.</summary>
internal static class Caching
{
    /// <summary>What caches may do with answers to callers who are not signed in.</summary>
    public const string ForEverybody = "public, no-cache";

    /// <summary>
    /// Sets the validators of an answer and its rules for caches. True when the caller has it already: then the status is 304 and
    /// nothing is left to do.
    /// </summary>
    /// <param name="call">The request.</param>
    /// <param name="chosen">Format of the answer.</param>
    /// <param name="languages">Languages of the answer, joined; empty when it has none.</param>
    /// <param name="state">Versions of all that the answer is made of.</param>
    /// <param name="changedAt">When these last changed; null when not known.</param>
    /// <param name="now">Now.</param>
    /// <param name="structuresAt">
    /// When the structures last changed that data are told by; null when <paramref name="changedAt"/> says so already. Last-Modified stays
    /// that of the data (<c>updatedAfter</c> is asked with it), but who has older structures has not this answer.
    /// </param>
    public static bool IsKnown(RestCall call, ChosenFormat chosen, string languages, string state, DateTimeOffset? changedAt, DateTimeOffset now, DateTimeOffset? structuresAt = null)
        => IsKnown(call, chosen.ToString(), languages, state, changedAt, now, structuresAt);

    /// <summary>The same for an answer in a format that is none of SDMX.</summary>
    public static bool IsKnown(RestCall call, string chosen, string languages, string state, DateTimeOffset? changedAt, DateTimeOffset now, DateTimeOffset? structuresAt = null)
    {
        IHeaderDictionary headers = call.Http.Response.Headers;
        string tag = Tag(call.Line.Prefix, call.Address.Path, call.Address.Query, chosen, languages, state, AccessOf(call));
        headers.ETag = tag;
        headers.CacheControl = call.IsSignedIn ? "private, no-cache" : ForEverybody;

        // A time to the second tells nothing when it is the current second: something may still change within it.
        DateTimeOffset? modified = changedAt is { } at && now - at > TimeSpan.FromSeconds(2) ? Second(at) : null;
        headers.LastModified = modified?.ToString("R", CultureInfo.InvariantCulture);

        // Rights come and go without a time: who is signed in is told by the tag only, which has them.
        if (!Has(call.Http.Request.Headers, tag, call.IsSignedIn ? null : modified, structuresAt))
        {
            return false;
        }

        call.Http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    /// <summary>
    /// What an answer depends on, once its validators are set: equal calls may be given one and the same. The rights of the reader are in
    /// the tag and once more beside it: they must not hang on a hash.
    /// </summary>
    public static string KeyOf(RestCall call) => $"{(call.IsHead ? "HEAD" : "GET")}|{call.Http.Response.Headers.ETag}|{AccessOf(call)}|{call.Address.Path}?{call.Address.Query}";

    private static string AccessOf(RestCall call) => call.Access.SeesAllRestricted ? "*" : call.Access.States.Count == 0 ? "" : string.Join(',', call.Access.States.Order(StringComparer.Ordinal));

    // If-None-Match goes before If-Modified-Since. Some clients send the latter in ISO 8601. Structures of the very second of the data
    // were in every answer that had its time: that is told only two seconds later.
    private static bool Has(IHeaderDictionary headers, string tag, DateTimeOffset? modified, DateTimeOffset? structuresAt)
    {
        string match = headers.IfNoneMatch.ToString();
        if (match.Length > 0)
        {
            return match.Split(',', StringSplitOptions.TrimEntries).Any(t => t == "*" || t == tag || "W/" + t == tag);
        }

        string since = headers.IfModifiedSince.ToString();
        return modified is not null && since.Length > 0 && Instant(since) is { } instant && instant >= modified && !(structuresAt is { } at && instant < Second(at));
    }

    private static DateTimeOffset? Instant(string text)
        => DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset http) ? http
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset iso) ? iso
            : TimePeriod.TryParse(text, out TimePeriod period) ? new DateTimeOffset(period.Start, TimeSpan.Zero) : null;

    private static DateTimeOffset Second(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    // Weak: the same answer may be compressed or not.
    private static string Tag(params string[] parts)
        => $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 12))}\"";
}
