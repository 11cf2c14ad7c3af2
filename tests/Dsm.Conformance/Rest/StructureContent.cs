using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Rest;

/// <summary>What a message of structures or reference metadata holds, read strictly: any error is a failure.</summary>
internal static class StructureContent
{
    /// <summary>
    /// Judges a check: <c>is=</c> and <c>has=</c> name artefacts as <c>Class:ID(version)</c>, separated by blanks, all of them or some;
    /// <c>count=</c> tells how many there are; <c>items=</c> the ids of the items of the first artefact; <c>partial=</c> and
    /// <c>stubs=</c> the artefacts that are marked so. Null when the check is of another kind.
    /// </summary>
    public static (string Found, string Expected)? Judge(string check, byte[] body, SdmxFormat format)
    {
        if (check.Split('=', 2) is not [var kind, var value] || kind is not ("is" or "has" or "count" or "items" or "partial" or "stubs"))
        {
            return null;
        }

        Maintainable[] artefacts = Read(body, format);
        string[] expected = [.. value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
        IEnumerable<string> found = kind switch
        {
            "is" => artefacts.Select(Name),
            "has" => artefacts.Select(Name).Intersect(expected),
            "count" => [$"{artefacts.Length}"],
            "items" => artefacts[0] is ItemScheme scheme ? scheme.AllItems.Select(i => i.Id) : ((Hierarchy)artefacts[0]).Codes.Select(c => c.Id),
            "partial" => artefacts.OfType<ItemScheme>().Where(a => a.IsPartial).Select(Name),
            _ => artefacts.Where(a => a.IsExternalReference).Select(Name),
        };
        return (string.Join(' ', found.Order(StringComparer.Ordinal)), string.Join(' ', expected));
    }

    private static Maintainable[] Read(byte[] body, SdmxFormat format)
    {
        IssueList issues = new();
        using MemoryStream message = new(body);
        Maintainable[] artefacts = MetadataMessageReader.CanRead(format) ? [.. MetadataMessageReader.Read(message, issues).Sets] : [.. StructureMessages.Read(message, issues).Structures.All];
        issues.Kept.Where(i => i.Code.Severity >= Severity.Error).Should().BeEmpty();
        return artefacts;
    }

    private static string Name(Maintainable artefact) => $"{artefact.Type}:{artefact.Id}({artefact.Version})";
}
