using System.Net;
using System.Net.Sockets;

namespace Dsm.EndToEnd.Hubs;

/// <summary>A national office that offers one large file on loopback.</summary>
public sealed class FileServer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly string file;
    private readonly Task serving;

    public FileServer(string file)
    {
        this.file = file;
        Address = $"http://127.0.0.1:{FreePort()}/";
        listener.Prefixes.Add(Address);
        listener.Start();
        serving = Task.Run(ServeAsync);
    }

    /// <summary>Where the file is.</summary>
    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Close();
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await listener.GetContextAsync();
                await using FileStream content = File.OpenRead(file);
                context.Response.ContentLength64 = content.Length;
                await content.CopyToAsync(context.Response.OutputStream);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // Stopped, or the hub was killed in the midst of the answer.
            }
        }
    }
}
