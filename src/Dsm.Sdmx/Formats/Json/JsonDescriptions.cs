using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// What SDMX-JSON data messages say of a schema, its components and codes, ready made in the languages of the reader. Kept as long as
/// the schema is, for the languages that were asked for first; whoever asks for others has them made anew. Thread-safe.
/// </summary>
internal sealed class JsonDescriptions
{
    private const int MostLanguages = 16;
    private const int MostCodes = 4096;
    private static readonly ConditionalWeakTable<DataSchema, ConcurrentDictionary<(JsonVersion Version, string Languages), JsonDescriptions>> Known = [];
    private readonly ConcurrentDictionary<string, byte[]> _texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<StructureReference, byte[]> _heads = new();
    private readonly ConcurrentDictionary<(SchemaComponent Component, Code Code), byte[]> _codes = new(ByIdentity.Instance);
    private int _codeCount;

    private JsonDescriptions()
    {
    }

    /// <summary>The descriptions of a schema.</summary>
    public static JsonDescriptions Of(DataSchema schema, JsonVersion version, ImmutableArray<string> languages)
    {
        ConcurrentDictionary<(JsonVersion, string), JsonDescriptions> known = Known.GetOrCreateValue(schema);
        (JsonVersion, string) key = (version, languages.Length == 1 ? languages[0] : string.Join(',', languages));
        if (known.TryGetValue(key, out JsonDescriptions? descriptions))
        {
            return descriptions;
        }

        return known.Count < MostLanguages ? known.GetOrAdd(key, _ => new JsonDescriptions()) : new JsonDescriptions();
    }

    /// <summary>What is said of what the data follow, before the components.</summary>
    /// <param name="reference">What they follow.</param>
    /// <param name="describe">Writes it, when that was not done before.</param>
    public byte[] Of(StructureReference reference, Action<Utf8Output> describe)
        => _heads.TryGetValue(reference, out byte[]? text) ? text
            : _heads.Count < MostLanguages ? _heads[reference] = Made(describe)
            : Made(describe);

    /// <summary>The description of a component.</summary>
    /// <param name="component">The component.</param>
    /// <param name="describe">Writes it, when that was not done before.</param>
    public byte[] Of(SchemaComponent component, Action<Utf8Output, SchemaComponent> describe)
        => _texts.TryGetValue(component.Id, out byte[]? text) ? text : _texts[component.Id] = Made(component, describe);

    /// <summary>The description of a code of a component; null when there are too many to keep: then it is written each time.</summary>
    /// <param name="component">The component.</param>
    /// <param name="code">The code, of the component's codelist.</param>
    /// <param name="describe">Writes it, when that was not done before.</param>
    public byte[]? Of(SchemaComponent component, Code code, Action<Utf8Output, SchemaComponent, Code> describe)
    {
        if (_codes.TryGetValue((component, code), out byte[]? text))
        {
            return text;
        }

        // Counting a concurrent dictionary locks it: the count is kept beside, and may be a little too high.
        return Volatile.Read(ref _codeCount) < MostCodes && Interlocked.Increment(ref _codeCount) <= MostCodes
            ? _codes[(component, code)] = Made(component, code, describe)
            : null;
    }

    // Apart, so that what is ready made is found without a closure.
    private static byte[] Made(SchemaComponent component, Action<Utf8Output, SchemaComponent> describe) => Made(output => describe(output, component));

    private static byte[] Made(SchemaComponent component, Code code, Action<Utf8Output, SchemaComponent, Code> describe) => Made(output => describe(output, component, code));

    private static byte[] Made(Action<Utf8Output> describe)
    {
        ArrayBufferWriter<byte> bytes = new();
        Utf8Output output = new(bytes);
        describe(output);
        output.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Components and codes of one schema are the same objects; their contents need no comparing.</summary>
    private sealed class ByIdentity : IEqualityComparer<(SchemaComponent Component, Code Code)>
    {
        public static readonly ByIdentity Instance = new();

        public bool Equals((SchemaComponent Component, Code Code) x, (SchemaComponent Component, Code Code) y)
            => ReferenceEquals(x.Component, y.Component) && ReferenceEquals(x.Code, y.Code);

        public int GetHashCode((SchemaComponent Component, Code Code) pair)
            => HashCode.Combine(RuntimeHelpers.GetHashCode(pair.Component), RuntimeHelpers.GetHashCode(pair.Code));
    }
}
