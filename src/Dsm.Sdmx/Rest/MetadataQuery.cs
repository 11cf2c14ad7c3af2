using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>By what reference metadata are asked for.</summary>
public enum MetadataQueryKind
{
    /// <summary>By the metadata set: agencies are the metadata providers, ids those of the sets.</summary>
    MetadataSet,

    /// <summary>By the metadataflow reported for, and who provided it.</summary>
    Metadataflow,

    /// <summary>By the structure that the sets are about.</summary>
    Structure,
}

/// <summary>Query for reference metadata (REST 1.5 and 2.2, "Metadata queries").</summary>
public sealed record MetadataQuery : RestQuery
{
    /// <summary>What the identification names.</summary>
    public required MetadataQueryKind Kind { get; init; }

    /// <summary>Type of the structures that the sets are about; null for any. Only with <see cref="MetadataQueryKind.Structure"/>.</summary>
    public StructureType? TargetType { get; init; }

    /// <summary>Metadata providers of which one must fit; empty for all. Only with <see cref="MetadataQueryKind.Metadataflow"/>.</summary>
    public ImmutableArray<ProviderQuery> Providers { get; init; } = [];

    /// <summary>True when sets are wanted without their attributes (<c>detail=allstubs</c>).</summary>
    public bool StubsOnly { get; init; }

    /// <summary>Only sets that changed after this moment; null for all (REST 1.5).</summary>
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>
    /// What the reports must be about, part by part: the codes of a data key by dimension, or else the ids of the objects of the target
    /// in its order; null for anything (REST 1.5).
    /// </summary>
    public KeyQuery? Key { get; init; }

    /// <summary>Earliest period reported for, inclusive; null for open (REST 1.5).</summary>
    public TimePeriod? StartPeriod { get; init; }

    /// <summary>Latest period reported for, inclusive; null for open (REST 1.5).</summary>
    public TimePeriod? EndPeriod { get; init; }

    /// <summary>True when former versions of the reports are wanted, too, each with its time of validity (REST 1.5).</summary>
    public bool IncludeHistory { get; init; }

    /// <summary>True when a metadata set is of a provider asked for.</summary>
    /// <param name="set">The set.</param>
    /// <param name="provider">Its provider, an item of a provider scheme; null when only <see cref="Maintainable.AgencyId"/> says it.</param>
    public bool IsOfProvider(MetadataSet set, StructureReference? provider)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Providers.IsEmpty || Providers.Any(p => provider is null
            ? p.Agency is null ? set.AgencyId == p.Id || set.AgencyId.EndsWith("." + p.Id, StringComparison.Ordinal) : set.AgencyId == $"{p.Agency}.{p.Id}"
            : provider.ItemId == p.Id && (p.Agency is null || p.Agency == provider.AgencyId));
    }
}
