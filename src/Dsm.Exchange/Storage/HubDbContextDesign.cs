using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Dsm.Exchange.Storage;

/// <summary>Makes a context for <c>dotnet ef migrations add</c>; no server is needed for that.</summary>
internal sealed class HubDbContextDesign : IDesignTimeDbContextFactory<HubDbContext>
{
    public HubDbContext CreateDbContext(string[] args)
    {
        DbContextOptionsBuilder<HubDbContext> builder = new();
        HubDatabase.Configure(builder, new NpgsqlDataSourceBuilder("Host=localhost").Build());
        return new HubDbContext(builder.Options);
    }
}
