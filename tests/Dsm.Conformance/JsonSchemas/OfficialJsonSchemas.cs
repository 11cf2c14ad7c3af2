using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Formats;
using Dsm.Tests;

namespace Dsm.Conformance.JsonSchemas;

/// <summary>
/// The official JSON schemas of SDMX-JSON, and the part of JSON Schema that they use. They are of three dialects: those of 1.0 and 2.0
/// say draft-04 by their <c>id</c> but use words of draft-06, those of 2.1 are 2019-09 with <c>unevaluatedProperties</c> beside
/// <c>$ref</c>. No library for .NET at hand takes all three, hence this one; it refuses words that it does not know, and agrees with
/// <see cref="Ajv"/> where that is installed.
/// </summary>
public sealed partial class OfficialJsonSchemas
{
    private static readonly ConcurrentDictionary<string, OfficialJsonSchemas> Loaded = new();
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new();

    private readonly JsonElement _root;

    private OfficialJsonSchemas(string path) => _root = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

    /// <summary>What is wrong with a message by the schema of a kind (<c>data</c>, <c>structure</c>, <c>metadata</c>) and version; empty when it is valid.</summary>
    public static IReadOnlyList<string> Errors(byte[] message, string kind, string version)
    {
        string path = SharedFolder.Path("standards", "sdmx-json", version, "schemas", $"sdmx-json-{kind}-schema.json");
        using JsonDocument document = JsonDocument.Parse(message);
        List<string> errors = Duplicates(message);
        OfficialJsonSchemas schema = Loaded.GetOrAdd(path, p => new OfficialJsonSchemas(p));
        schema.Check(schema._root, document.RootElement, "$", errors, []);
        return errors;
    }

    /// <summary>What is wrong with a message by the schema of its format; empty when it is valid.</summary>
    public static IReadOnlyList<string> Errors(SdmxFormat format, byte[] message)
    {
        string kind = format.Kind switch
        {
            MessageKind.JsonStructure => "structure",
            MessageKind.JsonMetadata => "metadata",
            _ => "data",
        };
        return Errors(message, kind, format.Version[..3]);
    }

    /// <summary>Names that an object has twice: valid by the schemas, but lost by most readers.</summary>
    private static List<string> Duplicates(byte[] message)
    {
        List<string> errors = [];
        Stack<HashSet<string>> names = new();
        Utf8JsonReader reader = new(message);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    names.Push([]);
                    break;
                case JsonTokenType.EndObject:
                    names.Pop();
                    break;
                case JsonTokenType.PropertyName when !names.Peek().Add(reader.GetString()!):
                    errors.Add($"'{reader.GetString()}' stands twice in an object");
                    break;
            }
        }

        return errors;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> errors, HashSet<string> evaluated)
    {
        if (schema.ValueKind is JsonValueKind.True || errors.Count > 20)
        {
            return;
        }

        foreach (JsonProperty word in schema.EnumerateObject())
        {
            CheckWord(schema, word.Name, word.Value, value, at, errors, evaluated);
        }

        // Last, as it depends on all others.
        if (schema.TryGetProperty("unevaluatedProperties", out _) && value.ValueKind == JsonValueKind.Object)
        {
            errors.AddRange(value.EnumerateObject().Where(p => !evaluated.Contains(p.Name)).Select(p => $"{at}: {p.Name} is not allowed"));
        }
    }

    private void CheckWord(JsonElement schema, string word, JsonElement argument, JsonElement value, string at, List<string> errors, HashSet<string> evaluated)
    {
        switch (word)
        {
            case "$ref":
                Check(Resolve(argument.GetString()!), value, at, errors, evaluated);
                break;
            case "type":
                bool isType = argument.ValueKind == JsonValueKind.Array ? argument.EnumerateArray().Any(t => IsOf(value, t.GetString()!)) : IsOf(value, argument.GetString()!);
                Require(isType, $"is not of type {argument}");
                break;
            case "enum":
                Require(argument.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)), $"is none of {argument}");
                break;
            case "const":
                Require(JsonElement.DeepEquals(argument, value), $"is not {argument}");
                break;
            case "properties" when value.ValueKind == JsonValueKind.Object:
                foreach (JsonProperty property in argument.EnumerateObject())
                {
                    if (value.TryGetProperty(property.Name, out JsonElement member))
                    {
                        evaluated.Add(property.Name);
                        Check(property.Value, member, $"{at}.{property.Name}", errors, []);
                    }
                }

                break;
            case "patternProperties" when value.ValueKind == JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    foreach (JsonProperty pattern in argument.EnumerateObject().Where(p => Pattern(p.Name).IsMatch(member.Name)))
                    {
                        evaluated.Add(member.Name);
                        Check(pattern.Value, member.Value, $"{at}.{member.Name}", errors, []);
                    }
                }

                break;
            case "additionalProperties" when value.ValueKind == JsonValueKind.Object && argument.ValueKind == JsonValueKind.False:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    bool isKnown = (schema.TryGetProperty("properties", out JsonElement known) && known.TryGetProperty(member.Name, out _))
                        || (schema.TryGetProperty("patternProperties", out JsonElement patterns) && patterns.EnumerateObject().Any(p => Pattern(p.Name).IsMatch(member.Name)));
                    Require(isKnown, $"must not have {member.Name}");
                }

                break;
            case "required" when value.ValueKind == JsonValueKind.Object:
                foreach (JsonElement name in argument.EnumerateArray())
                {
                    Require(value.TryGetProperty(name.GetString()!, out _), $"has no {name}");
                }

                break;
            case "maxProperties" when value.ValueKind == JsonValueKind.Object:
                Require(value.EnumerateObject().Count() <= argument.GetInt32(), "has too many members");
                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Check(argument, item, $"{at}[{index++}]", errors, []);
                }

                break;
            case "minItems" when value.ValueKind == JsonValueKind.Array:
                Require(value.GetArrayLength() >= argument.GetInt32(), "has too few elements");
                break;
            case "maxItems" when value.ValueKind == JsonValueKind.Array:
                Require(value.GetArrayLength() <= argument.GetInt32(), "has too many elements");
                break;
            case "minLength" when value.ValueKind == JsonValueKind.String:
                Require(value.GetString()!.Length >= argument.GetInt32(), "is too short");
                break;
            case "maxLength" when value.ValueKind == JsonValueKind.String:
                Require(value.GetString()!.Length <= argument.GetInt32(), "is too long");
                break;
            case "uniqueItems" when value.ValueKind == JsonValueKind.Array && argument.ValueKind == JsonValueKind.True:
                Require(value.EnumerateArray().Select(e => e.GetRawText()).Distinct().Count() == value.GetArrayLength(), "has an element twice");
                break;
            case "pattern" when value.ValueKind == JsonValueKind.String:
                Require(Pattern(argument.GetString()!).IsMatch(value.GetString()!), $"'{value}' does not match {argument}");
                break;
            case "format" when value.ValueKind == JsonValueKind.String:
                Require(IsFormat(argument.GetString()!, value.GetString()!), $"'{value}' is no {argument}");
                break;
            case "minimum" when value.ValueKind == JsonValueKind.Number:
                Require(value.GetDouble() >= argument.GetDouble(), $"{value} is below {argument}");
                break;
            case "maximum" when value.ValueKind == JsonValueKind.Number:
                Require(value.GetDouble() <= argument.GetDouble(), $"{value} is above {argument}");
                break;
            case "not":
                List<string> denied = [];
                Check(argument, value, at, denied, []);
                Require(denied.Count > 0, $"{Shorten(value)} fits what it must not");
                break;
            case "allOf":
                foreach (JsonElement one in argument.EnumerateArray())
                {
                    Check(one, value, at, errors, evaluated);
                }

                break;
            case "anyOf" or "oneOf":
                List<List<string>> tried = [];
                foreach (JsonElement one in argument.EnumerateArray())
                {
                    List<string> found = [];
                    HashSet<string> seen = [];
                    Check(one, value, at, found, seen);
                    tried.Add(found);
                    evaluated.UnionWith(found.Count == 0 ? seen : []);
                }

                int holding = tried.Count(t => t.Count == 0);
                Require(word == "oneOf" ? holding == 1 : holding > 0, $"{Shorten(value)} fits {holding} of {word}: {string.Join("; ", tried.SelectMany(t => t).Take(3))}");
                break;
            case "properties" or "patternProperties" or "additionalProperties" or "required" or "items" or "minItems" or "maxItems" or "minLength" or "maxLength" or "uniqueItems" or "pattern" or "format" or "minimum" or "maximum" or "maxProperties"
                or "unevaluatedProperties" or "$defs" or "definitions" or "$schema" or "$id" or "id" or "title" or "description" or "$comment" or "examples" or "default" or "$$target":
                break;
            default:
                throw new NotSupportedException($"JSON Schema word '{word}'");
        }

        void Require(bool holds, string what)
        {
            if (!holds)
            {
                errors.Add($"{at}: {what}");
            }
        }
    }

    private static string Shorten(JsonElement value) => value.GetRawText() is { Length: > 80 } text ? text[..80] : value.GetRawText();

    private JsonElement Resolve(string reference)
    {
        JsonElement element = _root;
        foreach (string part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            element = element.GetProperty(part);
        }

        return element;
    }

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        _ => throw new NotSupportedException(type),
    };

    private static bool IsFormat(string format, string text) => format switch
    {
        "date-time" => DateTimePattern().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "uri-reference" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        "email" => text.Contains('@', StringComparison.Ordinal),
        _ => throw new NotSupportedException(format),
    };

    private static Regex Pattern(string pattern) => Patterns.GetOrAdd(pattern, p => new Regex(p, RegexOptions.CultureInvariant));

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex DateTimePattern();
}
