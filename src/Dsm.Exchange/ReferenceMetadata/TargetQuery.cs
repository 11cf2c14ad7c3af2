using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.ReferenceMetadata;

/// <summary>Whether what a report is about is among the structures asked for.</summary>
internal sealed class TargetQuery(MetadataQuery query, StructureSet structures)
{
    private readonly HashSet<string> _asked =
        [.. query.Select(structures.All.Where(a => query.TargetType is null || a.Type == query.TargetType)).Select(a => a.Urn)];

    /// <summary>True for the URN, wildcards included, of an artefact asked for or of something in one.</summary>
    public bool IsMet(string target)
    {
        if (!StructureReference.TryParseUrn(target, out StructureReference? reference) || (query.TargetType is { } type && reference.Type != type))
        {
            return false;
        }

        Maintainable[] meant = [.. Meant(reference)];
        return meant.Length > 0
            ? meant.Any(a => _asked.Contains(a.Urn))
            : (query.Agencies.IsEmpty || query.Agencies.Contains(reference.AgencyId)) && (query.Ids.IsEmpty || query.Ids.Contains(reference.Id)) && IsVersion(reference.Version);
    }

    private IEnumerable<Maintainable> Meant(StructureReference reference)
        => !VersionQuery.TryParse(reference.Version, out VersionQuery? versions) ? [] : structures.All
            .Where(a => reference.Type == a.Type && (reference.AgencyId == "*" || reference.AgencyId == a.AgencyId) && (reference.Id == "*" || reference.Id == a.Id))
            .GroupBy(a => (a.AgencyId, a.Id)).SelectMany(g => versions.Select(g, a => a.Version));

    // Of what is not here no other versions are known: any that could be the one asked for is.
    private bool IsVersion(string version)
        => VersionQuery.TryParse(query.Version, out VersionQuery? asked) && SdmxVersion.TryParse(version, out SdmxVersion known) && asked.Select([known], v => v).Any();
}
