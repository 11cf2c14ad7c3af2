using Dsm.Exchange.Submissions;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Exchange.Overview;

/// <summary>Registers what pages look at.</summary>
public static class OverviewServices
{
    /// <summary>Registers the services; <see cref="FreshnessOptions"/> is registered by the host.</summary>
    public static IServiceCollection AddOverview(this IServiceCollection services) => services
        .AddSingleton<SubmissionRegister>()
        .AddSingleton<SubmissionDesk>()
        .AddSingleton<SubmissionJob>()
        .AddSingleton<FlowAvailability>()
        .AddSingleton<FlowProvenance>()
        .AddSingleton<CoverageMatrix>()
        .AddSingleton<WorkList>();
}
