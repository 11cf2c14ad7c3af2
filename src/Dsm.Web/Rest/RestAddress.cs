using Microsoft.AspNetCore.Http.Features;

namespace Dsm.Web.Rest;

/// <summary>
/// The address as the client sent it. ASP.NET decodes paths and removes <c>..</c> from them, but in SDMX <c>..</c> is a key, and
/// <c>+</c>, <c>%2B</c> and brackets have meanings of their own.
/// </summary>
/// <param name="Path">Path after the prefix of the line, not decoded.</param>
/// <param name="Query">Query string without its question mark, not decoded; empty for none.</param>
internal sealed record RestAddress(string Path, string Query)
{
    /// <summary>Most characters of a request's target. Kestrel itself ends requests above 8 KiB without a body.</summary>
    public const int MaxLength = 7500;

    /// <summary>Reads the address of a request.</summary>
    public static RestAddress Of(HttpContext http, RestLine line)
    {
        string target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        int question = target.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
        {
            // Clients append "&format=jsondata" to addresses without parameters (sdmx-json-parser). No path of SDMX has an ampersand.
            question = target.IndexOf('&', StringComparison.Ordinal);
        }

        string path = question < 0 ? target : target[..question];
        int prefix = path.IndexOf(line.Prefix, StringComparison.OrdinalIgnoreCase);
        if (prefix < 0)
        {
            // A prefix with needless percent signs: routing decoded it, so the decoded path is what is left.
            string decoded = http.Request.Path.Value ?? "";
            path = decoded[Math.Min(line.Prefix.Length, decoded.Length)..];
        }
        else
        {
            path = path[(prefix + line.Prefix.Length)..];
        }

        return new RestAddress(path.TrimStart('/'), question < 0 ? "" : target[(question + 1)..]);
    }

    /// <summary>The decoded value of a parameter; null when it is absent. <c>+</c> stays a plus sign.</summary>
    public string? Parameter(string name)
    {
        if (Query.Length == 0)
        {
            return null;
        }

        foreach (string pair in Query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]) == name)
            {
                return equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
            }
        }

        return null;
    }
}
