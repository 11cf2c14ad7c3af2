using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Exchange.Harvesting;

/// <summary>Registers what harvests consist of. <see cref="HarvestOptions"/>, Hangfire and <see cref="ProcessSubmission"/> are registered by the host.</summary>
public static class HarvestServices
{
    /// <summary>Registers the services; all are stateless or safe for several threads.</summary>
    public static IServiceCollection AddHarvesting(this IServiceCollection services) => services
        .AddSingleton<SourceSecrets>()
        .AddSingleton<SourceClient>()
        .AddSingleton<SourceFetch>()
        .AddSingleton<SourceStructures>()
        .AddSingleton<HarvestLedger>()
        .AddSingleton<Harvester>()
        .AddSingleton<HarvestSchedule>()
        .AddSingleton<HarvestJob>()
        .AddSingleton<AbandonedRuns>();
}
