using Dsm.Exchange.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;

namespace Dsm.Web.Hosting;

/// <summary>
/// A hub from start to stop: storage first, because everything needs it; then the web application; at the end the other way round,
/// so that a private database is the last to go.
/// </summary>
public sealed class HubHost : IAsyncDisposable
{
    private readonly HubStorage storage;

    private HubHost(WebApplication app, HubStorage storage)
    {
        App = app;
        this.storage = storage;
    }

    /// <summary>The web application.</summary>
    public WebApplication App { get; }

    /// <summary>The address it listens on, once started.</summary>
    public Uri Address => new(App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Runs a hub until it is told to stop.</summary>
    /// <returns>Exit code of the process: 0 stopped, 1 failed, 2 called wrongly.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using HubHost hub = await BuildAsync(args, CancellationToken.None).ConfigureAwait(false);
            HubReadiness readiness = hub.App.Services.GetRequiredService<HubReadiness>();
            await hub.App.RunAsync().ConfigureAwait(false);
            return readiness.Failure is null ? 0 : 1;
        }
        catch (HubArgumentException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n{HubArguments.Usage}").ConfigureAwait(false);
            return 2;
        }
        catch (Exception e) when (e is StorageUnavailableException or NpgsqlException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }
    }

    /// <summary>Decides the storage and builds the application; nothing listens yet.</summary>
    /// <exception cref="HubArgumentException">The command line cannot be used.</exception>
    /// <exception cref="StorageUnavailableException">There is no database to work with.</exception>
    public static async Task<HubHost> BuildAsync(string[] args, CancellationToken ct)
    {
        WebApplicationBuilder builder = CreateBuilder(HubArguments.ToSettings(args));
        HubOptions options = (builder.Configuration.GetSection(HubOptions.Section).Get<HubOptions>() ?? new()).WithFullPaths();
        if (!Directory.Exists(options.StructuresPath))
        {
            throw new HubArgumentException($"There are no structures in '{options.StructuresPath}'; name their folder with --Hub:StructuresPath=DIR.");
        }

        Directory.CreateDirectory(options.Data);
        using ILoggerFactory early = LoggerFactory.Create(l => l.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        HubStorage storage = await HubStorage.ResolveAsync(
            builder.Configuration.GetConnectionString("Hub"), options.Data, early.CreateLogger("Dsm.Hub"), ct).ConfigureAwait(false);
        try
        {
            builder.WebHost.UseUrls(options.ListenOn);
            builder.Services.AddHub(options, storage.ConnectionString);
            return new HubHost(builder.Build().UseHub(options), storage);
        }
        catch
        {
            await storage.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync().ConfigureAwait(false);
        await storage.DisposeAsync().ConfigureAwait(false);
    }

    // Later sources win: the file of the program, that of the region, the environment, the command line.
    private static WebApplicationBuilder CreateBuilder(string[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = settings,
            // Pages are found by it, also when the process is another program's (a test's).
            ApplicationName = typeof(HubHost).Assembly.GetName().Name,
            ContentRootPath = HubFolders.ContentRoot(),
        });
        // Finds wwwroot from a build that is not published, whatever the current folder is.
        builder.WebHost.UseStaticWebAssets();
        string structures = HubFolders.Find(builder.Configuration[$"{HubOptions.Section}:StructuresPath"] ?? "", "structures");
        builder.Configuration
            .AddJsonFile(Path.Combine(structures, "region.json"), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables()
            .AddCommandLine(settings);
        return builder;
    }
}
