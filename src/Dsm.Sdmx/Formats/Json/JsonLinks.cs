using System.Text.Json;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// The artefacts that links name: by URN, else by the address of a REST query (<c>.../dataflow/ECB/EXR/1.0</c>), as services that
/// follow the drafts of SDMX-JSON send them.
/// </summary>
internal static class JsonLinks
{
    /// <summary>Reads the array behind the name at hand and adds what a data set can follow.</summary>
    public static void Read(JsonCursor cursor, List<StructureReference> references)
    {
        cursor.ReadToken();
        if (cursor.Token != JsonTokenType.StartArray)
        {
            cursor.Skip();
            return;
        }

        int depth = cursor.Depth;
        string? urn = null, href = null;
        while (true)
        {
            cursor.ReadToken();
            if (cursor.Token == JsonTokenType.EndArray && cursor.Depth == depth)
            {
                return;
            }

            if (cursor.Token == JsonTokenType.PropertyName && cursor.Depth == depth + 2)
            {
                bool isUrn = cursor.IsName("urn"u8), isHref = cursor.IsName("href"u8);
                cursor.ReadToken();
                string? text = cursor.Token == JsonTokenType.String ? cursor.Text() : null;
                (urn, href) = (isUrn ? text : urn, isHref ? text : href);
                cursor.Skip();
            }
            else if (cursor.Token == JsonTokenType.EndObject && cursor.Depth == depth + 1)
            {
                if (Reference(urn, href) is { } reference && !references.Contains(reference))
                {
                    references.Add(reference);
                }

                (urn, href) = (null, null);
            }
        }
    }

    private static StructureReference? Reference(string? urn, string? href)
    {
        if (urn is not null && StructureReference.TryParseUrn(urn, out StructureReference? reference))
        {
            return IsStructure(reference.Type) && reference.ItemId is null ? reference : null;
        }

        string[] parts = (href ?? urn ?? "").Split('?')[0].Split('/');
        for (int i = 0; i + 2 < parts.Length; i++)
        {
            StructureType? type = parts[i].ToLowerInvariant() switch
            {
                "dataflow" => StructureType.Dataflow,
                "datastructure" => StructureType.DataStructure,
                "provisionagreement" => StructureType.ProvisionAgreement,
                _ => null,
            };
            if (type is not null && parts[i + 1].Length > 0 && parts[i + 2].Length > 0 && parts[i + 2] != "all")
            {
                return new StructureReference(type, parts[i + 1], parts[i + 2], i + 3 < parts.Length && parts[i + 3].Length > 0 ? parts[i + 3] : "1.0");
            }
        }

        return null;
    }

    private static bool IsStructure(StructureType type)
        => type == StructureType.Dataflow || type == StructureType.DataStructure || type == StructureType.ProvisionAgreement;
}
