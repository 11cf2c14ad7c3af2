using System.Buffers;
using System.Diagnostics;
using System.Net;

namespace Dsm.Benchmarks;

/// <summary>Asks over HTTP and measures; the same client for both sides.</summary>
internal sealed class RestClient : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = 64, AutomaticDecompression = DecompressionMethods.None }) { Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Asks and reads the answer to its end.</summary>
    /// <returns>Milliseconds to the first byte of the body and to the end, bytes, ETag.</returns>
    public async Task<(double First, double All, long Bytes, string? Tag)> AskAsync(string address, string? accept = null, string? tag = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (tag is null ? !response.IsSuccessStatusCode : response.StatusCode != HttpStatusCode.NotModified)
        {
            throw new InvalidOperationException($"{(int)response.StatusCode} for {address}: {await response.Content.ReadAsStringAsync()}");
        }

        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] one = new byte[1];
        int begun = await body.ReadAsync(one);
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        long bytes = begun + await DrainAsync(body);
        return (first, Stopwatch.GetElapsedTime(start).TotalMilliseconds, bytes, response.Headers.ETag?.ToString());
    }

    /// <summary>Reads a stream to its end; returns the bytes.</summary>
    public static async Task<long> DrainAsync(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        long bytes = 0;
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
        {
            bytes += read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return bytes;
    }

    public void Dispose() => _client.Dispose();
}
