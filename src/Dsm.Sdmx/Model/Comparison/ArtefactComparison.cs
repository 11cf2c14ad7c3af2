using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>How an artefact differs between two sets of structures.</summary>
/// <param name="Before">The artefact before; null when it is new.</param>
/// <param name="After">The artefact after; null when it is gone.</param>
/// <param name="Changes">The differences; none for an artefact that is new or gone.</param>
public sealed record ArtefactComparison(Maintainable? Before, Maintainable? After, ImmutableArray<StructureChange> Changes)
{
    /// <summary>What happened to the artefact; null when nothing did.</summary>
    public ChangeKind? Kind => Before is null ? ChangeKind.Added : After is null ? ChangeKind.Removed : Changes.IsEmpty && Before.Version == After.Version ? null : ChangeKind.Changed;

    /// <summary>The reference after, or before for one that is gone.</summary>
    public StructureReference Reference => (After ?? Before)!.Reference;

    /// <summary>The weightiest of the changes.</summary>
    public ChangeImpact Impact => Changes.IsEmpty ? ChangeImpact.None : Changes.Max(c => c.Impact);

    /// <summary>The smallest version after <see cref="Before"/> that the changes require; null for an artefact that is new or gone.</summary>
    public SdmxVersion? RequiredVersion => Before is null || After is null ? null : Next(Before.Version, Impact);

    /// <summary>True when the version of <see cref="After"/> is at least the required one.</summary>
    public bool HasRequiredVersion => RequiredVersion is not { } required || After!.Version >= required;

    /// <summary>
    /// The smallest version that says a change. A draft (<c>1.1.0-draft</c>) may change as it is; before <c>1.0.0</c> nothing is
    /// promised, so a breaking change raises the second number; legacy versions (<c>1.0</c>) have no third.
    /// </summary>
    public static SdmxVersion Next(SdmxVersion version, ChangeImpact impact)
    {
        if (impact == ChangeImpact.None || version.Extension is not null)
        {
            return version;
        }

        (int major, int minor, int patch) = (version.Major, version.Minor, version.Patch);
        bool isMajor = impact == ChangeImpact.Major && major > 0;
        return SdmxVersion.Parse(isMajor ? (version.IsSemantic ? $"{major + 1}.0.0" : $"{major + 1}.0")
            : !version.IsSemantic ? $"{major}.{minor + 1}"
            : impact == ChangeImpact.Patch ? $"{major}.{minor}.{patch + 1}" : $"{major}.{minor + 1}.0");
    }
}
