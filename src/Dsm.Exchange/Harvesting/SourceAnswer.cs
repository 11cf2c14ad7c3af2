using System.Net;

namespace Dsm.Exchange.Harvesting;

/// <summary>What a source answered: new content, or that there is nothing new.</summary>
public sealed class SourceAnswer(HttpResponseMessage response, Stream? content, TimeSpan waited) : IAsyncDisposable
{
    /// <summary>HTTP status.</summary>
    public HttpStatusCode Status => response.StatusCode;

    /// <summary>The content, unpacked; null when there is nothing new.</summary>
    public Stream? Content => content;

    /// <summary>Content type as sent; null when none.</summary>
    public string? MediaType => response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;

    /// <summary>ETag as sent; null when none.</summary>
    public string? ETag => response.Headers.NonValidated.TryGetValues("ETag", out var values) ? values.ToString() : null;

    /// <summary>Last-Modified as sent; null when none.</summary>
    public string? LastModified => response.Content.Headers.NonValidated.TryGetValues("Last-Modified", out var values) ? values.ToString() : null;

    /// <summary>
    /// When the source was asked, by its own clock: the Date of the answer less the time that it let us wait, since it may have looked at its
    /// data at any moment between. Null when the answer has no Date.
    /// </summary>
    public DateTimeOffset? AskedAt => response.Headers.Date - waited;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (content is not null)
        {
            await content.DisposeAsync().ConfigureAwait(false);
        }

        response.Dispose();
    }
}
