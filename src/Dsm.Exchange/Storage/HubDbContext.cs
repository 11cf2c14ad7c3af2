using System.Collections.Immutable;
using System.Text.Json;
using Dsm.Exchange.Access;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Queries;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Registrations;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Issues;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dsm.Exchange.Storage;

/// <summary>
/// The hub's own records: users, registry, sources, runs, submissions, findings. Observations are not here but in the tables of
/// <c>Warehouse</c>, which the same migrations create.
/// </summary>
public sealed class HubDbContext(DbContextOptions<HubDbContext> options) : IdentityDbContext<HubUser, IdentityRole, string>(options)
{
    /// <summary>Artefacts of the registry.</summary>
    public DbSet<StructureRecord> Structures => Set<StructureRecord>();

    /// <summary>The log of structures.</summary>
    public DbSet<StructureTransaction> StructureTransactions => Set<StructureTransaction>();

    /// <summary>What was taken from the folder of structures.</summary>
    public DbSet<StructureFileRecord> StructureFiles => Set<StructureFileRecord>();

    /// <summary>Spaces of agencies.</summary>
    public DbSet<AgencySpace> AgencySpaces => Set<AgencySpace>();

    /// <summary>Registered sources.</summary>
    public DbSet<Source> Sources => Set<Source>();

    /// <summary>The run ledger.</summary>
    public DbSet<HarvestRun> Runs => Set<HarvestRun>();

    /// <summary>Messages received.</summary>
    public DbSet<Submission> Submissions => Set<Submission>();

    /// <summary>Findings about them.</summary>
    public DbSet<Finding> Findings => Set<Finding>();

    /// <summary>Proposals.</summary>
    public DbSet<Proposal> Proposals => Set<Proposal>();

    /// <summary>Their records.</summary>
    public DbSet<ProposalEntry> ProposalEntries => Set<ProposalEntry>();

    /// <summary>Subscriptions to changes of structures.</summary>
    public DbSet<ChangeSubscription> ChangeSubscriptions => Set<ChangeSubscription>();

    /// <summary>What is and was sent to subscribers.</summary>
    public DbSet<ChangeDelivery> ChangeDeliveries => Set<ChangeDelivery>();

    /// <summary>How far the log of structures was followed.</summary>
    internal DbSet<ChangeFollowerPosition> ChangeFollower => Set<ChangeFollowerPosition>();

    /// <summary>Queries that people keep.</summary>
    public DbSet<SavedQuery> SavedQueries => Set<SavedQuery>();

    /// <summary>Reports of reference metadata.</summary>
    public DbSet<MetadataSetRecord> MetadataSets => Set<MetadataSetRecord>();

    /// <summary>Registrations of data sources.</summary>
    public DbSet<RegistrationRecord> Registrations => Set<RegistrationRecord>();

    /// <summary>Keys of data protection, shared by all nodes.</summary>
    public DbSet<SharedKey> SharedKeys => Set<SharedKey>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        ProposalTables.Map(builder);
        SubscriptionTables.Map(builder);
        QueryTables.Map(builder);
        builder.Entity<StructureRecord>(e =>
        {
            e.ToTable("structure");
            e.HasIndex(s => new { s.Urn, s.CurrentFrom }).IsUnique();
            e.HasIndex(s => s.Urn).IsUnique().HasFilter("current_to IS NULL").HasDatabaseName("ux_structure_current");
            e.HasIndex(s => s.OpenedBy);
            e.HasIndex(s => s.ClosedBy);
        });
        builder.Entity<StructureTransaction>(e =>
        {
            e.ToTable("structure_transaction");
            e.HasIndex(t => t.At);
            e.Property(t => t.Status).HasConversion<string>();
            e.Property(t => t.Findings).HasColumnType("jsonb").HasConversion(
                v => JsonSerializer.Serialize(v, JsonSerializerOptions.Default),
                v => JsonSerializer.Deserialize<ImmutableArray<TransactionFinding>>(v, JsonSerializerOptions.Default));
        });
        builder.Entity<StructureFileRecord>(e =>
        {
            e.ToTable("structure_file");
            e.HasKey(f => f.Urn);
        });
        builder.Entity<AgencySpace>(e =>
        {
            e.ToTable("agency_space");
            e.HasKey(s => s.AgencyId);
        });
        builder.Entity<SharedKey>(e =>
        {
            e.ToTable("shared_key");
            e.HasIndex(k => k.FriendlyName).IsUnique();
        });
        builder.Entity<MetadataSetRecord>(e =>
        {
            e.ToTable("metadata_set");
            e.HasIndex(s => new { s.Urn, s.CurrentFrom }).IsUnique();
            e.HasIndex(s => s.Urn).IsUnique().HasFilter("current_to IS NULL").HasDatabaseName("ux_metadata_set_current");
        });
        builder.Entity<RegistrationRecord>(e =>
        {
            e.ToTable("registration");
            e.HasIndex(r => r.AgreementUrn);
        });
        builder.Entity<Source>(e =>
        {
            e.ToTable("source");
            e.Property(s => s.Kind).HasConversion<string>();
            Json(e.Property(s => s.Name));
        });
        builder.Entity<HarvestRun>(e =>
        {
            e.ToTable("harvest_run");
            e.HasIndex(r => new { r.SourceId, r.Id });
            e.HasIndex(r => r.Status);
            e.Property(r => r.Status).HasConversion<string>();
            e.OwnsOne(r => r.Counts, Counts);
            Json(e.Property(r => r.FailureArguments));
        });
        builder.Entity<Submission>(e =>
        {
            e.ToTable("submission");
            e.HasIndex(s => new { s.AgreementUrn, s.Id });
            e.HasIndex(s => s.RunId);
            e.Property(s => s.Origin).HasConversion<string>();
            e.Property(s => s.Status).HasConversion<string>();
            e.OwnsOne(s => s.Counts, Counts);
        });
        builder.Entity<Finding>(e =>
        {
            e.ToTable("finding");
            e.HasIndex(f => new { f.SubmissionId, f.Ordinal });
            e.HasOne<Submission>().WithMany().HasForeignKey(f => f.SubmissionId);
            e.Property(f => f.Severity).HasConversion<string>();
            Json(e.Property(f => f.Arguments));
            e.Property(f => f.Samples).HasColumnType("jsonb").HasConversion(
                v => JsonSerializer.Serialize(v, JsonSerializerOptions.Default),
                v => JsonSerializer.Deserialize<ImmutableArray<Location>>(v, JsonSerializerOptions.Default));
        });
    }

    private static void Counts<T>(OwnedNavigationBuilder<T, MergeCounts> counts)
        where T : class
    {
        counts.Ignore(c => c.IsBalanced).Ignore(c => c.HasChanges);
        foreach (string name in new[] { "Read", "Added", "Changed", "Removed", "Same", "Refused", "Withdrawn" })
        {
            counts.Property<long>(name).HasColumnName("count_" + name.ToLowerInvariant());
        }
    }

    internal static void Json(PropertyBuilder<Dictionary<string, string>> property) => property.HasColumnType("jsonb").HasConversion(
        v => JsonSerializer.Serialize(v, JsonSerializerOptions.Default),
        v => JsonSerializer.Deserialize<Dictionary<string, string>>(v, JsonSerializerOptions.Default) ?? new(),
        new ValueComparer<Dictionary<string, string>>(
            (a, b) => a!.Count == b!.Count && !a.Except(b).Any(),
            v => v.Count,
            v => new Dictionary<string, string>(v)));
}
