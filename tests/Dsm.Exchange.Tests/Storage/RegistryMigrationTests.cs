using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dsm.Exchange.Tests.Storage;

/// <summary>A registry filled before there was a log of transactions goes on with its history.</summary>
public class RegistryMigrationTests
{
    [Fact]
    public async Task A_registry_without_a_log_gets_one_that_tells_its_history()
    {
        await using HubDatabase database = new(await TestDatabase.CreateDatabaseAsync());
        await using (HubDbContext context = database.CreateContext())
        {
            await context.GetService<IMigrator>().MigrateAsync("SourceClock");
        }

        Codelist list = new() { AgencyId = "EECA", Id = "CL_OLD", Name = LocalisedText.Of("One"), Codes = [new Code { Id = "A", Name = LocalisedText.Of("A") }] };
        string first = StructureContent.Write(list), second = StructureContent.Write(list with { Name = LocalisedText.Of("Two") });
        foreach ((string content, string from, string? to) in new[] { (first, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"), (second, "2026-02-01T00:00:00Z", (string?)null) })
        {
            await using NpgsqlCommand insert = database.DataSource.CreateCommand(
                "INSERT INTO structure (urn, class, content, content_hash, origin, current_from, current_to) VALUES ($1, 'Codelist', $2, $3, 'codelist/CL_OLD.xml', $4::timestamptz, $5::timestamptz)");
            foreach (object? value in new object?[] { list.Urn, content, StructureContent.Hash(content), from, to })
            {
                insert.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            }

            await insert.ExecuteNonQueryAsync();
        }

        await database.MigrateAsync(NullLogger.Instance, CancellationToken.None);

        using StructureRegistry registry = new(database, TimeProvider.System, NullLogger<StructureRegistry>.Instance);
        await registry.RefreshAsync(CancellationToken.None);
        registry.Current.Structures.Find<Codelist>(list.Reference)!.Name["en"].Should().Be("Two");
        RegistrySnapshot then = await registry.AsOfAsync(new DateTimeOffset(2026, 1, 15, 0, 0, 0, TimeSpan.Zero), ReaderAccess.Public, CancellationToken.None);
        then.Structures.Find<Codelist>(list.Reference)!.Name["en"].Should().Be("One");
        (await new StructureLog(database, registry).RecentAsync(10, null, ReaderAccess.Public, CancellationToken.None)).Select(t => (t.Added, t.Changed, t.Deleted)).Should().Equal((0, 1, 0), (1, 0, 0));

        // The file as it was taken last asks for nothing.
        string folder = Directory.CreateTempSubdirectory("dsm-old-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "CL_OLD.xml"), second);
        (await registry.LoadAsync(folder, CancellationToken.None)).Should().Be(0);
        Directory.Delete(folder, true);
    }
}
