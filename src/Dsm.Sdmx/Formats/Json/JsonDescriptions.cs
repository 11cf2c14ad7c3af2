using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// What SDMX-JSON data messages say of the components of a schema, ready made in the languages of the reader. Kept as long as the schema
/// is, for the languages that were asked for first; whoever asks for others has them made anew. Thread-safe.
/// </summary>
internal sealed class JsonDescriptions
{
    private const int MostLanguages = 16;
    private static readonly ConditionalWeakTable<DataSchema, ConcurrentDictionary<(JsonVersion Version, string Languages), JsonDescriptions>> Known = [];
    private readonly ConcurrentDictionary<string, byte[]> _texts = new(StringComparer.Ordinal);

    private JsonDescriptions()
    {
    }

    /// <summary>The descriptions of a schema.</summary>
    public static JsonDescriptions Of(DataSchema schema, JsonVersion version, ImmutableArray<string> languages)
    {
        ConcurrentDictionary<(JsonVersion, string), JsonDescriptions> known = Known.GetOrCreateValue(schema);
        (JsonVersion, string) key = (version, string.Join(',', languages));
        if (known.TryGetValue(key, out JsonDescriptions? descriptions))
        {
            return descriptions;
        }

        return known.Count < MostLanguages ? known.GetOrAdd(key, _ => new JsonDescriptions()) : new JsonDescriptions();
    }

    /// <summary>The description of a component.</summary>
    /// <param name="component">The component.</param>
    /// <param name="describe">Writes it, when that was not done before.</param>
    public byte[] Of(SchemaComponent component, Action<Utf8Output, SchemaComponent> describe)
    {
        if (_texts.TryGetValue(component.Id, out byte[]? text))
        {
            return text;
        }

        ArrayBufferWriter<byte> bytes = new();
        Utf8Output output = new(bytes);
        describe(output, component);
        output.Flush();
        return _texts[component.Id] = bytes.WrittenSpan.ToArray();
    }
}
