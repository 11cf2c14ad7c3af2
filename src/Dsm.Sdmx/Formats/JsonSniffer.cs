using System.Text;
using System.Text.Json;

namespace Dsm.Sdmx.Formats;

/// <summary>Tells SDMX-JSON messages apart: by the schema they name, else by the members they have.</summary>
internal static class JsonSniffer
{
    /// <summary>The format; null when the beginning does not say.</summary>
    public static SdmxFormat? Sniff(ReadOnlySpan<char> start)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(start.Length)];
        int count = Encoding.UTF8.GetBytes(start, bytes);
        Utf8JsonReader reader = new(bytes.AsSpan(0, count), isFinalBlock: false, default);
        Findings found = new();
        try
        {
            Walk(ref reader, found);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter for half of a surrogate pair in an escape.
            // What was seen before the fault may still tell; the reader of the format reports the fault with its place.
        }

        return found.Format;
    }

    private static void Walk(ref Utf8JsonReader reader, Findings found)
    {
        string? inside = null;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            string name = reader.GetString()!;
            if (reader.CurrentDepth == 1)
            {
                inside = name;
                found.Top.Add(name);
            }
            else if (reader.CurrentDepth == 2 && inside == "data")
            {
                found.Data.Add(name);
            }

            if (name is "schema" or "$schema" && reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                found.Schema ??= reader.GetString();
            }
        }
    }

    private sealed class Findings
    {
        public HashSet<string> Top { get; } = [];

        public HashSet<string> Data { get; } = [];

        public string? Schema { get; set; }

        public SdmxFormat? Format => HasErrorsOnly() ? ErrorOf(Schema) : FromSchema() ?? FromMembers();

        private bool HasErrorsOnly() => Top.Contains("errors") && !Top.Overlaps(["data", "dataSets", "structure"]);

        private static SdmxFormat ErrorOf(string? schema) => schema?.Contains("2.1", StringComparison.Ordinal) == true ? MediaTypes.ErrorJson21
            : schema?.Contains("2.0", StringComparison.Ordinal) == true ? MediaTypes.ErrorJson20
            : MediaTypes.ErrorJson1;

        private SdmxFormat? FromSchema()
        {
            if (Schema is not { } schema || !schema.Contains("sdmx", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            int version = schema.Contains("2.1", StringComparison.Ordinal) ? 2 : schema.Contains("2.0", StringComparison.Ordinal) ? 1 : 0;
            SdmxFormat?[] kind = schema.Contains("metadata", StringComparison.OrdinalIgnoreCase) ? [MediaTypes.MetadataJson1, MediaTypes.MetadataJson20, MediaTypes.MetadataJson21]
                : schema.Contains("structure", StringComparison.OrdinalIgnoreCase) ? [MediaTypes.StructureJson1, MediaTypes.StructureJson20, MediaTypes.StructureJson21]
                : schema.Contains("data", StringComparison.OrdinalIgnoreCase) ? [MediaTypes.DataJson1, MediaTypes.DataJson20, MediaTypes.DataJson21]
                : [null, null, null];
            return kind[version];
        }

        // SDMX-JSON 1.0 has one 'structure' beside the data sets, 2.0 'structures'; the oldest layout had both at the top.
        private SdmxFormat? FromMembers()
        {
            if (Data.Contains("dataSets") || Top.Contains("dataSets"))
            {
                return Data.Contains("structures") ? MediaTypes.DataJson20 : MediaTypes.DataJson1;
            }

            if (Data.Contains("metadataSets"))
            {
                return MediaTypes.MetadataJson20;
            }

            return Data.Contains("structure") || Top.Contains("structure") ? MediaTypes.DataJson1
                : Data.Overlaps(["codelists", "conceptSchemes", "dataStructures", "dataflows", "categorySchemes", "agencySchemes"]) ? MediaTypes.StructureJson20
                : null;
        }
    }
}
