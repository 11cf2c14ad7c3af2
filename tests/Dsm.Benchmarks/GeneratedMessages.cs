using System.Diagnostics;
using System.Globalization;

namespace Dsm.Benchmarks;

/// <summary>Synthetic messages from the generator in the folder <c>shared</c> beside the repository; kept in the temporary folder between runs.</summary>
internal static class GeneratedMessages
{
    private static readonly string Cache = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "dsm-benchmarks")).FullName;

    /// <summary>The generator; null, said on the console, when the folder is absent.</summary>
    public static string? Generator()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dsm.Hub.sln")))
        {
            folder = folder.Parent;
        }

        string script = Path.GetFullPath(Path.Combine(folder?.FullName ?? ".", "..", "shared", "perf", "gen_sdmx.py"));
        if (File.Exists(script))
        {
            return script;
        }

        Console.WriteLine($"The generator of benchmark messages is not part of the repository; expected at {script}, which is absent. Nothing was measured.");
        return null;
    }

    /// <summary>A message of so many observations, generated when it is not there yet.</summary>
    public static string Message(string generator, string format, long observations, int defects = 0)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{format}-{observations}-{defects}.xml");
        string path = Path.Combine(Cache, name);
        if (!File.Exists(path))
        {
            Console.WriteLine($"generating {path}");
            string count = observations.ToString(CultureInfo.InvariantCulture);
            Run(generator, "--format", format, "--obs", count, "--seed", "1", "--errors", defects.ToString(CultureInfo.InvariantCulture), "--out", path + ".part");
            if (File.Exists(path + ".part.errors.json"))
            {
                File.Move(path + ".part.errors.json", path + ".errors.json", true);
            }

            File.Move(path + ".part", path);
        }

        return path;
    }

    private static void Run(string generator, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("python3", [generator, .. arguments]))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{generator} ended with {process.ExitCode}.");
        }
    }
}
