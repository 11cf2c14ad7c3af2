namespace Dsm.Sdmx.Model;

/// <summary>
/// That data or metadata are provided under an agreement, and where they are (information model, Registration; SDMXRegistryBase.xsd,
/// RegistrationType). Periods and instants are kept as written.
/// </summary>
public sealed record Registration
{
    /// <summary>Id, given by the registry; null in a new registration.</summary>
    public string? Id { get; init; }

    /// <summary>The provision agreement; null only where a message does not say it.</summary>
    public StructureReference? ProvisionAgreement { get; init; }

    /// <summary>URL of a file, or null.</summary>
    public string? SimpleDataSource { get; init; }

    /// <summary>Service from which they can be queried, or null.</summary>
    public QueryableDataSource? QueryableDataSource { get; init; }

    /// <summary>First instant from which they are to be found there; null for no limit.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last instant until which they are to be found there; null for no limit.</summary>
    public string? ValidTo { get; init; }

    /// <summary>When the source was updated last, or null.</summary>
    public string? LastUpdated { get; init; }

    /// <summary>True when the registry is to index the keys of series.</summary>
    public bool IndexTimeSeries { get; init; }

    /// <summary>True when the registry is to index the range of values of each dimension.</summary>
    public bool IndexDataSet { get; init; }

    /// <summary>True when the registry is to index attributes too.</summary>
    public bool IndexAttributes { get; init; }

    /// <summary>True when the registry is to index the periods.</summary>
    public bool IndexReportingPeriod { get; init; }
}
