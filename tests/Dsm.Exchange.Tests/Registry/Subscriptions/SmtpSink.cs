using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dsm.Exchange.Tests.Registry.Subscriptions;

/// <summary>A mail server that keeps what it takes (RFC 5321, as much as a client needs), or refuses for now.</summary>
internal sealed class SmtpSink : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();

    public SmtpSink()
    {
        listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Letters as sent, with their recipients.</summary>
    public List<(string To, MimeKit.MimeMessage Letter)> Letters { get; } = [];

    /// <summary>Letters that are refused for now.</summary>
    public int Refusals { get; set; }

    public void Dispose()
    {
        ended.Cancel();
        listener.Stop();
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!ended.IsCancellationRequested)
        {
            TcpClient client = await listener.AcceptTcpClientAsync(ended.Token);
            _ = Task.Run(() => ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient line = client;
        using StreamReader reader = new(line.GetStream(), Encoding.Latin1);
        await using StreamWriter writer = new(line.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        string to = "";
        while (await reader.ReadLineAsync() is { } command)
        {
            string verb = command.Split(' ')[0].ToUpperInvariant();
            if (verb == "RCPT")
            {
                to = command.Split('<', '>')[1];
            }

            if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                StringBuilder data = new();
                while (await reader.ReadLineAsync() is { } text && text != ".")
                {
                    data.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
                }

                if (Refusals > 0)
                {
                    Refusals--;
                    await writer.WriteLineAsync("451 later");
                    continue;
                }

                lock (Letters)
                {
                    Letters.Add((to, MimeKit.MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(data.ToString())))));
                }
            }

            await writer.WriteLineAsync(verb == "QUIT" ? "221 bye" : "250 ok");
            if (verb == "QUIT")
            {
                return;
            }
        }
    }
}
