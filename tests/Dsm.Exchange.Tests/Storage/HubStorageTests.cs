using Dsm.Exchange.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dsm.Exchange.Tests.Storage;

public sealed class HubStorageTests
{
    [Fact]
    public async Task Prefers_the_explicit_connection_string_and_starts_nothing()
    {
        string folder = Path.Combine(Path.GetTempPath(), "dsm-absent-" + Guid.NewGuid().ToString("N"));
        await using HubStorage storage = await HubStorage.ResolveAsync(
            "Host=db;Database=hub;Username=hub;Password=x", folder, NullLogger.Instance, CancellationToken.None);
        storage.IsPrivate.Should().BeFalse();
        new NpgsqlConnectionStringBuilder(storage.ConnectionString).Host.Should().Be("db");
        Directory.Exists(folder).Should().BeFalse();
    }

    [Fact]
    public async Task Refuses_an_unreadable_connection_string_without_repeating_it()
    {
        Func<Task> resolve = () => HubStorage.ResolveAsync(
            "Hots=db;Password=secret", "/nowhere", NullLogger.Instance, CancellationToken.None);
        (await resolve.Should().ThrowAsync<StorageUnavailableException>())
            .Which.Message.Should().Contain("ConnectionStrings__Hub").And.NotContain("secret");
    }

    [Fact]
    public async Task Names_the_command_that_installs_the_version_a_cluster_needs()
    {
        Func<Task> find = () => PrivateClusterBinaries.FindAsync(clusterVersion: 3, CancellationToken.None);
        (await find.Should().ThrowAsync<StorageUnavailableException>())
            .Which.Message.Should().Contain("apt-get install -y postgresql-3").And.Contain("ConnectionStrings__Hub");
    }

    [Fact]
    public async Task Test_databases_are_empty_separate_and_can_be_copied()
    {
        string one = await TestDatabase.CreateDatabaseAsync();
        await using (NpgsqlConnection connection = new(one))
        {
            await connection.OpenAsync();
            await using NpgsqlCommand create = new("CREATE TABLE seen (n int); INSERT INTO seen VALUES (1)", connection);
            await create.ExecuteNonQueryAsync();
        }

        (await CountSeenAsync(await TestDatabase.CreateDatabaseAsync())).Should().Be(0);
        (await CountSeenAsync(await TestDatabase.CreateDatabaseAsync(one))).Should().Be(1);
    }

    private static async Task<long> CountSeenAsync(string connectionString)
    {
        await using NpgsqlConnection connection = new(connectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand count = new(
            "SELECT count(*) FROM information_schema.tables WHERE table_name = 'seen'", connection);
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
