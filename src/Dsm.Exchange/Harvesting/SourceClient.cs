using System.Net;
using System.Net.Http.Headers;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Harvesting;

/// <summary>Asks sources over HTTP. Every failure comes out as a <see cref="SourceException"/> in the hub's own words.</summary>
public sealed class SourceClient : IDisposable
{
    private readonly HttpClient http;
    private readonly HarvestOptions options;
    private readonly SourceGate gate;
    private readonly TimeProvider clock;

    /// <summary>Makes a client; one for the life of the process.</summary>
    public SourceClient(HarvestOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        this.clock = clock;
        gate = new SourceGate(options);
        SocketsHttpHandler handler = new()
        {
            // Redirects are followed here, so that each target passes the gate and no other host gets the credentials.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = options.UseProxy,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.FromSeconds(30),
        };
        if (!options.UseProxy)
        {
            handler.ConnectCallback = gate.ConnectAsync;
        }

        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("DSM-Hub/0.1");
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br, deflate");
    }

    /// <summary>Asks once, following redirects.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="received">Told the number of bytes of every piece that came over the line.</param>
    /// <param name="ct">Ends the request.</param>
    /// <exception cref="SourceException">There is no usable answer.</exception>
    public async Task<SourceAnswer> AskAsync(SourceRequest request, Action<int> received, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        Uri url = request.Url;
        for (int redirects = 0; ; redirects++)
        {
            long asked = clock.GetTimestamp();
            HttpResponseMessage response = await SendAsync(request, url, ct).ConfigureAwait(false);
            if (Redirection(response, url) is { } next && redirects < options.MaxRedirects)
            {
                response.Dispose();
                url = next;
                continue;
            }

            return await AnswerAsync(request, url, response, clock.GetElapsedTime(asked), received, ct).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    /// <summary>An address without what may be secret in it, for people and logs.</summary>
    internal static string Shown(Uri url) => url.IsAbsoluteUri ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : url.OriginalString;

    private async Task<HttpResponseMessage> SendAsync(SourceRequest request, Uri url, CancellationToken ct)
    {
        gate.Check(url);
        using HttpRequestMessage message = Compose(request, url);
        using CancellationTokenSource patience = new(request.Silence, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw SourceBody.Timeout(Shown(url), request.Silence);
        }
        catch (HttpRequestException e) when (e.InnerException is SourceException refused)
        {
            throw refused;
        }
        catch (HttpRequestException e) when (e.InnerException is IOException || e.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse)
        {
            throw SourceBody.BrokeOff(Shown(url), e);
        }
        catch (HttpRequestException e)
        {
            bool transient = e.HttpRequestError != HttpRequestError.SecureConnectionError;
            string detail = e.InnerException?.Message ?? e.Message;
            throw new SourceException(new Issue(ExchangeIssues.SourceUnreachable, Location.None, Shown(url), detail), transient, inner: e);
        }
    }

    private static HttpRequestMessage Compose(SourceRequest request, Uri url)
    {
        HttpRequestMessage message = new(HttpMethod.Get, url);
        if (request.Accept is { Length: > 0 } accept)
        {
            message.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (request.IfNoneMatch is { Length: > 0 } etag)
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        if (request.IfModifiedSince is { Length: > 0 } modified)
        {
            message.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }

        bool sameOrigin = url.Scheme == request.Url.Scheme && url.Authority == request.Url.Authority;
        message.Headers.Authorization = sameOrigin ? request.Authorization : null;
        return message;
    }

    private static Uri? Redirection(HttpResponseMessage response, Uri from)
        => (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } target
            && Uri.TryCreate(from, target, out Uri? next) ? next : null;

    private async Task<SourceAnswer> AnswerAsync(
        SourceRequest request, Uri url, HttpResponseMessage response, TimeSpan waited, Action<int> received, CancellationToken ct)
    {
        try
        {
            if (response.StatusCode is HttpStatusCode.NotModified or HttpStatusCode.NoContent)
            {
                return new SourceAnswer(response, null, waited);
            }

            bool mayBeNothing = request.IsDelta && response.StatusCode == HttpStatusCode.NotFound;
            if (response.StatusCode != HttpStatusCode.OK && !mayBeNothing)
            {
                throw HttpError(response, url);
            }

            Stream line = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            SourceBody body = new(line, Shown(url), request.Silence, clock, received);
            string coding = string.Join(",", response.Content.Headers.ContentEncoding);
            Stream content = SourceContent.Unpack(body, coding, Shown(url), options.MaxContentBytes);
            if (!mayBeNothing)
            {
                return new SourceAnswer(response, content, waited);
            }

            await using (content.ConfigureAwait(false))
            {
                return await NoResults.SaysSoAsync(content, ct).ConfigureAwait(false) ? new SourceAnswer(response, null, waited) : throw HttpError(response, url);
            }
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private SourceException HttpError(HttpResponseMessage response, Uri url)
    {
        int status = (int)response.StatusCode;
        RetryConditionHeaderValue? wish = response.Headers.RetryAfter;
        TimeSpan? pause = wish?.Delta ?? (wish?.Date is { } date ? date - clock.GetUtcNow() : null);
        return new SourceException(
            new Issue(ExchangeIssues.SourceHttpError, Location.None, status, Shown(url)), status is >= 500 or 408 or 429, pause);
    }
}
