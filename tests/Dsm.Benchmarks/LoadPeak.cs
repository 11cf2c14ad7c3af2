using System.Diagnostics;
using System.Globalization;
using Dsm.Exchange.Submissions;

namespace Dsm.Benchmarks;

/// <summary>Peak memory of a whole process that loads a message, at one and three times the observations of the same series.</summary>
internal static class LoadPeak
{
    private const int SeriesPerMillion = 8_400;

    /// <summary>Runs this program once for each size and prints both peaks.</summary>
    public static void Compare(string structures, string connectionString, long observations)
    {
        int series = (int)(observations * SeriesPerMillion / 1_000_000);
        double[] peaks = [.. new[] { 1, 3 }.Select(times => Peak(structures, LongSeries.Message(series, 120 * times), connectionString))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"peak memory of a loading process: {peaks[0]:F0} MiB at {series * 120L:N0}, {peaks[1]:F0} MiB at {series * 360L:N0} observations of the same {series:N0} series ({peaks[1] / peaks[0]:F2} ×)"));
    }

    /// <summary>The verb run in the child process: one load, then its peak.</summary>
    public static async Task<int> MeasureAsync(string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("dsm-load-peak-").FullName;
        await using LoadBench bench = await LoadBench.StartAsync(arguments[0], false, folder, arguments[2]);
        await bench.EmptyAsync();
        await bench.RunAsync(await bench.ReceiveAsync(arguments[1]), SubmissionStatus.Merged);
        using Process self = Process.GetCurrentProcess();
        self.Refresh();
        Console.WriteLine(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Peak(string structures, string file, string connectionString)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [.. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? new[] { typeof(LoadPeak).Assembly.Location } : [], "load-peak", structures, file, connectionString])
        {
            RedirectStandardOutput = true,
        };
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return long.Parse(output, CultureInfo.InvariantCulture) / 1048576.0;
    }
}
