using Dsm.Exchange.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dsm.Exchange.Tests.Storage;

public sealed class HubDatabaseTests
{
    [Fact]
    public async Task Four_nodes_create_and_migrate_an_absent_database_at_once()
    {
        string other = await TestDatabase.CreateDatabaseAsync();
        string absent = new NpgsqlConnectionStringBuilder(other) { Database = $"absent_{Guid.NewGuid():N}" }.ConnectionString;
        HubDatabase[] nodes = [.. Enumerable.Range(0, 4).Select(_ => new HubDatabase(absent))];

        await Task.WhenAll(nodes.Select(n => Task.Run(() => n.MigrateAsync(NullLogger.Instance, CancellationToken.None))));

        await using HubDbContext context = nodes[0].CreateContext();
        (await context.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
        context.Database.HasPendingModelChanges().Should().BeFalse("every change of the model needs a migration");
        foreach (HubDatabase node in nodes)
        {
            await node.DisposeAsync();
        }
    }
}
