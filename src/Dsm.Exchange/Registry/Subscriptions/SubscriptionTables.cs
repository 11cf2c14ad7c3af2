using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>The tables of subscriptions.</summary>
internal static class SubscriptionTables
{
    /// <summary>Adds them to the model of the hub's records.</summary>
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<ChangeSubscription>(e =>
        {
            e.ToTable("change_subscription");
            e.HasIndex(s => new { s.Status, s.Id });
            e.HasIndex(s => s.Address);
            e.Property(s => s.Channel).HasConversion<string>();
            e.Property(s => s.Status).HasConversion<string>();
            e.Ignore(s => s.Filter);
        });
        builder.Entity<ChangeDelivery>(e =>
        {
            e.ToTable("change_delivery");
            e.HasIndex(d => new { d.SubscriptionId, d.TransactionNumber }).IsUnique();
            e.HasIndex(d => d.DueAt).HasFilter("status = 'Queued'");
            e.Ignore(d => d.IsQuestion);
            e.HasOne<ChangeSubscription>().WithMany().HasForeignKey(d => d.SubscriptionId);
            e.Property(d => d.Status).HasConversion<string>();
        });
        builder.Entity<ChangeFollowerPosition>(e =>
        {
            e.ToTable("change_follower");
            e.Property(p => p.Id).ValueGeneratedNever();
            e.HasData(new ChangeFollowerPosition { Id = 1, LastNumber = 0 });
        });
    }
}
