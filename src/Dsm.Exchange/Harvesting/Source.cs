namespace Dsm.Exchange.Harvesting;

/// <summary>What a source is (SDMX registration: SimpleDatasource or QueryableDatasource).</summary>
public enum SourceKind
{
    /// <summary>A file at a URL.</summary>
    File,

    /// <summary>An SDMX REST service; the URL is that of its data resource for the flow.</summary>
    Rest,
}

/// <summary>A registered source of data for a provision agreement: where, when and how it is harvested.</summary>
public sealed class Source
{
    /// <summary>Id, also of its recurring job.</summary>
    public required string Id { get; set; }

    /// <summary>URN of the provision agreement.</summary>
    public required string AgreementUrn { get; set; }

    /// <summary>Name by language.</summary>
    public Dictionary<string, string> Name { get; set; } = [];

    /// <summary>File or REST service.</summary>
    public SourceKind Kind { get; set; }

    /// <summary>Absolute URL.</summary>
    public required string Url { get; set; }

    /// <summary>Media types asked for (HTTP Accept); null for whatever the source sends.</summary>
    public string? Accept { get; set; }

    /// <summary>Schedule as cron expression, UTC; null for never by itself.</summary>
    public string? Schedule { get; set; }

    /// <summary>Seconds of silence after which a request is given up.</summary>
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Seconds of wall-clock time after which a run is ended.</summary>
    public int RunLimitSeconds { get; set; } = 1800;

    /// <summary>URN of the structure map; null when the source follows the regional structure.</summary>
    public string? MapUrn { get; set; }

    /// <summary>URN of the national dataflow; null when the source follows the regional structure.</summary>
    public string? SourceStructureUrn { get; set; }

    /// <summary>True when each answer holds all data.</summary>
    public bool IsSnapshot { get; set; } = true;

    /// <summary>True when the source understands <c>updatedAfter</c>.</summary>
    public bool KnowsUpdatedAfter { get; set; }

    /// <summary>Share of the agreement's observations (0 to 1) that one run may withdraw; beyond it the run fails and nothing changes.</summary>
    public double MaxWithdrawnShare { get; set; } = 0.2;

    /// <summary>User name for HTTP basic authentication; null for none.</summary>
    public string? CredentialName { get; set; }

    /// <summary>Password or bearer token, protected by the data protection keys of the hub; never logged, never shown.</summary>
    public string? CredentialSecret { get; set; }

    /// <summary>True when its figures are synthetic, which pages must say.</summary>
    public bool IsSynthetic { get; set; }

    /// <summary>False when it is not harvested.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>ETag of the last answer that was merged or unchanged.</summary>
    public string? LastETag { get; set; }

    /// <summary>Last-Modified of that answer, as sent.</summary>
    public string? LastModified { get; set; }

    /// <summary>Hash of that answer's bytes.</summary>
    public string? LastContentHash { get; set; }

    /// <summary>Start of the last good run, by the hub's clock.</summary>
    public DateTimeOffset? LastGoodRunAt { get; set; }

    /// <summary>When that run asked, by the clock of the source; lower bound of <c>updatedAfter</c>.</summary>
    public DateTimeOffset? LastAskedAt { get; set; }

    /// <summary>Start of the last good run that asked for everything, by the hub's clock.</summary>
    public DateTimeOffset? LastWholeRunAt { get; set; }
}
