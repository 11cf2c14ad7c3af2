using Dsm.Exchange.Registry.Proposals;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>Registers proposals and subscriptions. <see cref="ChangesOptions"/>, <see cref="ComposeLetter"/> and Hangfire are registered by the host.</summary>
public static class SubscriptionServices
{
    /// <summary>Registers the services; all are stateless or safe for several threads.</summary>
    public static IServiceCollection AddProposalsAndSubscriptions(this IServiceCollection services) => services
        .AddSingleton<ProposalDesk>()
        .AddSingleton<StructureChanges>()
        .AddSingleton<ChangeSecrets>()
        .AddSingleton<ChangePoster>()
        .AddSingleton<ChangeMailer>()
        .AddSingleton<ChangeFollower>()
        .AddSingleton<ChangeDeliverer>()
        .AddSingleton<SubscriptionDesk>()
        .AddSingleton<ChangesJob>();
}
