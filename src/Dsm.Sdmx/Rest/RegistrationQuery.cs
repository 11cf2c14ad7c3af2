using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>By what registrations are asked for.</summary>
public enum RegistrationQueryKind
{
    /// <summary>By the id of the registration.</summary>
    Id,

    /// <summary>By the data provider of its provision agreement: agencies are those of provider schemes, ids those of providers.</summary>
    Provider,

    /// <summary>By its provision agreement, or the dataflow or data structure of that.</summary>
    Structure,
}

/// <summary>Query for registrations of data sources (REST 2.1 and later, "Data registration queries").</summary>
public sealed record RegistrationQuery : RestQuery
{
    /// <summary>What the identification names.</summary>
    public required RegistrationQueryKind Kind { get; init; }

    /// <summary>Data structure, dataflow or provision agreement; null for any. Only with <see cref="RegistrationQueryKind.Structure"/>.</summary>
    public StructureType? Context { get; init; }

    /// <summary>Id of the registration; null unless asked for by it.</summary>
    public string? RegistrationId { get; init; }

    /// <summary>Only those updated after this moment, exclusive; null for all.</summary>
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>Only those updated before this moment, exclusive; null for all.</summary>
    public DateTimeOffset? UpdatedBefore { get; init; }
}
