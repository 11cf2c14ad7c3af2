using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>Registers what tells the consequences of changes.</summary>
public static class ImpactServices
{
    /// <summary>Registers the services; submissions and harvesting are registered by the host.</summary>
    public static IServiceCollection AddImpact(this IServiceCollection services) => services.AddSingleton<ChangeSimulator>();
}
