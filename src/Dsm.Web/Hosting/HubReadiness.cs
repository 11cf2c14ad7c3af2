namespace Dsm.Web.Hosting;

/// <summary>How far the start of this node has come. Written by the start-up, read by health checks and the gate.</summary>
public sealed class HubReadiness
{
    private volatile bool migrated;
    private volatile bool structuresLoaded;
    private volatile bool jobsRunning;
    private volatile Exception? failure;

    /// <summary>True when the database has the tables of this version.</summary>
    public bool Migrated { get => migrated; set => migrated = value; }

    /// <summary>True when the registry holds the structures.</summary>
    public bool StructuresLoaded { get => structuresLoaded; set => structuresLoaded = value; }

    /// <summary>True while this node's job server works.</summary>
    public bool JobsRunning { get => jobsRunning; set => jobsRunning = value; }

    /// <summary>What ended the start; null while nothing did.</summary>
    public Exception? Failure { get => failure; set => failure = value; }

    /// <summary>True when pages and REST can answer.</summary>
    public bool CanServe => Migrated && StructuresLoaded;
}
