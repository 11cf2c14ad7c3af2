using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>The body of a signed message.</summary>
public static class ChangeMessage
{
    /// <summary>What the member <c>event</c> says of the first message, which asks whether the address wants to be told.</summary>
    public const string Question = "subscription.confirm";

    /// <summary>What it says of changes.</summary>
    public const string Changed = "structures.changed";

    /// <summary>
    /// The message as UTF-8 JSON: <c>event</c>, <c>subscription</c>, and for changes <c>transaction</c>, <c>at</c> and <c>changes</c>, each with
    /// <c>action</c> (added, changed, deleted), <c>urn</c>, its parts, and <c>url</c> (SDMX REST 2.x; not for what was deleted).
    /// </summary>
    public static byte[] Of(ChangeSubscription subscription, StructureChangeSet? changes, string publicAddress)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("event", changes is null ? Question : Changed);
            json.WriteNumber("subscription", subscription.Id);
            if (changes is not null)
            {
                json.WriteNumber("transaction", changes.Number);
                json.WriteString("at", changes.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
                json.WriteStartArray("changes");
                foreach (StructureChangeEntry entry in changes.Entries)
                {
                    Entry(json, entry, publicAddress);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Entry(Utf8JsonWriter json, StructureChangeEntry entry, string publicAddress)
    {
        StructureReference reference = entry.Reference;
        json.WriteStartObject();
        json.WriteString("action", entry.Kind switch { PlannedKind.Add => "added", PlannedKind.Delete => "deleted", _ => "changed" });
        json.WriteString("urn", reference.Urn);
        json.WriteString("class", reference.Type.Class);
        json.WriteString("agency", reference.AgencyId);
        json.WriteString("id", reference.Id);
        json.WriteString("version", reference.Version);
        if (entry.Kind != PlannedKind.Delete && reference.Type.Rest2 is { } type)
        {
            json.WriteString("url", $"{publicAddress}/sdmx/v2/structure/{type}/{reference.AgencyId}/{reference.Id}/{reference.Version}");
        }

        json.WriteEndObject();
    }
}
