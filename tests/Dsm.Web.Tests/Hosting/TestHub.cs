using System.Net;
using Dsm.Web.Hosting;

namespace Dsm.Web.Tests.Hosting;

/// <summary>A whole hub in the test's process, as <c>Program</c> starts it: real Kestrel on a free port, a real database, a data folder of its own.</summary>
public sealed class TestHub : IAsyncDisposable
{
    private readonly HubHost host;

    private TestHub(HubHost host, string data)
    {
        this.host = host;
        Data = data;
        Cookies = new CookieContainer();
        Http = NewClient(Cookies);
    }

    /// <summary>A client with the cookies of one browser; follows no redirects.</summary>
    public HttpClient Http { get; }

    public CookieContainer Cookies { get; }

    public string Data { get; }

    public IServiceProvider Services => host.App.Services;

    /// <summary>Starts a hub and waits until it is ready.</summary>
    public static async Task<TestHub> StartAsync(string connectionString, string? data = null, params string[] more)
    {
        data ??= Directory.CreateTempSubdirectory("dsm-hub-").FullName;
        string[] args =
        [
            "--port", "0", "--data", data, "--ConnectionStrings:Hub=" + connectionString,
            "--Logging:LogLevel:Default=Critical", "--Logging:LogLevel:Hangfire=Critical", .. more,
        ];
        HubHost host = await HubHost.BuildAsync(args, CancellationToken.None);
        await host.App.StartAsync();
        TestHub hub = new(host, data);
        await hub.EventuallyAsync(async () => (await hub.Http.GetAsync("/health/ready")).IsSuccessStatusCode);
        return hub;
    }

    /// <summary>A client of this hub with other cookies.</summary>
    public HttpClient NewClient(CookieContainer cookies)
        => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = host.Address };

    /// <summary>Waits until something is so; fails after a minute with what the job engine says of its jobs then.</summary>
    public async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        for (int i = 0; i < 600; i++)
        {
            if (await isSo())
            {
                return;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("It did not become so within a minute.\n" + JobReport.Of(Services));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.App.StopAsync();
        await host.DisposeAsync();
    }
}
