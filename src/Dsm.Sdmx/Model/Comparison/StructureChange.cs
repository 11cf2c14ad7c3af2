namespace Dsm.Sdmx.Model;

/// <summary>What happened to a part of an artefact.</summary>
public enum ChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It is another.</summary>
    Changed,
}

/// <summary>
/// What a change means to users of an artefact, as the number of the version that it raises (SDMX 3.0, semantic versioning). The order
/// matters: a larger value weighs more.
/// </summary>
public enum ChangeImpact
{
    /// <summary>Nothing changed.</summary>
    None,

    /// <summary>Text or other things that neither data nor maps depend on: compatible both ways.</summary>
    Patch,

    /// <summary>An addition: what was valid stays valid.</summary>
    Minor,

    /// <summary>What was valid may no longer be, or means something else.</summary>
    Major,
}

/// <summary>One difference between two versions of an artefact.</summary>
/// <param name="Path">Where, by properties of the model and ids, e.g. <c>Codes[ARM].Name@en</c>.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Impact">What it means.</param>
/// <param name="Before">The former value as text; null for an addition.</param>
/// <param name="After">The new value as text; null for a removal.</param>
public sealed record StructureChange(string Path, ChangeKind Kind, ChangeImpact Impact, string? Before, string? After);
