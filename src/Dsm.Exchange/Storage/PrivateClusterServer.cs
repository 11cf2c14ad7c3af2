using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Dsm.Exchange.Storage;

/// <summary>The server of one cluster: creates its files, starts, finds and stops it. Callers hold the start lock.</summary>
internal sealed class PrivateClusterServer(
    PrivateClusterBinaries binaries,
    PrivateClusterAccount account,
    string cluster,
    PrivateClusterOptions options)
{
    /// <summary>The superuser of a private cluster.</summary>
    public const string Superuser = "dsm_admin";

    private static readonly TimeSpan InitTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    private string PidFile => Path.Combine(cluster, "postmaster.pid");

    private string StartLog => Path.Combine(cluster, "start.log");

    /// <summary>Whether the cluster has been created, completely.</summary>
    public bool Exists => File.Exists(Path.Combine(cluster, "PG_VERSION"));

    /// <summary>Creates the cluster beside its place and moves it there when complete.</summary>
    [UnsupportedOSPlatform("windows")]
    public async Task CreateAsync(string adminPasswordFile, CancellationToken ct)
    {
        string draft = cluster + ".new";
        string password = draft + ".password";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        Directory.CreateDirectory(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await account.OwnAsync(draft, ct).ConfigureAwait(false);
        try
        {
            File.Copy(adminPasswordFile, password, overwrite: true);
            await account.OwnAsync(password, ct).ConfigureAwait(false);
            string[] arguments =
            [
                "--pgdata", draft, "--username", Superuser, "--pwfile", password,
                "--auth", "scram-sha-256", "--encoding", "UTF8",
                "--locale", OperatingSystem.IsLinux() ? "C.UTF-8" : "C",
            ];
            PrivateClusterCommand.Result result = await account
                .RunAsync(binaries.InitDb, options.Durable ? arguments : [.. arguments, "--no-sync"], InitTimeout, ct)
                .ConfigureAwait(false);
            if (!result.Succeeded)
            {
                throw new StorageUnavailableException($"Cannot create the private PostgreSQL cluster in {cluster}:\n{result.Output}");
            }
        }
        finally
        {
            File.Delete(password);
        }

        Directory.Move(draft, cluster);
    }

    /// <summary>Starts the server on a port; it survives the hub's own signals and is stopped by <see cref="StopAsync"/>.</summary>
    /// <returns>Null when it runs, else what it said.</returns>
    public async Task<string?> StartAsync(int port, CancellationToken ct)
    {
        RemoveStalePidFile();
        await PrivateClusterSettings.WriteAsync(cluster, port, options, account, ct).ConfigureAwait(false);
        File.Delete(StartLog);
        string seconds = options.StartTimeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

        // Not called off half-way: a server between fork and pid file could be found by nobody. The caller stops it instead.
        PrivateClusterCommand.Result result = await account.RunAsync(
            binaries.PgCtl,
            ["start", "--pgdata", cluster, "--log", StartLog, "--wait", "--timeout", seconds, "--silent"],
            options.StartTimeout + TimeSpan.FromSeconds(5),
            CancellationToken.None).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
        return result.Succeeded ? null : result.Output + "\n" + Said();
    }

    /// <summary>Stops the server: connections are cut, what is committed stays. Nothing happens when it does not run.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        foreach (string mode in new[] { options.Durable ? "fast" : "immediate", "immediate" })
        {
            if (FindPostmaster() is null)
            {
                break;
            }

            await account.RunAsync(
                binaries.PgCtl,
                ["stop", "--pgdata", cluster, "--mode", mode, "--wait", "--timeout", "45", "--silent"],
                StopTimeout,
                ct).ConfigureAwait(false);
        }

        if (FindPostmaster() is int pid)
        {
            throw new StorageUnavailableException($"The private PostgreSQL server (process {pid}) does not stop.");
        }

        // The pid file goes before the last of the server's processes does.
        await EndOrphansAsync(ct).ConfigureAwait(false);
    }

    /// <summary>The process number of the running server of this cluster, or null.</summary>
    public int? FindPostmaster()
    {
        if (!OperatingSystem.IsLinux())
        {
            return ReadPid() is int other && IsAlive(other) ? other : null;
        }

        return ReadPid() is int pid && ClusterProcesses.WorksIn(pid, cluster) ? pid : null;
    }

    /// <summary>The port the running server listens on; null while it does not say.</summary>
    public int? ReadRunningPort() =>
        PidFileLines() is { Length: > 3 } lines
        && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? port
            : null;

    /// <summary>
    /// Ends server processes whose postmaster was killed. They end by themselves as soon as they notice, but one in the
    /// middle of a long statement notices late, and the next server must not start beside it.
    /// </summary>
    public async Task EndOrphansAsync(CancellationToken ct)
    {
        for (int attempt = 0; OperatingSystem.IsLinux(); attempt++)
        {
            IReadOnlySet<int> left = ClusterProcesses.WorkingIn(cluster);
            if (left.Count == 0)
            {
                return;
            }

            if (attempt >= 20)
            {
                ClusterProcesses.Kill(left);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), ct).ConfigureAwait(false);
        }
    }

    // The number in a stale file may by now belong to another process of the same account, ourselves included
    // (usual in containers); the server would refuse to start. No process works in the folder, so nothing is lost.
    private void RemoveStalePidFile()
    {
        if (OperatingSystem.IsLinux() && File.Exists(PidFile) && ClusterProcesses.WorkingIn(cluster).Count == 0)
        {
            File.Delete(PidFile);
        }
    }

    private int? ReadPid() =>
        PidFileLines() is { Length: > 0 } lines
        && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            ? pid
            : null;

    private string[]? PidFileLines()
    {
        try
        {
            return File.ReadAllLines(PidFile);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string Said() => File.Exists(StartLog) ? File.ReadAllText(StartLog).Trim() : string.Empty;

    private static bool IsAlive(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
