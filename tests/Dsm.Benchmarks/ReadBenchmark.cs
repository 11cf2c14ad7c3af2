using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Dsm.Benchmarks;

/// <summary>
/// How long reading, validating and mapping take against a bare <c>XmlReader.Read()</c> of the same file in the same run, warm,
/// one thread. Figures count only if the planted defects are found exactly, so that is tried first.
/// </summary>
internal static class ReadBenchmark
{
    /// <summary>Runs the verb; 0 when the floor is met.</summary>
    public static int Run(string[] arguments)
    {
        if (GeneratedMessages.Generator() is not { } generator)
        {
            return 0;
        }

        long observations = Option(arguments, "--obs", 1_000_000);
        int rounds = (int)Option(arguments, "--rounds", 7);
        Passes passes = new(GeneratedMessages.Message(generator, "structure21", 0));
        if (!FindsPlantedDefects(passes, generator, observations))
        {
            return 1;
        }

        string file = GeneratedMessages.Message(generator, "ss21", observations);
        (string Name, Func<string, long> Pass)[] measured =
        [
            ("XmlReader.Read()", Passes.BareRead),
            ("XmlReader, all attributes", Passes.AllAttributes),
            ("read", passes.Read),
            ("read + validate", passes.ReadValidate),
            ("read + validate + map", passes.ReadValidateMap),
        ];
        double[][] times = Measure(measured.Select(m => m.Pass).ToArray(), file, rounds, out long[] allocated);
        double bare = Median(times[0]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{observations:N0} observations, {new FileInfo(file).Length / 1e6:F1} MB, {rounds} interleaved warm rounds"));
        Console.WriteLine("pass                          min ms   median      max   M obs/s   ÷ Read()   bytes/obs");
        for (int m = 0; m < measured.Length; m++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{measured[m].Name,-28}{times[m].Min(),8:F0}{Median(times[m]),9:F0}{times[m].Max(),9:F0}{observations / Median(times[m]) / 1000,10:F1}{Ratio(times, m, bare),11:F2}{(double)allocated[m] / observations,12:F1}"));
        }

        double ratio = Ratio(times, 4, bare);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"floor: read + validate + map ≤ 2.5 × XmlReader.Read(): {(ratio <= 2.5 ? "met" : "MISSED")} ({ratio:F2})"));
        if (!arguments.Contains("--no-peak"))
        {
            PeakMemory.Compare(generator, observations);
        }

        return ratio <= 2.5 ? 0 : 1;
    }

    /// <summary>A numeric option.</summary>
    public static long Option(string[] arguments, string name, long otherwise)
    {
        int at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? long.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }

    private static double[][] Measure(Func<string, long>[] passes, string file, int rounds, out long[] allocated)
    {
        double[][] times = [.. passes.Select(_ => new double[rounds])];
        allocated = new long[passes.Length];
        for (int round = -2; round < rounds; round++)
        {
            for (int p = 0; p < passes.Length; p++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                long before = GC.GetAllocatedBytesForCurrentThread();
                long start = Stopwatch.GetTimestamp();
                passes[p](file);
                if (round >= 0)
                {
                    times[p][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }

                allocated[p] = GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }

        return times;
    }

    /// <summary>Ratio to the bare pass of the same round, median over the rounds: other work on the machine hits both.</summary>
    private static double Ratio(double[][] times, int pass, double bare)
        => bare == 0 ? 0 : Median([.. times[pass].Select((t, round) => t / times[0][round])]);

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static bool FindsPlantedDefects(Passes passes, string generator, long observations)
    {
        int defects = (int)Math.Max(8, observations / 1000);
        string file = GeneratedMessages.Message(generator, "ss21", observations, defects);
        using JsonDocument sideCar = JsonDocument.Parse(File.ReadAllText(file + ".errors.json"));
        long[] planted = [.. sideCar.RootElement.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("ordinal").GetInt64())];
        passes.Refused = [];
        passes.ReadValidateMap(file);
        bool exact = passes.Refused.SequenceEqual(planted) && passes.Found.Count == planted.Length;
        Console.WriteLine($"planted defects: {planted.Length}; found: {passes.Found.Count}; {(exact ? "exactly those" : "NOT THE SAME: no figures")}");
        passes.Refused = null;
        return exact;
    }
}
