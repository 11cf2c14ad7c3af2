using Dsm.Exchange.Access;
using Dsm.Exchange.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dsm.Exchange.Demo;

/// <summary>Where the demonstration finds and leaves its files.</summary>
/// <param name="SamplesPath">Folder with <c>sources.json</c> and the national systems; empty when there is none.</param>
/// <param name="DataDirectory">The hub's data folder.</param>
public sealed record DemoFolders(string SamplesPath, string DataDirectory);

/// <summary>
/// The demonstration: national systems, their registration, accounts. One node of a database plays it; the others wait and take over
/// when that node is gone.
/// </summary>
public sealed class Demonstration(
    HubDatabase database, DemoFolders folders, DemoSources sources, IServiceScopeFactory scopes, ILogger<Demonstration> log) : IAsyncDisposable
{
    private static readonly TimeSpan TakeOverInterval = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource ending = new();
    private NodeLock? role;
    private NationalSystems? systems;
    private Task waiting = Task.CompletedTask;

    /// <summary>Plays the demonstration, or waits behind the node that does.</summary>
    /// <returns>A sentence for the console that says where the accounts are.</returns>
    public async Task<string> StartAsync(CancellationToken ct)
    {
        if (await TakeRoleAsync(ct).ConfigureAwait(false))
        {
            return await PlayAsync(ct).ConfigureAwait(false);
        }

        waiting = Task.Run(TakeOverAsync, CancellationToken.None);
        return "Another node of this database plays the demonstration; the accounts are in its data folder.";
    }

    /// <summary>Ends the national systems and gives the role back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (ending.IsCancellationRequested)
        {
            return;
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await waiting.ConfigureAwait(false);
        if (systems is not null)
        {
            await systems.DisposeAsync().ConfigureAwait(false);
        }

        if (role is not null)
        {
            await role.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<string> PlayAsync(CancellationToken ct)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        AccountFile accounts = await scope.ServiceProvider.GetRequiredService<DemoAccounts>().EnsureAsync(folders.DataDirectory).ConfigureAwait(false);
        await StartSystemsAsync(ct).ConfigureAwait(false);
        string names = string.Join(", ", accounts.Read().Select(a => a.UserName));
        return $"Demo accounts: {names}. Their passwords are in {accounts.Path}";
    }

    private async Task StartSystemsAsync(CancellationToken ct)
    {
        string list = Path.Combine(folders.SamplesPath, "sources.json");
        if (folders.SamplesPath.Length == 0 || !File.Exists(list))
        {
            log.LogWarning("Demonstration: there is no sources.json in '{Samples}'; no source is registered.", folders.SamplesPath);
            return;
        }

        if (NationalSystems.FindProgram(folders.SamplesPath) is not { } program)
        {
            log.LogWarning("Demonstration: the national systems are not built; run dotnet build {Project}.", Path.Combine(folders.SamplesPath, "Dsm.NationalServer"));
            return;
        }

        try
        {
            string portFile = Path.Combine(folders.DataDirectory, "national-systems.port");
            systems = await NationalSystems.StartAsync(program, folders.SamplesPath, portFile, ct).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            // The hub is worth something without them.
            log.LogError("Demonstration: {Reason}", e.Message);
            return;
        }

        IReadOnlyList<DemoSource> wanted = await DemoSource.LoadAsync(list, ct).ConfigureAwait(false);
        await sources.RegisterAsync(wanted, systems.Address, ct).ConfigureAwait(false);
        log.LogInformation("Demonstration: {Count} sources of the national systems at {Address} are registered.", wanted.Count, systems.Address);
    }

    private async Task<bool> TakeRoleAsync(CancellationToken ct)
    {
        role ??= await NodeLock.TryTakeAsync(database.ConnectionString, NodeLock.Demonstration, ct).ConfigureAwait(false);
        return role is not null;
    }

    private async Task TakeOverAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TakeOverInterval, ending.Token).ConfigureAwait(false);
                if (await TakeRoleAsync(ending.Token).ConfigureAwait(false))
                {
                    log.LogInformation("Demonstration: taken over. {Accounts}", await PlayAsync(ending.Token).ConfigureAwait(false));
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogWarning(e, "Demonstration: could not be taken over; trying again.");
            }
        }
    }
}
