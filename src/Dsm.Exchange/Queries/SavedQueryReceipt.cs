using System.Collections.Immutable;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Queries;

/// <summary>Why a query is not kept.</summary>
public enum SavedQueryFault
{
    /// <summary>It has no name.</summary>
    NoName,

    /// <summary>Its name has more than <see cref="SavedQuery.MaxName"/> characters.</summary>
    LongName,

    /// <summary>Its name holds line ends or other control characters.</summary>
    NameCharacters,

    /// <summary>Its owner has another one of this name.</summary>
    NameTaken,

    /// <summary>It has no address.</summary>
    NoAddress,

    /// <summary>Its address has more than <see cref="QueryAddress.MaxLength"/> characters.</summary>
    LongAddress,

    /// <summary>The address is none of SDMX REST on this hub.</summary>
    NotRest,

    /// <summary>The parser does not understand it; the findings say why.</summary>
    Malformed,

    /// <summary>It asks for something else than data or what data there are.</summary>
    NotData,

    /// <summary>Nothing of what it names is there.</summary>
    UnknownArtefact,

    /// <summary>It does not fit the structure of what it names; the findings say why.</summary>
    DoesNotFit,

    /// <summary>Its owner keeps <see cref="SavedQuery.MostOfOne"/> already.</summary>
    TooMany,
}

/// <summary>What became of the wish to keep or rename a query.</summary>
/// <param name="Id">Its number; null when it was not kept, or is not there.</param>
/// <param name="Faults">What is wrong, each with its field: <c>name</c> or <c>address</c>.</param>
/// <param name="Issues">Findings of the parser or the resolver about the address.</param>
public sealed record SavedQueryReceipt(long? Id, ImmutableArray<(string Field, SavedQueryFault Fault)> Faults, ImmutableArray<Issue> Issues);
