using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>
/// Which versions are finished, and what may still be said about them. Semantic versions are finished by their number (SDMX 3.0 technical
/// notes, "Semantic versioning"), legacy ones by <c>isFinal</c> (SDMX 2.1); see docs/decisions/0006-finished-versions.md.
/// </summary>
public static class Finality
{
    /// <summary>True when a version can no longer change.</summary>
    public static bool IsFinal(Maintainable artefact)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        return artefact.Version.IsSemantic ? artefact.Version.IsStable : artefact.IsFinal == true;
    }

    /// <summary>True for a version that people still work on: <c>1.1.0-draft</c>, <c>0.3.0</c>.</summary>
    public static bool IsDraft(SdmxVersion version) => version.IsSemantic && !version.IsStable;

    /// <summary>
    /// True when a finished version may become another without a new number: what is said about it by others than its content, which is
    /// its annotations, links and addresses and the time of its validity; of a legacy version its texts too, which SDMX 2.1 let grow.
    /// </summary>
    public static bool Allows(Maintainable before, Maintainable after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        Maintainable same = before with
        {
            Annotations = after.Annotations,
            Links = after.Links,
            ValidFrom = after.ValidFrom,
            ValidTo = after.ValidTo,
            StructureUrl = after.StructureUrl,
            ServiceUrl = after.ServiceUrl,
            Uri = after.Uri,
            IsFinal = before.Version.IsSemantic ? after.IsFinal : before.IsFinal,
        };
        if (!before.Version.IsSemantic)
        {
            same = same with { Name = after.Name, Description = after.Description };
        }

        return ReferenceEquals(before, after) || StructureComparison.Compare(same, after).Changes.IsEmpty;
    }
}
