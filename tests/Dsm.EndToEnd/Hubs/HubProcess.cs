using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Dsm.EndToEnd.Hubs;

/// <summary>A hub as people run it: a process of its own, started like <c>./hub run</c> starts it.</summary>
public sealed class HubProcess : IAsyncDisposable
{
    private const string ReadyLine = "DSM Hub is ready: ";
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    /// <summary>What it wrote to the console so far.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Memory in use at the moment, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts a hub and waits until it says that it is ready.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="connectionString">A database that another hub made; null for the private one of the folder.</param>
    /// <param name="settings">Further arguments.</param>
    public static async Task<HubProcess> StartAsync(DataFolder data, string? connectionString, params string[] settings)
    {
        ProcessStartInfo start = new("dotnet", [Program, "--port", "0", "--data", data.Path, .. settings])
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ConnectionStrings__Hub"] = connectionString ?? "";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        HubProcess hub = new(Process.Start(start)!);
        int id = hub.Id;
        data.Note(id);
        Task ended = hub.process.WaitForExitAsync().ContinueWith(_ => data.Forget(id), TaskScheduler.Default);
        if (await Task.WhenAny(hub.ready.Task, ended, Task.Delay(StartPatience)) != hub.ready.Task)
        {
            string said = hub.Output;
            await hub.DisposeAsync();
            throw new InvalidOperationException($"The hub did not become ready:\n{said}");
        }

        hub.Address = await hub.ready.Task;
        return hub;
    }

    /// <summary>Ends it as a crash would: no handler runs (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM) and waits.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (!process.HasExited)
        {
            using Process kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
            using CancellationTokenSource patience = new(StopPatience);
            await process.WaitForExitAsync(patience.Token);
        }

        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
    }

    // The program of the configuration the tests were built with: .../bin/<configuration>/net10.0/.
    private static string Program
    {
        get
        {
            DirectoryInfo here = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(SharedFolder.RepositoryRoot, "src", "Dsm.Web", "bin", here.Parent!.Name, here.Name, "Dsm.Web.dll");
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        output.Enqueue(line);
        int at = line.IndexOf(ReadyLine, StringComparison.Ordinal);
        if (at >= 0)
        {
            ready.TrySetResult(new Uri(line[(at + ReadyLine.Length)..].Split(' ')[0]));
        }
    }
}
