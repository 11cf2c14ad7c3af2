WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
WebApplication app = builder.Build();
app.MapGet("/health/live", () => "live");
app.Run();

/// <summary>The web host's entry point; public so that tests can start it.</summary>
public partial class Program;
