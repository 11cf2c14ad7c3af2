using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Writes the JSON Schema of SDMX-JSON 2.0 or 2.1 messages of reference metadata for one metadata structure: the official schema of the
/// format, and beyond it that only attributes of the structure occur, where they belong, with codes of their codelists, and that those
/// are there that must be, unless the message only adds or deletes.
/// </summary>
public static class JsonMetadataSchemaWriter
{
    /// <summary>Writes the schema in UTF-8.</summary>
    /// <param name="structures">Codelists and concepts of the metadata structure.</param>
    /// <param name="structure">The metadata structure.</param>
    /// <param name="reference">What the messages refer to: metadata structure, metadataflow or agreement.</param>
    /// <param name="format"><see cref="MediaTypes.SchemaJson20"/> or <see cref="MediaTypes.SchemaJson21"/>.</param>
    /// <param name="output">Where to; not disposed of.</param>
    /// <exception cref="ArgumentException">The format is another one.</exception>
    public static void Write(StructureSet structures, MetadataStructure structure, StructureReference reference, SdmxFormat format, Stream output)
    {
        ArgumentNullException.ThrowIfNull(structures);
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(format);
        if (format != MediaTypes.SchemaJson20 && format != MediaTypes.SchemaJson21)
        {
            throw new ArgumentException($"{format.Name} is not a JSON Schema.", nameof(format));
        }

        bool is21 = format == MediaTypes.SchemaJson21;
        ImmutableArray<SchemaMetadataAttribute> attributes = new DataSchemaResolver(structures, new IssueList()).MetadataAttributes(structure, structure.Attributes, "");
        JsonObject set = Properties(("attributes", Attributes(attributes, isRequired: false)));
        set["if"] = new JsonObject { ["required"] = new JsonArray("action"), ["properties"] = new JsonObject { ["action"] = new JsonObject { ["enum"] = new JsonArray("Append", "Delete") } } };
        set["else"] = Properties(("attributes", Attributes(attributes, isRequired: true)));
        JsonObject root = Properties(("data", Properties(("metadataSets", new JsonObject { ["items"] = set }))));
        root.Insert(0, "$schema", is21 ? "https://json-schema.org/draft/2019-09/schema" : "http://json-schema.org/draft-07/schema#");
        root.Insert(1, "$id", reference.Urn);
        root.Insert(2, "title", structure.Name.Best() ?? structure.Reference.ToString());
        root.Insert(3, "allOf", new JsonArray(new JsonObject { ["$ref"] = JsonMeta.Schema("metadata", is21 ? "2.1" : "2.0") }));
        using Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        root.WriteTo(json);
    }

    /// <summary>What a list of reported attributes may hold, or must.</summary>
    private static JsonObject Attributes(ImmutableArray<SchemaMetadataAttribute> attributes, bool isRequired)
    {
        JsonObject item = Properties(("id", new JsonObject { ["enum"] = Strings(attributes.Select(a => a.Component.Id)) }));
        JsonArray rules = [.. attributes.Select(a => (Attribute: a, Then: Attribute(a, isRequired))).Where(r => r.Then.Count > 0).Select(r => new JsonObject
        {
            ["if"] = Properties(("id", new JsonObject { ["const"] = r.Attribute.Component.Id })),
            ["then"] = r.Then,
        })];
        if (rules.Count > 0)
        {
            item["allOf"] = rules;
        }

        JsonObject list = new() { ["items"] = item };
        JsonArray needed = [.. attributes.Where(a => isRequired && a.MinOccurs > 0).Select(a => new JsonObject
        {
            ["contains"] = new JsonObject { ["required"] = new JsonArray("id"), ["properties"] = new JsonObject { ["id"] = new JsonObject { ["const"] = a.Component.Id } } },
        })];
        if (needed.Count > 0)
        {
            list["allOf"] = needed;
        }

        return list;
    }

    private static JsonObject Attribute(SchemaMetadataAttribute attribute, bool isRequired)
    {
        JsonObject then = [];
        JsonObject properties = [];
        if (attribute.Component is { IsCoded: true, Codes: { } codes })
        {
            properties["value"] = new JsonObject { ["enum"] = Strings(codes.Codes) };
        }

        if (!attribute.Children.IsEmpty)
        {
            properties["attributes"] = Attributes(attribute.Children, isRequired);
        }

        if (properties.Count > 0)
        {
            then["properties"] = properties;
        }

        if (attribute.IsPresentational)
        {
            then["not"] = new JsonObject { ["required"] = new JsonArray("value") };
        }

        return then;
    }

    private static JsonObject Properties(params (string Name, JsonObject Schema)[] properties)
        => new() { ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Schema))) };

    private static JsonArray Strings(IEnumerable<string> texts) => [.. texts.Select(t => JsonValue.Create(t))];
}
