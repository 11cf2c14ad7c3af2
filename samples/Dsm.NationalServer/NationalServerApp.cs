namespace Dsm.NationalServer;

/// <summary>The twelve national systems as one web application.</summary>
public static class NationalServerApp
{
    /// <summary>Builds the application; it does not listen before it is started.</summary>
    /// <param name="args"><c>--urls</c> and <c>--data</c>, the folder with index.json.</param>
    /// <exception cref="FileNotFoundException">The data folder has no index.json.</exception>
    public static WebApplication Build(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        string data = builder.Configuration["data"] ?? Path.Combine("samples", "data");
        if (!File.Exists(Path.Combine(data, "index.json")))
        {
            throw new FileNotFoundException($"There is no index.json in {Path.GetFullPath(data)}; name the folder with --data.");
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => SourceCatalogue.Load(data, services.GetRequiredService<TimeProvider>()));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        WebApplication app = builder.Build();
        app.MapDataResource();
        app.MapControlResource();
        return app;
    }
}
