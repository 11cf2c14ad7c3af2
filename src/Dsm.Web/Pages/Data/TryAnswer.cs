using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Dsm.Web.Pages.Data;

/// <summary>Status, type and beginning of an answer of the service.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="MediaType">Content-Type; empty for none.</param>
/// <param name="Beginning">First characters of the body.</param>
/// <param name="IsCut">True when there is more.</param>
public sealed record TryAnswer(int Status, string MediaType, string Beginning, bool IsCut)
{
    /// <summary>Bytes of the body that are shown.</summary>
    public const int Shown = 4000;

    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>
    /// Asks the hub itself, over HTTP as any client would and with the reader's own rights, and reads the beginning of the answer; null
    /// when it takes more than ten seconds.
    /// </summary>
    /// <param name="path">Path and query on this hub.</param>
    /// <param name="accept">Accept header.</param>
    /// <param name="reader">The request of the reader.</param>
    /// <param name="server">The hub's server.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<TryAnswer?> AskAsync(string path, string accept, HttpRequest reader, IServer server, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(server);
        string own = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://127.0.0.1:8080";
        Uri hub = new(own.Replace("//+", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal).Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal));
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(hub.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("Accept-Language", reader.Headers.AcceptLanguage.ToString());
        if (reader.Headers.Cookie.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", reader.Headers.Cookie.ToString());
        }

        try
        {
            using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            await using Stream body = await response.Content.ReadAsStreamAsync(ct);
            byte[] bytes = new byte[Shown + 1];
            int count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
            bool isCut = count > Shown;
            string text = Encoding.UTF8.GetString(bytes, 0, Math.Min(count, Shown)).TrimEnd('\uFFFD');
            return new TryAnswer((int)response.StatusCode, response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : "", text, isCut);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
