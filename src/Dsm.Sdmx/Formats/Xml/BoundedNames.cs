using System.Xml;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// The names an XML parser has seen, which it keeps for as long as it lives: a message with more different ones than any real one has
/// is stopped.
/// </summary>
internal sealed class BoundedNames : XmlNameTable
{
    /// <summary>Most different names of elements, attributes, prefixes and namespaces in one message.</summary>
    public const int MaxNames = 100_000;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public BoundedNames() => _bySpan = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    public override string Add(char[] array, int offset, int length) => Add(array.AsSpan(offset, length));

    public override string Add(string array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return Add(array.AsSpan());
    }

    public override string? Get(char[] array, int offset, int length) => _bySpan.TryGetValue(array.AsSpan(offset, length), out string? name) ? name : null;

    public override string? Get(string array) => _names.GetValueOrDefault(array);

    private string Add(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return string.Empty;
        }

        if (!_bySpan.TryGetValue(text, out string? name))
        {
            if (_names.Count >= MaxNames)
            {
                throw new MessageException(new Issue(IssueCodes.TooLarge, Location.None, "names", MaxNames));
            }

            name = text.ToString();
            _names.Add(name, name);
        }

        return name;
    }
}
