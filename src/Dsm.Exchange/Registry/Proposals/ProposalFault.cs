namespace Dsm.Exchange.Registry.Proposals;

/// <summary>Why a proposal cannot be made or drafted.</summary>
public enum ProposalFault
{
    /// <summary>The artefact is not there.</summary>
    NoSuchArtefact,

    /// <summary>The artefact has no codes or concepts that could be added.</summary>
    NoItems,

    /// <summary>The code or concept is not there.</summary>
    NoSuchItem,

    /// <summary>The code or concept is there already.</summary>
    ItemThere,

    /// <summary>What it is to stand below is not there.</summary>
    NoSuchParent,

    /// <summary>An artefact of this id is there already.</summary>
    ArtefactThere,

    /// <summary>The data structure is not there.</summary>
    NoSuchStructure,

    /// <summary>The agency is not one for which this user can propose.</summary>
    NoSuchAgency,

    /// <summary>The id is not one that SDMX allows.</summary>
    InvalidId,

    /// <summary>A new code, concept or indicator needs a name.</summary>
    NoName,

    /// <summary>The words proposed are those that are there.</summary>
    NothingNew,

    /// <summary>It is not said why.</summary>
    NoReason,

    /// <summary>A text is too long.</summary>
    TooLong,
}
