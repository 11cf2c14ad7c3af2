using System.Diagnostics;
using System.Globalization;
using Dsm.Sdmx.Formats;

namespace Dsm.Benchmarks;

/// <summary>Peak memory of a whole process that reads, validates and maps, at two sizes: it must follow the series, not the observations.</summary>
internal static class PeakMemory
{
    private const int SeriesPerMillion = 8_400, Months = 120;
    private const double Goal = 1.1;

    /// <summary>Runs this program once for each size and prints both peaks; true when the goal is met. Without a format with SDMX-ML.</summary>
    public static bool Compare(string generator, long observations, SdmxFormat? format = null, string ending = "xml")
    {
        int series = (int)(observations * SeriesPerMillion / 1_000_000);
        string structures = GeneratedMessages.Message(generator, "structure21", 0);
        double[] peaks = [.. new[] { 1, 10 }.Select(times => Peak(structures, Message(Months * times)))];
        double ratio = peaks[1] / peaks[0];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"peak memory, whole process: {peaks[0]:F0} MiB at {series * (long)Months:N0}, {peaks[1]:F0} MiB at {series * (long)Months * 10:N0} observations of the same {series:N0} series; goal ≤ {Goal} ×: {(ratio <= Goal ? "met" : "MISSED")} ({ratio:F2})"));
        return ratio <= Goal;

        string Message(int months) => format is null ? LongSeries.Message(series, months) : LongSeries.Message(new Passes(structures), series, months, format, ending);
    }

    /// <summary>The verb run in the child process: one pass, then its peak.</summary>
    public static int Measure(string[] arguments)
    {
        new Passes(arguments[0]).ReadValidateMap(arguments[1]);
        using Process self = Process.GetCurrentProcess();
        self.Refresh();
        Console.WriteLine(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Peak(string structures, string file)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [.. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? new[] { typeof(PeakMemory).Assembly.Location } : [], "peak", structures, file])
        {
            RedirectStandardOutput = true,
        };
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return long.Parse(output, CultureInfo.InvariantCulture) / 1048576.0;
    }
}
