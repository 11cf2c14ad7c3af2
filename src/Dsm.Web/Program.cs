using Dsm.Web.Hosting;

// Storage, services, start-up and stop, in that order: Hosting/HubHost.cs. What a request meets: Hosting/HubPipeline.cs.
return await HubHost.RunAsync(args);

/// <summary>The web host's entry point; public so that tests can start it.</summary>
public partial class Program;
