using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dsm.Exchange.Storage;

/// <summary>
/// A PostgreSQL server of the hub's own, in <c>DIR/postgres</c>, from the installed programs: loopback only, its own
/// port, password sign-in, never as root. It is created at the first start, found again after a crash of the hub,
/// recovered after a crash of its own, shared by hubs that use the same folder, and stopped by the last of them.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private static readonly TimeSpan SupervisionInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly PrivateClusterFolder folder;
    private readonly PrivateClusterServer server;
    private readonly PrivateClusterOptions options;
    private readonly ILogger log;
    private readonly CancellationTokenSource disposing = new();
    private FileStream? membership;
    private Task supervision = Task.CompletedTask;

    private PrivateCluster(
        PrivateClusterFolder folder, PrivateClusterServer server, string cluster, PrivateClusterOptions options, ILogger log)
    {
        this.folder = folder;
        this.server = server;
        this.options = options;
        this.log = log;
        Directory = cluster;
    }

    /// <summary>An Npgsql connection string to the hub's database, as its owner.</summary>
    public string ConnectionString { get; private set; } = string.Empty;

    /// <summary>The cluster's folder (PostgreSQL's data directory).</summary>
    public string Directory { get; }

    /// <summary>Starts, or joins, the private cluster of a data folder.</summary>
    /// <param name="dataDirectory">The hub's data folder; created when absent.</param>
    /// <param name="log">Told of creation, start, recovery and stop.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="StorageUnavailableException">
    /// PostgreSQL is not installed, no account can run it, the folder is not ours, or the server does not start.
    /// </exception>
    public static Task<PrivateCluster> StartAsync(string dataDirectory, ILogger log, CancellationToken ct) =>
        StartAsync(dataDirectory, new PrivateClusterOptions(), log, ct);

    /// <summary>Starts, or joins, the private cluster of a data folder, with other than the usual options.</summary>
    /// <exception cref="StorageUnavailableException">As above.</exception>
    public static async Task<PrivateCluster> StartAsync(
        string dataDirectory, PrivateClusterOptions options, ILogger log, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new StorageUnavailableException("A private PostgreSQL server needs Linux or macOS; set ConnectionStrings__Hub.");
        }

        PrivateClusterFolder folder = PrivateClusterFolder.Open(dataDirectory);
        await using FileStream gate = await folder.EnterAsync(ct).ConfigureAwait(false);
        string known = folder.ReadLocation() ?? folder.InnerCluster;
        PrivateClusterAccount account = await PrivateClusterAccount.ChooseAsync(known, ct).ConfigureAwait(false);
        string place = await PlaceAsync(folder, account, log, ct).ConfigureAwait(false);
        PrivateClusterBinaries binaries = await PrivateClusterBinaries.FindAsync(VersionOf(place), ct).ConfigureAwait(false);
        PrivateClusterServer server = new(binaries, account, place, options);
        PrivateCluster cluster = new(folder, server, place, options, log);
        if (!server.Exists)
        {
            log.LogInformation("Storage: creating a private PostgreSQL {Version} cluster in {Place}.", binaries.MajorVersion, place);
            await server.CreateAsync(folder.AdminPasswordFile, ct).ConfigureAwait(false);
        }

        int port = await cluster.BringUpOrLeaveNothingAsync(ct).ConfigureAwait(false);
        cluster.ConnectionString = PrivateClusterAccess.HubConnectionString(port, folder.HubPassword);
        cluster.membership = folder.Join();
        if (options.Supervised)
        {
            cluster.supervision = Task.Run(cluster.SuperviseAsync, CancellationToken.None);
        }

        return cluster;
    }

    /// <summary>Leaves the cluster; the last one to leave stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (membership is null)
        {
            return;
        }

        await disposing.CancelAsync().ConfigureAwait(false);
        await supervision.ConfigureAwait(false);
        await using FileStream gate = await folder.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        await membership.DisposeAsync().ConfigureAwait(false);
        membership = null;
        if (folder.IsUsed())
        {
            log.LogInformation("Storage: the private PostgreSQL server is used by another hub and keeps running.");
        }
        else
        {
            await server.StopAsync(CancellationToken.None).ConfigureAwait(false);
            log.LogInformation("Storage: the private PostgreSQL server is stopped.");
        }

        disposing.Dispose();
    }

    private async Task<int> BringUpOrLeaveNothingAsync(CancellationToken ct)
    {
        try
        {
            return await BringUpAsync(ct).ConfigureAwait(false);
        }
        catch when (!folder.IsUsed())
        {
            // Ctrl-C during the start, for instance: the server would run on with nobody to stop it.
            await server.StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<int> BringUpAsync(CancellationToken ct)
    {
        if (server.FindPostmaster() is int pid)
        {
            if (await AnswersAsync(ct).ConfigureAwait(false) is int running)
            {
                log.LogInformation("Storage: joined the private PostgreSQL server that was running (process {Pid}, port {Port}).", pid, running);
                return running;
            }

            log.LogWarning("Storage: the private PostgreSQL server (process {Pid}) runs but does not answer; restarting it.", pid);
            await server.StopAsync(ct).ConfigureAwait(false);
        }

        return await StartServerAsync(fixedPort: null, ct).ConfigureAwait(false);
    }

    private async Task<int> StartServerAsync(int? fixedPort, CancellationToken ct)
    {
        string? said = null;

        // Right after a kill a start can be refused while the old processes end; the port can be lost to another program.
        for (int attempt = 1; attempt <= 4; attempt++)
        {
            await server.EndOrphansAsync(ct).ConfigureAwait(false);
            int port = fixedPort ?? folder.ChoosePort();
            said = await server.StartAsync(port, ct).ConfigureAwait(false);
            if (said is null)
            {
                folder.WritePort(port);
                string admin = PrivateClusterAccess.AdminConnectionString(port, folder.AdminPassword);
                await PrivateClusterAccess.EnsureAsync(admin, folder.HubPassword, ct).ConfigureAwait(false);
                log.LogInformation("Storage: the private PostgreSQL server runs on 127.0.0.1:{Port}.", port);
                return port;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500 * attempt), ct).ConfigureAwait(false);
        }

        throw new StorageUnavailableException($"The private PostgreSQL server in {Directory} does not start:\n{said}");
    }

    // A server left by a killed hub may still be recovering or stopping: give it time to decide.
    private async Task<int?> AnswersAsync(CancellationToken ct)
    {
        Stopwatch waiting = Stopwatch.StartNew();
        while (server.FindPostmaster() is not null && waiting.Elapsed < AnswerTimeout)
        {
            if (server.ReadRunningPort() is int port)
            {
                try
                {
                    string admin = PrivateClusterAccess.AdminConnectionString(port, folder.AdminPassword);
                    await PrivateClusterAccess.EnsureAsync(admin, folder.HubPassword, ct).ConfigureAwait(false);
                    return port;
                }
                catch (NpgsqlException e)
                {
                    log.LogDebug(e, "Storage: the running PostgreSQL server does not answer yet.");
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), ct).ConfigureAwait(false);
        }

        return null;
    }

    private async Task SuperviseAsync()
    {
        try
        {
            using PeriodicTimer timer = new(SupervisionInterval);
            while (await timer.WaitForNextTickAsync(disposing.Token).ConfigureAwait(false))
            {
                if (server.FindPostmaster() is null)
                {
                    await ReviveAsync(disposing.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The hub stops.
        }
    }

    private async Task ReviveAsync(CancellationToken ct)
    {
        try
        {
            await using FileStream gate = await folder.EnterAsync(ct).ConfigureAwait(false);
            if (server.FindPostmaster() is null)
            {
                log.LogError("Storage: the private PostgreSQL server has died; starting it again.");
                // On the port it had: connection strings are out in the world.
                await StartServerAsync(folder.ReadPort(), ct).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is StorageUnavailableException or NpgsqlException or IOException or TimeoutException)
        {
            log.LogError(e, "Storage: the private PostgreSQL server could not be started; trying again.");
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task<string> PlaceAsync(
        PrivateClusterFolder folder, PrivateClusterAccount account, ILogger log, CancellationToken ct)
    {
        if (folder.ReadLocation() is string known)
        {
            return known;
        }

        if (!account.IsOther || await account.CanEnterAsync(folder.Root, ct).ConfigureAwait(false))
        {
            return folder.InnerCluster;
        }

        // DIR lies under a folder closed to everybody but root, such as /root. Opening that up is not ours to do.
        string outside = "/var/lib/dsm-hub/" + RandomNumberGenerator.GetHexString(12, lowercase: true);
        PrivateClusterFolder.CreatePassable("/var/lib/dsm-hub");
        PrivateClusterFolder.CreatePassable(outside);
        string place = Path.Combine(outside, "cluster");
        folder.WriteLocation(place);
        log.LogWarning(
            "Storage: the account {Account}, which runs PostgreSQL, cannot enter {Folder}; the database is kept in {Place}.",
            account.Name, folder.Root, place);
        return place;
    }

    private static int? VersionOf(string cluster)
    {
        string path = Path.Combine(cluster, "PG_VERSION");
        return File.Exists(path) ? int.Parse(File.ReadAllText(path).Trim(), CultureInfo.InvariantCulture) : null;
    }
}
