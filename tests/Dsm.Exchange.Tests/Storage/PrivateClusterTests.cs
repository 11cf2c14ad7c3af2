using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Dsm.Exchange.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dsm.Exchange.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class PrivateClusterTests : IDisposable
{
    // Durable: what these tests kill must come back whole.
    private static readonly PrivateClusterOptions Unsupervised = new() { Supervised = false };

    private readonly string folder = Directory.CreateTempSubdirectory("dsm-cluster-").FullName;

    public PrivateClusterTests() =>
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    public void Dispose()
    {
        string cluster = Path.Combine(folder, "postgres", "cluster");
        if (Directory.Exists(cluster))
        {
            ClusterProcesses.Kill(ClusterProcesses.WorkingIn(cluster));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Keeps_data_from_one_run_to_the_next_on_the_same_port()
    {
        string first;
        await using (PrivateCluster cluster = await StartAsync())
        {
            first = cluster.ConnectionString;
            await ExecuteAsync(first, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)");
        }

        await using PrivateCluster again = await StartAsync();
        again.ConnectionString.Should().Be(first);
        (await ScalarAsync(again.ConnectionString, "SELECT n FROM kept")).Should().Be(42);
    }

    [Fact]
    public async Task Leaves_no_process_after_the_stop()
    {
        PrivateCluster cluster = await StartAsync();
        ClusterProcesses.WorkingIn(cluster.Directory).Should().NotBeEmpty("the server runs, so the net below holds");
        await cluster.DisposeAsync();
        ClusterProcesses.WorkingIn(cluster.Directory).Should().BeEmpty();
    }

    [Fact]
    public async Task Sorts_text_by_code_point_in_UTF8_and_knows_ICU_collations()
    {
        await using PrivateCluster cluster = await StartAsync();
        (await ScalarAsync(cluster.ConnectionString, "SHOW server_encoding")).Should().Be("UTF8");
        (await ScalarAsync(cluster.ConnectionString, "SELECT 'ёлка' COLLATE \"ru-x-icu\" < 'жук'")).Should().Be(true);
        (await ScalarAsync(cluster.ConnectionString, "SELECT 'ёлка' < 'жук'")).Should().Be(false);
    }

    [Fact]
    public async Task Recovers_what_was_committed_when_the_server_was_killed()
    {
        string cluster;
        await using (PrivateCluster killed = await StartAsync())
        {
            cluster = killed.Directory;
            await ExecuteAsync(killed.ConnectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
            ClusterProcesses.Kill(ClusterProcesses.WorkingIn(cluster));
            await WaitForEndAsync(cluster);
            File.Exists(Path.Combine(cluster, "postmaster.pid")).Should().BeTrue("a kill leaves the stale file behind");
        }

        await using PrivateCluster again = await StartAsync();
        (await ScalarAsync(again.ConnectionString, "SELECT n FROM kept")).Should().Be(7);
    }

    [Fact]
    public async Task Starts_although_the_stale_process_number_now_belongs_to_somebody_else()
    {
        PrivateCluster cluster = await StartAsync();
        string pidFile = Path.Combine(cluster.Directory, "postmaster.pid");
        string[] lines = await File.ReadAllLinesAsync(pidFile);
        await cluster.DisposeAsync();
        lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(pidFile, lines);

        await using PrivateCluster again = await StartAsync();
        (await ScalarAsync(again.ConnectionString, "SELECT 1")).Should().Be(1);
    }

    [Fact]
    public async Task A_postmaster_killed_alone_does_not_leave_its_old_processes_beside_the_new_server()
    {
        await using PrivateCluster cluster = await StartAsync();
        await using NpgsqlConnection busy = new(cluster.ConnectionString);
        await busy.OpenAsync();
        int old = (int)(await new NpgsqlCommand("SELECT pg_backend_pid()", busy).ExecuteScalarAsync())!;
        ClusterProcesses.Kill([Postmaster(cluster.Directory)]);

        await using PrivateCluster again = await StartAsync();
        ClusterProcesses.WorkingIn(again.Directory).Should().NotContain(old);
        (await ScalarAsync(again.ConnectionString, "SELECT 1")).Should().Be(1);
    }

    [Fact]
    public async Task Is_shared_by_a_second_start_and_stopped_by_the_last_to_leave()
    {
        PrivateCluster first = await StartAsync();
        PrivateCluster second = await StartAsync();
        second.ConnectionString.Should().Be(first.ConnectionString);

        await first.DisposeAsync();
        (await ScalarAsync(second.ConnectionString, "SELECT 1")).Should().Be(1);

        await second.DisposeAsync();
        ClusterProcesses.WorkingIn(second.Directory).Should().BeEmpty();
    }

    [Fact]
    public async Task Takes_over_and_finally_stops_a_server_whose_hub_was_killed()
    {
        string connectionString;
        string orphaned;
        await using (PrivateCluster cluster = await StartAsync())
        {
            (connectionString, orphaned) = (cluster.ConnectionString, cluster.Directory);
        }

        // What a killed hub leaves: the server running, nobody holding the users' lock.
        PrivateClusterAccount account = await PrivateClusterAccount.ChooseAsync(orphaned, CancellationToken.None);
        PrivateClusterBinaries binaries = await PrivateClusterBinaries.FindAsync(null, CancellationToken.None);
        string[] start = ["start", "--wait", "--pgdata", orphaned, "--log", Path.Combine(orphaned, "start.log")];
        (await account.RunAsync(binaries.PgCtl, start, TimeSpan.FromMinutes(1), CancellationToken.None)).ExitCode.Should().Be(0);
        int postmaster = Postmaster(orphaned);

        PrivateCluster again = await StartAsync();
        again.ConnectionString.Should().Be(connectionString);
        Postmaster(orphaned).Should().Be(postmaster, "it is joined, not restarted");
        await again.DisposeAsync();
        ClusterProcesses.WorkingIn(orphaned).Should().BeEmpty();
    }

    [Fact]
    public async Task A_start_that_is_called_off_leaves_nothing_running_and_can_be_repeated()
    {
        await (await StartAsync()).DisposeAsync();
        string cluster = Path.Combine(folder, "postgres", "cluster");
        using CancellationTokenSource calledOff = new();
        Task<PrivateCluster> start = PrivateCluster.StartAsync(folder, Unsupervised, NullLogger.Instance, calledOff.Token);
        while (ClusterProcesses.WorkingIn(cluster).Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }

        await calledOff.CancelAsync();
        Func<Task> finish = () => start;
        await finish.Should().ThrowAsync<OperationCanceledException>();
        ClusterProcesses.WorkingIn(cluster).Should().BeEmpty();
        await using PrivateCluster again = await StartAsync();
        (await ScalarAsync(again.ConnectionString, "SELECT 1")).Should().Be(1);
    }

    [Fact]
    public async Task Two_starts_at_once_meet_in_one_server()
    {
        PrivateCluster[] both = await Task.WhenAll(StartAsync(), StartAsync());
        both[0].ConnectionString.Should().Be(both[1].ConnectionString);
        await both[0].DisposeAsync();
        await both[1].DisposeAsync();
    }

    [Fact]
    public async Task Is_started_again_when_it_dies_under_a_running_hub()
    {
        await using PrivateCluster cluster = await PrivateCluster.StartAsync(folder, NullLogger.Instance, CancellationToken.None);
        ClusterProcesses.Kill(ClusterProcesses.WorkingIn(cluster.Directory));
        await WaitForEndAsync(cluster.Directory);

        object? answer = null;
        Stopwatch waiting = Stopwatch.StartNew();
        while (answer is null && waiting.Elapsed < TimeSpan.FromSeconds(60))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250));
            try
            {
                answer = await ScalarAsync(cluster.ConnectionString, "SELECT 1");
            }
            catch (NpgsqlException)
            {
                // Not there yet.
            }
        }

        answer.Should().Be(1);
    }

    [Fact]
    public async Task Never_runs_as_root_nor_gives_the_hub_superuser_rights()
    {
        await using PrivateCluster cluster = await StartAsync();
        string status = await File.ReadAllTextAsync($"/proc/{Postmaster(cluster.Directory)}/status");
        string user = status.Split('\n').Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
        user.Should().NotBe("0");
        (await ScalarAsync(cluster.ConnectionString, "SHOW is_superuser")).Should().Be("off");
    }

    [Fact]
    public async Task Keeps_its_passwords_from_other_accounts_and_refuses_a_wrong_one()
    {
        await using PrivateCluster cluster = await StartAsync();
        foreach (string name in new[] { "password", "admin-password" })
        {
            File.GetUnixFileMode(Path.Combine(folder, "postgres", name))
                .Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        NpgsqlConnectionStringBuilder wrong = new(cluster.ConnectionString) { Password = "guess", Pooling = false };
        Func<Task> knock = () => ScalarAsync(wrong.ConnectionString, "SELECT 1");
        (await knock.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task Is_kept_outside_a_folder_that_the_servers_account_cannot_enter()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return; // Only root hands the server to another account.
        }

        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string place;
        await using (PrivateCluster cluster = await StartAsync())
        {
            place = cluster.Directory;
            place.Should().StartWith("/var/lib/dsm-hub/");
            await ExecuteAsync(cluster.ConnectionString, "CREATE TABLE kept (n int)");
        }

        await using (PrivateCluster again = await StartAsync())
        {
            again.Directory.Should().Be(place);
            (await ScalarAsync(again.ConnectionString, "SELECT count(*)::int FROM kept")).Should().Be(0);
        }

        Directory.Delete(Path.GetDirectoryName(place)!, recursive: true);
    }

    private Task<PrivateCluster> StartAsync() =>
        PrivateCluster.StartAsync(folder, Unsupervised, NullLogger.Instance, CancellationToken.None);

    private static int Postmaster(string cluster) =>
        int.Parse(File.ReadLines(Path.Combine(cluster, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static async Task WaitForEndAsync(string cluster)
    {
        while (ClusterProcesses.WorkingIn(cluster).Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private static async Task ExecuteAsync(string connectionString, string statement) =>
        _ = await ScalarAsync(connectionString, statement);

    private static async Task<object?> ScalarAsync(string connectionString, string statement)
    {
        await using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
