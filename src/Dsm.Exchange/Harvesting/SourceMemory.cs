namespace Dsm.Exchange.Harvesting;

/// <summary>What is remembered of a good run, for the next request.</summary>
/// <param name="ETag">ETag of the answer.</param>
/// <param name="LastModified">Last-Modified of the answer, as sent.</param>
/// <param name="ContentHash">Hash of the content.</param>
public sealed record SourceMemory(string? ETag, string? LastModified, string? ContentHash)
{
    /// <summary>Nothing new came: what is remembered stays.</summary>
    public static SourceMemory AsBefore { get; } = new(null, null, null);

    /// <summary>Writes it to the source.</summary>
    public void WriteTo(Source source, DateTimeOffset startedAt)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.LastGoodRunAt = startedAt;
        if (ContentHash is not null)
        {
            source.LastETag = ETag;
            source.LastModified = LastModified;
            source.LastContentHash = ContentHash;
        }
    }
}
