using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;

namespace Dsm.Web.Rest;

/// <summary>Writes registry messages: answers to submissions, registrations. They exist in SDMX-ML only (REST 2.2, "Maintenance").</summary>
internal static class RegistryAnswer
{
    /// <summary>Writes what became of a submission, in the version asked for or else in the newest. The status is the caller's to set.</summary>
    public static Task WriteAsync(RestCall call, RegistryContent content, RestServices services, CancellationToken ct)
    {
        call.Http.Response.Headers.CacheControl = "no-store";
        return WriteAsync(call, Negotiation.Format(call, OfferedFormats.Registry).Chosen?.Format ?? OfferedFormats.Registry[0], content, services, ct);
    }

    /// <summary>Writes a registry message in a format.</summary>
    public static async Task WriteAsync(RestCall call, SdmxFormat format, RegistryContent content, RestServices services, CancellationToken ct)
    {
        using MemoryStream message = new();

        // The schemas want a receiver, and requests over HTTP have none.
        RegistryMessageWriter.Write(format, message, content, services.Header("REG") with { ReceiverIds = ["not_supplied"] }, new IssueList(), indented: false);
        await StructureResource.SendAsync(call, format.MediaType, message, ct);
    }
}
