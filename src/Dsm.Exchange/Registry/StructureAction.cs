namespace Dsm.Exchange.Registry;

/// <summary>What is to be done with an artefact.</summary>
public enum StructureAction
{
    /// <summary>It is new: an artefact of this identity must not be there yet.</summary>
    Append,

    /// <summary>It is added, or takes the place of the one that is there.</summary>
    Replace,

    /// <summary>Its items are added to those that are there, or take the place of those of the same id; other items stay.</summary>
    Merge,

    /// <summary>It goes.</summary>
    Delete,
}
