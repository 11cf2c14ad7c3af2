using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>A part of an artefact that is too long.</summary>
/// <param name="Where">Path of the part, e.g. <c>Codes[A].Name@en</c>.</param>
/// <param name="Length">Characters it has.</param>
/// <param name="Limit">Characters it may have.</param>
public sealed record TooLong(string Where, int Length, int Limit);

/// <summary>Holds the texts and ids of an artefact, whatever properties it has, against <see cref="StructureLimits"/>.</summary>
public sealed class LimitCheck
{
    private const int MostFound = 20;
    private const int ShownOfId = 60;
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Plans = [];
    private readonly StructureLimits _limits;
    private readonly List<TooLong> _found = [];

    private LimitCheck(StructureLimits limits) => _limits = limits;

    /// <summary>The parts that are too long, the first of them when there are many.</summary>
    public static IReadOnlyList<TooLong> Of(Maintainable artefact, StructureLimits limits)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        ArgumentNullException.ThrowIfNull(limits);
        LimitCheck check = new(limits);
        check.Parts("", artefact);
        return check._found;
    }

    /// <summary>The beginning of an id, for messages: an id that is too long would drown them.</summary>
    public static string Shown(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Length <= ShownOfId ? id : id[..ShownOfId] + "…";
    }

    private void Parts(string path, object owner)
    {
        foreach (PropertyInfo property in Plans.GetOrAdd(owner.GetType(), static t => [.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && p.GetIndexParameters().Length == 0)]))
        {
            if (_found.Count < MostFound && property.GetValue(owner) is { } value)
            {
                Value(path, property.Name, value);
            }
        }
    }

    // Paths are made for what is found, and for the parts of lists; references are held against what they refer to.
    private void Value(string path, string name, object value)
    {
        switch (value)
        {
            case string text:
                Hold(() => At(path, name), text.Length, name.EndsWith("Id", StringComparison.Ordinal) ? _limits.Id : _limits.Text);
                break;
            case SdmxVersion version:
                Hold(() => At(path, name), version.ToString().Length, _limits.Id);
                break;
            case LocalisedText texts:
                foreach ((string language, string text) in texts.Texts)
                {
                    Hold(() => $"{At(path, name)}@{language}", text.Length, name == "Name" ? _limits.Name : _limits.Text);
                }

                break;
            case StructureReference or StructureType or Enum or IFormattable or bool:
                break;
            case IEnumerable list:
                Members(path, name, list);
                break;
            case var part when part.GetType().Namespace?.StartsWith("Dsm.Sdmx", StringComparison.Ordinal) == true:
                Parts(At(path, name), part);
                break;
        }
    }

    private void Members(string path, string name, IEnumerable list)
    {
        if (list.GetType() is { IsValueType: true } type && type.GetProperty("IsDefault")?.GetValue(list) is true)
        {
            return;
        }

        int number = 0;
        foreach (object? member in list)
        {
            string key = member is Item { Id: var id } ? Shown(id) : number.ToString(CultureInfo.InvariantCulture);
            if (member is string or LocalisedText)
            {
                Value(path, $"{name}[{key}]", member);
            }
            else if (member is not null && _found.Count < MostFound && member.GetType().Namespace?.StartsWith("Dsm.Sdmx", StringComparison.Ordinal) == true && member is not (StructureReference or StructureType))
            {
                Parts(At(path, $"{name}[{key}]"), member);
            }

            number++;
        }
    }

    private void Hold(Func<string> where, int length, int limit)
    {
        if (length > limit && _found.Count < MostFound)
        {
            _found.Add(new TooLong(where(), length, limit));
        }
    }

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
