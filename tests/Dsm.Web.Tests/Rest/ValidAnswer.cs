using System.Text;
using Dsm.Sdmx.Formats;

namespace Dsm.Web.Tests.Rest;

/// <summary>Judges answers by the official schemas, as their media type says: XML by XSD, JSON by JSON Schema.</summary>
public static class ValidAnswer
{
    /// <summary>What is wrong with an answer; empty when it is valid, has no body, or there is no schema for its type.</summary>
    public static IReadOnlyList<string> Errors(RestReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.Body.Length == 0)
        {
            return reply.Status is 204 or 304 ? [] : ["no body"];
        }

        SdmxFormat? format = MediaTypes.Find(reply.Type);
        if (format is null)
        {
            return [$"{reply.Type} is no media type of SDMX"];
        }

        string text = Encoding.UTF8.GetString(reply.Body.AsSpan(0, Math.Min(reply.Body.Length, 200)));
        if (format.Syntax == "json")
        {
            return format.Type.Contains("schema", StringComparison.Ordinal) ? [] : OfficialJsonSchemas.Errors(format, reply.Body);
        }

        if (format.Syntax != "xml" || format.Type.Contains("schema", StringComparison.Ordinal) && !text.Contains(":Error", StringComparison.Ordinal))
        {
            return [];
        }

        using MemoryStream body = new(reply.Body);
        return OfficialSchemas.Errors(body, format.Standard);
    }
}
