using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Dsm.Exchange.Demo;

/// <summary>
/// The national systems of the demonstration as a process beside the hub, on loopback. It cannot outlive the hub: a shell between the
/// two waits for the end of a pipe that the kernel closes with the hub, however that ends.
/// </summary>
public sealed class NationalSystems : IAsyncDisposable
{
    // Ctrl-C at the console reaches the whole group; the hub then still closes the pipe in its own time.
    private const string EndsWithTheHub =
        """
        trap '' INT
        trap 'kill "$child" 2>/dev/null' TERM HUP EXIT
        "$@" </dev/null & child=$!
        read -r end
        kill "$child" 2>/dev/null
        wait "$child" 2>/dev/null
        """;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private NationalSystems(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    /// <summary>Where they answer.</summary>
    public Uri Address { get; }

    /// <summary>The program in a samples folder, of the build that was made last; null when it is not built.</summary>
    public static string? FindProgram(string samplesPath)
    {
        string bin = Path.Combine(samplesPath, "Dsm.NationalServer", "bin");
        string beside = Path.Combine(samplesPath, "Dsm.NationalServer", "Dsm.NationalServer.dll");
        IEnumerable<string> built = Directory.Exists(bin)
            ? Directory.EnumerateFiles(bin, "Dsm.NationalServer.dll", SearchOption.AllDirectories)
            : File.Exists(beside) ? [beside] : [];
        return built.OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault();
    }

    /// <summary>Starts them, on the port of the last time when that is free.</summary>
    /// <param name="program">The program.</param>
    /// <param name="samplesPath">Folder with the data.</param>
    /// <param name="portFile">Where the port is remembered, so that the registered addresses stay true.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="IOException">They do not start.</exception>
    public static async Task<NationalSystems> StartAsync(string program, string samplesPath, string portFile, CancellationToken ct)
    {
        int port = ChoosePort(portFile);
        Uri address = new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        NationalSystems systems = new(Start(program, samplesPath, address), address);
        try
        {
            await systems.WaitAsync(ct).ConfigureAwait(false);
            await File.WriteAllTextAsync(portFile, port.ToString(CultureInfo.InvariantCulture) + "\n", ct).ConfigureAwait(false);
            return systems;
        }
        catch
        {
            await systems.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
        }

        process.StandardInput.Close();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(10));
        try
        {
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private static Process Start(string program, string samplesPath, Uri address)
    {
        string[] command = [DotnetHost(), program, "--urls", address.GetLeftPart(UriPartial.Authority), "--data", Path.Combine(samplesPath, "data")];
        ProcessStartInfo start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(command[0], command[1..])
            : new ProcessStartInfo("sh", ["-c", EndsWithTheHub, "sh", .. command]);
        start.RedirectStandardInput = true;
        start.UseShellExecute = false;
        start.WorkingDirectory = samplesPath;

        // Settings of the hub are none of theirs, least of all its database.
        string[] ours = ["ConnectionStrings", "Hub_", "ASPNETCORE_", "Logging_"];
        foreach (string name in start.Environment.Keys.Where(k => ours.Any(o => k.StartsWith(o, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            start.Environment.Remove(name);
        }

        return Process.Start(start) ?? throw new IOException($"{start.FileName} could not be started.");
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        Stopwatch waiting = Stopwatch.StartNew();
        while (waiting.Elapsed < StartPatience && !process.HasExited)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri("/control/", UriKind.Relative), ct).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(150), ct).ConfigureAwait(false);
        }

        throw new IOException($"The national systems of the demonstration do not answer at {Address}.");
    }

    private static int ChoosePort(string portFile)
    {
        if (File.Exists(portFile) && int.TryParse(File.ReadAllText(portFile), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int last)
            && Storage.LoopbackPort.IsFree(last))
        {
            return last;
        }

        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    // The hub may run as "dotnet Dsm.Web.dll" or by its own executable; the runtime's folder leads to the host in both cases.
    private static string DotnetHost()
    {
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(host) ? host : "dotnet";
    }
}
