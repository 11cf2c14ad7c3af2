using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Dsm.Exchange.Harvesting;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>
/// Posts signed messages. Connects to public addresses over https only; a host inside the network, or one without https, must be allowed
/// by name. Redirects are not followed: what was confirmed is one address.
/// </summary>
public sealed class ChangePoster : IDisposable
{
    /// <summary>Header with the seconds since 1970 that are signed; receivers refuse old ones.</summary>
    public const string TimestampHeader = "X-DSM-Timestamp";

    /// <summary>Header with the signature, see <see cref="ChangeSecrets.Sign"/>.</summary>
    public const string SignatureHeader = "X-DSM-Signature";

    /// <summary>Header with the number of the delivery: the same number is the same message.</summary>
    public const string DeliveryHeader = "X-DSM-Delivery";

    private readonly HttpClient _http;
    private readonly SourceGate _gate;
    private readonly ChangesOptions _options;
    private readonly TimeProvider _clock;

    /// <summary>Makes a poster; one for the life of the process.</summary>
    public ChangePoster(ChangesOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock) = (options, clock);
        _gate = new SourceGate(new HarvestOptions { AllowedHosts = options.AllowedHosts });
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = _gate.ConnectAsync,
            ConnectTimeout = options.Patience,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        {
            Timeout = options.Patience,
            MaxResponseContentBufferSize = 64 * 1024,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("DSM-Hub/0.1");
    }

    /// <summary>Refuses an address that must not be posted to.</summary>
    /// <exception cref="SourceException">It must not.</exception>
    public void Check(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        _gate.Check(url);
        if (url.Scheme != Uri.UriSchemeHttps && !_options.AllowedHosts.Contains(url.IdnHost.Trim('[', ']'), StringComparer.OrdinalIgnoreCase))
        {
            throw new SourceException(new Issue(ExchangeIssues.SourceNotAllowed, Location.None, url.Host), isTransient: false);
        }
    }

    /// <summary>Posts a message; returns the status of the answer, whatever it is. The answer's body is not looked at.</summary>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    /// <exception cref="SourceException">The address must not be posted to.</exception>
    public async Task<HttpStatusCode> PostAsync(Uri url, string secret, long delivery, byte[] body, CancellationToken ct)
    {
        Check(url);
        long timestamp = _clock.GetUtcNow().ToUnixTimeSeconds();
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(DeliveryHeader, delivery.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(SignatureHeader, ChangeSecrets.Sign(secret, timestamp, body));
        using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        return answer.StatusCode;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
