using Dsm.Exchange.Access;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Queries;

/// <summary>The table of saved queries.</summary>
internal static class QueryTables
{
    /// <summary>Adds it to the model of the hub's records.</summary>
    public static void Map(ModelBuilder builder) => builder.Entity<SavedQuery>(e =>
    {
        e.ToTable("saved_query");
        e.HasIndex(q => new { q.OwnerId, q.Name }).IsUnique();
        e.HasOne<HubUser>().WithMany().HasForeignKey(q => q.OwnerId).OnDelete(DeleteBehavior.Cascade);
        e.Property(q => q.Line).HasConversion<string>();
        e.Ignore(q => q.Address);
    });
}
