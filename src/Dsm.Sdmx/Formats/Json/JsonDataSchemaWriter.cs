using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Writes the JSON Schema of SDMX-JSON 2.0 or 2.1 data messages for one data schema: the official schema of the format, and beyond it
/// that only the components of the structure occur, at their levels, and only codes that codelists and constraints allow. What a schema
/// of JSON cannot say (which codes belong together, key sets, periods of a frequency) is said by validation.
/// </summary>
public static class JsonDataSchemaWriter
{
    /// <summary>Writes the schema in UTF-8.</summary>
    /// <param name="schema">The resolved structure with its constraints.</param>
    /// <param name="format"><see cref="MediaTypes.SchemaJson20"/> or <see cref="MediaTypes.SchemaJson21"/>.</param>
    /// <param name="output">Where to; not disposed of.</param>
    /// <exception cref="ArgumentException">The format is another one.</exception>
    public static void Write(DataSchema schema, SdmxFormat format, Stream output)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(format);
        if (format != MediaTypes.SchemaJson20 && format != MediaTypes.SchemaJson21)
        {
            throw new ArgumentException($"{format.Name} is not a JSON Schema of data messages.", nameof(format));
        }

        using Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Of(schema, is21: format == MediaTypes.SchemaJson21).WriteTo(json);
    }

    private static JsonObject Of(DataSchema schema, bool is21)
    {
        string definitions = is21 ? "$defs" : "definitions";
        SchemaComponent[] dimensions = [.. schema.Dimensions, .. schema.TimeDimension is { } time ? [time] : Array.Empty<SchemaComponent>()];
        SchemaComponent[] attributes = [.. schema.SeriesAttributes, .. schema.ObservationAttributes];
        JsonObject structure = Properties(
            ("dimensions", Levels(["dataSet", "series", "observation"], dimensions, definitions)),
            ("measures", Levels(["observation"], [.. schema.Measures], definitions)),
            ("attributes", Levels(["dataSet", "dimensionGroup", "series", "observation"], attributes, definitions)));
        JsonObject root = Properties(("data", Properties(("structures", new JsonObject { ["items"] = structure }))));
        root.Insert(0, "$schema", is21 ? "https://json-schema.org/draft/2019-09/schema" : "http://json-schema.org/draft-07/schema#");
        root.Insert(1, "$id", schema.Reference.Urn);
        root.Insert(2, "title", (schema.Dataflow?.Name ?? schema.Structure.Name).Best() ?? schema.Reference.ToString());
        root.Insert(3, "allOf", new JsonArray(new JsonObject { ["$ref"] = JsonMeta.Schema("data", is21 ? "2.1" : "2.0") }));
        root[definitions] = new JsonObject(schema.Components.Where(c => c.IsCoded)
            .Select(c => KeyValuePair.Create(c.Id, (JsonNode?)Codes(schema, c))));
        return root;
    }

    /// <summary>What may stand in the lists of components of each level.</summary>
    private static JsonObject Levels(string[] levels, SchemaComponent[] components, string definitions) => Properties([.. levels.Select(level =>
    {
        SchemaComponent[] here = [.. components.Where(c => MayStandAt(c, level))];
        JsonObject component = Properties(("id", new JsonObject { ["enum"] = Strings(here.Select(c => c.Id)) }));
        JsonArray rules = [.. here.Where(c => c.IsCoded).Select(c => new JsonObject
        {
            ["if"] = Properties(("id", new JsonObject { ["const"] = c.Id })),
            ["then"] = new JsonObject { ["$ref"] = $"#/{definitions}/{c.Id}" },
        })];
        if (rules.Count > 0)
        {
            component["allOf"] = rules;
        }

        return (level, new JsonObject { ["items"] = component });
    })]);

    // An attribute that is the same for all that is sent may be given at a higher level than its own, never at a lower one.
    private static bool MayStandAt(SchemaComponent component, string level) => component.Role != ComponentRole.Attribute || level switch
    {
        "observation" => component.Level == AttachmentLevel.Observation,
        "series" => component.Level != AttachmentLevel.DataSet,
        _ => true,
    };

    private static JsonObject Codes(DataSchema schema, SchemaComponent component)
    {
        BitArray allowed = schema.Allowed(component);
        JsonObject value = Properties(("id", new JsonObject { ["enum"] = Strings(component.Codes!.Codes.Where((_, code) => allowed[code])) }));
        JsonObject codes = Properties(("values", new JsonObject { ["items"] = value }));
        codes.Insert(0, "title", component.Name.Best() ?? component.Id);
        return codes;
    }

    private static JsonObject Properties(params (string Name, JsonObject Schema)[] properties)
        => new() { ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Schema))) };

    private static JsonArray Strings(IEnumerable<string> texts) => [.. texts.Select(t => JsonValue.Create(t))];
}
