using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>
/// Artefacts as JSON by the properties of the model, for what no version of SDMX carries whole: an artefact of SDMX 2.1 that also has what
/// came with 3.1, a map that lost the structure set it stood in. Not for exchange.
/// </summary>
internal static class ModelJson
{
    private const string Kind = "$";

    private static readonly FrozenDictionary<Type, JsonDerivedType[]> Derived = typeof(Maintainable).Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false, Namespace: "Dsm.Sdmx.Model" })
        .SelectMany(t => Bases(t).Select(b => (Base: b, Type: t))).GroupBy(p => p.Base)
        .ToFrozenDictionary(g => g.Key, g => g.Select(p => new JsonDerivedType(p.Type, p.Type.Name)).ToArray());

    private static readonly JsonSerializerOptions Options = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OnlyWhatIsSet, WithSubtypes } },
        Converters = { new JsonStringEnumConverter(), new VersionText(), new TypeName(), new Texts() },
        AllowOutOfOrderMetadataProperties = true,
        MaxDepth = 256,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>True for a text made by <see cref="Write"/>.</summary>
    public static bool Is(string content) => content.StartsWith("{\"" + Kind + "\":", StringComparison.Ordinal);

    /// <summary>The artefact as text.</summary>
    public static string Write(Maintainable artefact) => JsonSerializer.Serialize(artefact, Options);

    /// <summary>The artefact of a text.</summary>
    public static Maintainable Read(string content) => JsonSerializer.Deserialize<Maintainable>(content, Options)!;

    private static IEnumerable<Type> Bases(Type type)
    {
        for (Type? b = type; b is not null && b != typeof(object); b = b.BaseType)
        {
            yield return b;
        }
    }

    // What is computed follows from what is set. An array that was never set has nothing to write. Pairs are set by their constructor only.
    private static void OnlyWhatIsSet(JsonTypeInfo type)
    {
        if (type.Type is { IsGenericType: true } pair && pair.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        {
            return;
        }

        for (int i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].Set is null)
            {
                type.Properties.RemoveAt(i);
            }
            else if (type.Properties[i].PropertyType is { IsGenericType: true } list && list.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            {
                type.Properties[i].ShouldSerialize = (_, value) => !value!.Equals(Activator.CreateInstance(list));
            }
        }
    }

    private static void WithSubtypes(JsonTypeInfo type)
    {
        if (!type.Type.IsSealed && Derived.TryGetValue(type.Type, out JsonDerivedType[]? derived))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = Kind };
            foreach (JsonDerivedType one in derived)
            {
                type.PolymorphismOptions.DerivedTypes.Add(one);
            }
        }
    }

    private sealed class VersionText : JsonConverter<SdmxVersion>
    {
        public override SdmxVersion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => SdmxVersion.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, SdmxVersion value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class TypeName : JsonConverter<StructureType>
    {
        public override StructureType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => StructureType.FromClass(reader.GetString()!)!;

        public override void Write(Utf8JsonWriter writer, StructureType value, JsonSerializerOptions options) => writer.WriteStringValue(value.Class);
    }

    private sealed class Texts : JsonConverter<LocalisedText>
    {
        public override LocalisedText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => new([.. JsonSerializer.Deserialize<JsonObject>(ref reader)!.Select(p => KeyValuePair.Create(p.Key, (string)p.Value!))]);

        public override void Write(Utf8JsonWriter writer, LocalisedText value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach ((string language, string text) in value.Texts.DistinctBy(t => t.Key))
            {
                writer.WriteString(language, text);
            }

            writer.WriteEndObject();
        }
    }
}
