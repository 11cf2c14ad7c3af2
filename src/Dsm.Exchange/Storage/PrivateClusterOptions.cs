namespace Dsm.Exchange.Storage;

/// <summary>How a <see cref="PrivateCluster"/> is run. The defaults are those of a hub in service.</summary>
public sealed record PrivateClusterOptions
{
    /// <summary>
    /// False gives up safety against power loss (no fsync) for speed: only for databases that are thrown away.
    /// </summary>
    public bool Durable { get; init; } = true;

    /// <summary>True starts the server again when it dies under a running hub.</summary>
    public bool Supervised { get; init; } = true;

    /// <summary>Connections the server accepts. Each costs memory only when used.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>How long a start may take, recovery after a crash included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
