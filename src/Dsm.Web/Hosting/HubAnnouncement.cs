using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Dsm.Web.Hosting;

/// <summary>Tells the person at the console where the hub is and where to find the accounts; never a password.</summary>
public sealed class HubAnnouncement(IServer server, IHostApplicationLifetime lifetime, ILogger<HubAnnouncement> log)
{
    /// <summary>Writes it once the server listens.</summary>
    public async Task WriteAsync(string accounts, CancellationToken ct)
    {
        TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration started = lifetime.ApplicationStarted.Register(() => listening.TrySetResult());
        await listening.Task.WaitAsync(ct);
        ICollection<string> addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        log.LogInformation("DSM Hub is ready: {Addresses}", string.Join(" ", addresses));
        if (accounts.Length > 0)
        {
            log.LogInformation("{Accounts}", accounts);
        }
    }
}
