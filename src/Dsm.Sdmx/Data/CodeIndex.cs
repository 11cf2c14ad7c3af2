using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Dsm.Sdmx.Data;

/// <summary>
/// The values a component may have, numbered densely from 0 in the order of their list. Immutable, shared by all readers of a schema.
/// </summary>
public sealed class CodeIndex
{
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private CodeBytes? _byBytes;

    /// <summary>Numbers the codes; of repeated ids the first counts.</summary>
    public CodeIndex(IEnumerable<string> codes)
    {
        Codes = [.. codes.Distinct(StringComparer.Ordinal)];
        _byText = Codes.Select((code, index) => KeyValuePair.Create(code, index))
            .ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The index without codes.</summary>
    public static CodeIndex Empty { get; } = new([]);

    /// <summary>The codes by number.</summary>
    public ImmutableArray<string> Codes { get; }

    /// <summary>Number of codes.</summary>
    public int Count => Codes.Length;

    /// <summary>Number of a code; -1 when it is not there. Case counts.</summary>
    public int IndexOf(ReadOnlySpan<char> code) => _byText.TryGetValue(code, out int index) ? index : -1;

    /// <summary>Number of a code given in UTF-8; -1 when it is not there.</summary>
    internal int IndexOf(ReadOnlySpan<byte> code) => (_byBytes ??= new CodeBytes(Codes)).IndexOf(code);
}
