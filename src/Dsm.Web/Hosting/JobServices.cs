using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace Dsm.Web.Hosting;

/// <summary>
/// Registers the job engine of one hub. Of its own accord (<c>AddHangfire</c>) the engine would keep storage, activator and log in fields of
/// the process and hand out whatever was configured last; here only what is the same for every hub belongs to the process.
/// </summary>
internal static class JobServices
{
    /// <summary>
    /// Sliding: a job stays with its node as long as that lives, and is taken over by another soon after it died. Without sliding a long
    /// healthy job would be started again and again.
    /// </summary>
    internal static PostgreSqlStorageOptions StorageOptions { get; } = new()
    {
        SchemaName = "hangfire",
        // The schema is created by HubStartup under a lock, never by whoever comes first.
        PrepareSchemaIfNecessary = false,
        UseSlidingInvisibilityTimeout = true,
        InvisibilityTimeout = TimeSpan.FromSeconds(45),
        QueuePollInterval = TimeSpan.FromSeconds(1),
        DistributedLockTimeout = TimeSpan.FromMinutes(1),
    };

    static JobServices() => GlobalConfiguration.Configuration
        .UseLogProvider(new JobLog())
        .UseSimpleAssemblyNameTypeSerializer()
        .UseRecommendedSerializerSettings()
        .UseFilter(new AutomaticRetryAttribute { Attempts = 0 });

    /// <summary>Registers the jobs of a hub, which are kept in its own database and work with its own services.</summary>
    public static void AddJobs(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton<JobStorage>(_ => new PostgreSqlStorage(new NpgsqlConnectionFactory(connectionString, StorageOptions), StorageOptions));
        services.AddSingleton<JobActivator>(p => new AspNetCoreJobActivator(p.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton<IBackgroundJobClient>(p => new BackgroundJobClient(p.GetRequiredService<JobStorage>()));
        services.AddSingleton<IRecurringJobManager>(p => new RecurringJobManager(p.GetRequiredService<JobStorage>()));
        services.AddSingleton<JobServer>();
    }
}
