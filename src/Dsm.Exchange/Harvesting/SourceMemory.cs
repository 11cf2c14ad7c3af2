namespace Dsm.Exchange.Harvesting;

/// <summary>What is remembered of a good run, for the next request.</summary>
/// <param name="AskedAt">When the source was asked, by its own clock; null when it does not tell the time.</param>
/// <param name="IsWhole">True when it was asked for everything, not for changes.</param>
public sealed record SourceMemory(DateTimeOffset? AskedAt, bool IsWhole)
{
    /// <summary>ETag of the answer.</summary>
    public string? ETag { get; init; }

    /// <summary>Last-Modified of the answer, as sent.</summary>
    public string? LastModified { get; init; }

    /// <summary>Hash of the content; null when nothing new came, then these three stay as they are.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Writes it to the source.</summary>
    public void WriteTo(Source source, DateTimeOffset startedAt)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.LastGoodRunAt = startedAt;
        source.LastAskedAt = AskedAt ?? startedAt;
        source.LastWholeRunAt = IsWhole ? startedAt : source.LastWholeRunAt;
        if (ContentHash is not null)
        {
            source.LastETag = ETag;
            source.LastModified = LastModified;
            source.LastContentHash = ContentHash;
        }
    }
}
