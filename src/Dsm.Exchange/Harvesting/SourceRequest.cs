using System.Globalization;
using System.Net.Http.Headers;

namespace Dsm.Exchange.Harvesting;

/// <summary>What is asked of a source in a run.</summary>
public sealed record SourceRequest
{
    /// <summary>Address, with <c>updatedAfter</c> when only changes are asked for.</summary>
    public required Uri Url { get; init; }

    /// <summary>Media types wanted.</summary>
    public string? Accept { get; init; }

    /// <summary>Credentials; sent to the host of <see cref="Url"/> only.</summary>
    public AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>ETag we hold; null for an unconditional request.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>Last-Modified we hold; null for an unconditional request.</summary>
    public string? IfModifiedSince { get; init; }

    /// <summary>Silence after which the request is given up.</summary>
    public required TimeSpan Silence { get; init; }

    /// <summary>True when the answer holds changes only.</summary>
    public bool IsDelta { get; init; }

    /// <summary>The request for a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="authorization">Its credentials.</param>
    /// <param name="canSkip">True when what the source sent last is what the warehouse holds, so that "nothing new" is a true answer.</param>
    /// <param name="now">The time, by the hub's clock.</param>
    /// <param name="options">Limits.</param>
    public static SourceRequest For(Source source, AuthenticationHeaderValue? authorization, bool canSkip, DateTimeOffset now, HarvestOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        bool delta = canSkip && source is { Kind: SourceKind.Rest, KnowsUpdatedAfter: true, LastAskedAt: not null }
            && now - source.LastWholeRunAt < options.WholeEvery;
        return new SourceRequest
        {
            Url = delta ? UpdatedAfter(source.Url, source.LastAskedAt!.Value - options.ClockTolerance) : new Uri(source.Url, UriKind.RelativeOrAbsolute),
            Accept = source.Accept,
            Authorization = authorization,
            // An ETag belongs to one address; that of the changes is another one each time. Nor may it spare the whole answer of a source
            // that stamps its changes: where a deletion leaves no stamp, it may leave the mark of the whole as it was, too.
            IfNoneMatch = canSkip && !source.KnowsUpdatedAfter ? source.LastETag : null,
            IfModifiedSince = canSkip && !source.KnowsUpdatedAfter ? source.LastModified : null,
            Silence = TimeSpan.FromSeconds(source.TimeoutSeconds),
            IsDelta = delta,
        };
    }

    private static Uri UpdatedAfter(string url, DateTimeOffset instant)
    {
        string text = instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new Uri($"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}updatedAfter={Uri.EscapeDataString(text)}", UriKind.RelativeOrAbsolute);
    }
}
