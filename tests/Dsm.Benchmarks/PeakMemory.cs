using System.Diagnostics;
using System.Globalization;

namespace Dsm.Benchmarks;

/// <summary>Peak memory of a whole process that reads, validates and maps, at two sizes: it must follow the series, not the observations.</summary>
internal static class PeakMemory
{
    /// <summary>Runs this program once for each size and prints both peaks.</summary>
    public static void Compare(string generator, long observations)
    {
        long[] sizes = [observations, observations * 5];
        double[] peaks = [.. sizes.Select(size => Peak(GeneratedMessages.Message(generator, "structure21", 0), GeneratedMessages.Message(generator, "ss21", size)))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"peak memory, whole process: {peaks[0]:F0} MiB at {sizes[0]:N0}, {peaks[1]:F0} MiB at {sizes[1]:N0} observations (5 times as many series)"));
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
