using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>Why codes of another codelist cannot be taken in as said.</summary>
public enum ExtensionFault
{
    /// <summary>The other list takes codes of this one in, or is this one.</summary>
    Circle,

    /// <summary>The prefix has characters that no code may have.</summary>
    BadPrefix,

    /// <summary>The other list has no such code, or none that fits the pattern.</summary>
    NoCode,
}

/// <summary>Codelists that take in codes of others (SDMX 3.0 CodelistExtension): what that comes to, and what is wrong with it.</summary>
public static class ExtensionEdits
{
    /// <summary>A list with the codes it takes in; as it is when it takes in none.</summary>
    public static ItemScheme? Whole(ItemScheme? list, StructureSet structures) => list is Codelist { Extensions.IsEmpty: false } codes ? CodelistExtensions.Resolve(structures, codes) : list;

    /// <summary>Number of codes that an extension takes in; null when its list is not here.</summary>
    public static int? CountOf(Codelist list, CodelistExtension extension, StructureSet structures)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(structures);
        return structures.FindFrom<Codelist>(list, extension.Codelist) is null ? null : CodelistExtensions.Resolve(structures, list with { Codes = [], Extensions = [extension] }).Codes.Length;
    }

    /// <summary>What is wrong with an extension, with the value concerned.</summary>
    public static IEnumerable<(ExtensionFault Fault, string Value)> Problems(Codelist list, CodelistExtension extension, StructureSet structures)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(structures);
        if (structures.FindFrom<Codelist>(list, extension.Codelist) is not { } other)
        {
            yield break;
        }

        if (LeadsTo(other, list, structures, []))
        {
            yield return (ExtensionFault.Circle, other.Id);
            yield break;
        }

        if (extension.Prefix is { } prefix && !ItemSheet.IsId(list, prefix + "A"))
        {
            yield return (ExtensionFault.BadPrefix, prefix);
        }

        ImmutableArray<Code> codes = CodelistExtensions.Resolve(structures, other).Codes;
        foreach (string value in extension.Codes.Select(c => c.Value).Distinct().Where(v => !codes.Any(c => CodelistExtensions.Matches(c.Id, v))))
        {
            yield return (ExtensionFault.NoCode, value);
        }
    }

    private static bool LeadsTo(Codelist from, Codelist to, StructureSet structures, HashSet<string> seen)
        => (from.AgencyId == to.AgencyId && from.Id == to.Id)
            || (seen.Add(from.Urn) && from.Extensions.Select(e => structures.FindFrom<Codelist>(from, e.Codelist)).OfType<Codelist>().Any(c => LeadsTo(c, to, structures, seen)));
}
