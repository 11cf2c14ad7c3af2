using Dsm.Exchange.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Registry.Proposals;

/// <summary>The tables of proposals.</summary>
internal static class ProposalTables
{
    /// <summary>Adds them to the model of the hub's records.</summary>
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<Proposal>(e =>
        {
            e.ToTable("proposal");
            e.HasIndex(p => new { p.Status, p.Id });
            e.HasIndex(p => new { p.AgencyId, p.ArtefactId });
            e.Property(p => p.Kind).HasConversion<string>();
            e.Property(p => p.Status).HasConversion<string>();
            HubDbContext.Json(e.Property(p => p.Name));
            HubDbContext.Json(e.Property(p => p.Description));
            e.Ignore(p => p.IsPending);
        });
        builder.Entity<ProposalEntry>(e =>
        {
            e.ToTable("proposal_entry");
            e.HasIndex(x => new { x.ProposalId, x.Id });
            e.HasOne<Proposal>().WithMany().HasForeignKey(x => x.ProposalId);
            e.Property(x => x.Step).HasConversion<string>();
        });
    }
}
