using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;

namespace Dsm.Web.Rest;

/// <summary>
/// The body of what somebody sends: little from those who have not signed in, only as a media type that a page of another site cannot send
/// on their behalf without being asked first (CORS), and not without end.
/// </summary>
internal static class SubmittedBody
{
    /// <summary>Most bytes of a message that is read into memory.</summary>
    public const int MaxBytes = 20_000_000;

    /// <summary>Most bytes from somebody who has not signed in: enough for a question.</summary>
    private const int MaxAnonymousBytes = 100_000;

    /// <summary>Reads the body; a problem when it is not taken.</summary>
    /// <param name="call">The request.</param>
    /// <param name="isTaken">Whether a format is taken.</param>
    /// <param name="taken">The media types that are, for the message.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<(MemoryStream? Body, RestProblem? Problem)> ReadAsync(RestCall call, Func<SdmxFormat, bool> isTaken, IReadOnlyCollection<string> taken, CancellationToken ct)
    {
        string type = call.Http.Request.ContentType ?? "";
        bool isNamed = MediaType.TryParse(type, out MediaType? parsed)
            && parsed.Type is not ("*/*" or "application/*") && !parsed.Type.StartsWith("text/", StringComparison.Ordinal)
            && MediaTypes.All.Any(f => isTaken(f) && MediaTypes.Matches(f, parsed));
        string coding = call.Http.Request.Headers.ContentEncoding.ToString();
        if (!isNamed || coding is not ("" or "identity"))
        {
            return (null, RestProblem.Of(RestFault.UnsupportedBody, IssueCodes.UnsupportedBody, coding.Length == 0 ? type : $"{type}, {coding}", string.Join(", ", taken)));
        }

        // What is said to be too large is not read at all: a caller that waits for the word (Expect: 100-continue) need not send it.
        int most = call.IsSignedIn ? MaxBytes : MaxAnonymousBytes;
        if (call.Http.Request.ContentLength > most)
        {
            return (null, RestProblem.Of(RestFault.TooLarge, IssueCodes.BodyTooLarge, most));
        }

        MemoryStream body = new();
        byte[] buffer = new byte[65536];
        for (int count; (count = await call.Http.Request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (body.Length + count > most)
            {
                await body.DisposeAsync();
                return (null, RestProblem.Of(RestFault.TooLarge, IssueCodes.BodyTooLarge, most));
            }

            body.Write(buffer, 0, count);
        }

        body.Position = 0;
        return (body, null);
    }
}
