using Dsm.NationalServer;

// The twelve national systems of the demonstration, in one process on loopback.
// Usage: Dsm.NationalServer --urls http://127.0.0.1:7100 [--data samples/data]
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
string data = builder.Configuration["data"] ?? Path.Combine("samples", "data");
if (!File.Exists(Path.Combine(data, "index.json")))
{
    Console.Error.WriteLine($"There is no index.json in {Path.GetFullPath(data)}; name the folder with --data.");
    return 1;
}

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(services => SourceCatalogue.Load(data, services.GetRequiredService<TimeProvider>()));
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
WebApplication app = builder.Build();
app.MapDataResource();
app.MapControlResource();
app.Run();
return 0;
