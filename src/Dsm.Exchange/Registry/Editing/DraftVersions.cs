using System.Globalization;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>
/// Numbers of drafts. A draft is the next version with an extension (<c>1.1.0-draft</c>): it may change freely, no stable artefact can
/// depend on it, and it is promoted by losing the extension (SDMX 3.0 technical notes, "Semantic versioning").
/// </summary>
public static class DraftVersions
{
    /// <summary>The extension of the first draft; further ones are <c>draft2</c>, <c>draft3</c>.</summary>
    public const string Extension = "draft";

    /// <summary>True for a version that people edit.</summary>
    public static bool IsDraft(SdmxVersion version) => version.Extension is not null;

    /// <summary>The version that a draft is made from and compared with: the latest stable one, else the latest that is no draft; null for an artefact that is new.</summary>
    public static Maintainable? Base(IEnumerable<Maintainable> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        Maintainable[] finished = [.. versions.Where(v => !IsDraft(v.Version)).OrderBy(v => v.Version)];
        return finished.LastOrDefault(v => v.Version.IsStable) ?? finished.LastOrDefault();
    }

    /// <summary>The number a new draft gets: an addition to the version it is made from, which is what most changes are, not in use yet.</summary>
    /// <param name="versions">All versions there are.</param>
    /// <param name="from">The version it is made from.</param>
    public static SdmxVersion Next(IReadOnlyCollection<Maintainable> versions, SdmxVersion from)
    {
        ArgumentNullException.ThrowIfNull(versions);
        SdmxVersion next = Semantic(from, ChangeImpact.Minor);
        while (versions.Any(v => v.Version == next))
        {
            next = Semantic(next, ChangeImpact.Minor);
        }

        for (int i = 1; ; i++)
        {
            SdmxVersion draft = SdmxVersion.Parse(string.Create(CultureInfo.InvariantCulture, $"{next}-{Extension}{(i == 1 ? "" : i)}"));
            if (versions.All(v => v.Version != draft))
            {
                return draft;
            }
        }
    }

    /// <summary>
    /// The smallest stable version that says a change of a base, and is not in use: what a draft may be published as. Of an artefact that
    /// is new the number of the draft itself.
    /// </summary>
    public static SdmxVersion Required(IReadOnlyCollection<Maintainable> versions, Maintainable? from, Maintainable draft)
    {
        ArgumentNullException.ThrowIfNull(versions);
        ArgumentNullException.ThrowIfNull(draft);
        SdmxVersion next = from is null ? Plain(draft.Version) : Semantic(from.Version, Impact(from, draft));
        while (versions.Any(v => v.Version == next))
        {
            next = Semantic(next, ChangeImpact.Patch);
        }

        return next;
    }

    /// <summary>True when a version is finished, as large as required, and free.</summary>
    public static bool MayBePublishedAs(IReadOnlyCollection<Maintainable> versions, SdmxVersion required, SdmxVersion wanted)
        => wanted.IsStable && wanted >= required && versions.All(v => v.Version != wanted);

    /// <summary>The weightiest change between two versions; a version that differs in nothing still counts as a text.</summary>
    public static ChangeImpact Impact(Maintainable before, Maintainable after)
        => StructureComparison.Compare(before, after).Impact is var impact && impact == ChangeImpact.None ? ChangeImpact.Patch : impact;

    // Legacy numbers (1.0) go on as semantic ones (1.1.0): only these can be stable.
    private static SdmxVersion Semantic(SdmxVersion from, ChangeImpact impact)
    {
        SdmxVersion whole = SdmxVersion.Parse(string.Create(CultureInfo.InvariantCulture, $"{from.Major}.{from.Minor}.{from.Patch}"));
        SdmxVersion next = from.IsSemantic || impact != ChangeImpact.Patch ? ArtefactComparison.Next(whole, impact) : ArtefactComparison.Next(whole, ChangeImpact.Minor);
        return next.Major == 0 ? SdmxVersion.Parse("1.0.0") : next;
    }

    private static SdmxVersion Plain(SdmxVersion version)
    {
        SdmxVersion plain = SdmxVersion.Parse(string.Create(CultureInfo.InvariantCulture, $"{version.Major}.{version.Minor}.{version.Patch}"));
        return plain.Major == 0 ? SdmxVersion.Parse("1.0.0") : plain;
    }
}
