using System.Text;
using System.Text.RegularExpressions;

namespace Dsm.Exchange.Harvesting;

/// <summary>
/// Recognises the SDMX error 100, "no results found", in the body of an answer 404 (SDMX REST, status codes). A 404 of any other kind, such
/// as that of an address that is gone, is no such answer.
/// </summary>
internal static partial class NoResults
{
    private const int Enough = 16 * 1024;

    /// <summary>True when the body, SDMX-ML or SDMX-JSON, says error 100.</summary>
    /// <param name="body">The body, unpacked; its first 16 KiB are looked at.</param>
    /// <param name="ct">Ends the work.</param>
    public static async Task<bool> SaysSoAsync(Stream body, CancellationToken ct)
    {
        byte[] start = new byte[Enough];
        int length = await body.ReadAtLeastAsync(start, Enough, throwOnEndOfStream: false, ct).ConfigureAwait(false);
        string text = Encoding.UTF8.GetString(start, 0, length);
        return Xml().IsMatch(text) || Json().IsMatch(text);
    }

    [GeneratedRegex("""ErrorMessage\s[^<>]*?\bcode\s*=\s*["']100["']""")]
    private static partial Regex Xml();

    [GeneratedRegex("\"code\"\\s*:\\s*(?:100\\b|\"100\")")]
    private static partial Regex Json();
}
