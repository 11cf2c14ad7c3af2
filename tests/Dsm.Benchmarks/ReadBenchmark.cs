using System.Globalization;

namespace Dsm.Benchmarks;

/// <summary>
/// How long reading, validating and mapping SDMX-ML data take against the framework's <c>XmlReader</c> on the same file in the same
/// run, warm, one thread. Figures count only if the planted defects are found exactly, so that is tried first.
/// </summary>
internal static class ReadBenchmark
{
    private const double MostBytes = 16;

    /// <summary>The messages, and what reading + validation + mapping may take: so much of a bare pass, or of one over all attributes.</summary>
    private static readonly (string Format, bool IsBare, double Goal)[] Messages =
    [
        ("ss21", true, 1.0),
        ("ss21flat", false, 0.7),
        ("generic21", false, 0.7),
    ];

    /// <summary>Runs the verb; 0 when all goals are met.</summary>
    public static int Run(string[] arguments)
    {
        if (GeneratedMessages.Generator() is not { } generator)
        {
            return 0;
        }

        long observations = Option(arguments, "--obs", 1_000_000);
        int rounds = (int)Option(arguments, "--rounds", 7);
        string? only = Array.IndexOf(arguments, "--format") is >= 0 and int at ? arguments[at + 1] : null;
        Passes passes = new(GeneratedMessages.Message(generator, "structure21", 0));
        bool met = true;
        foreach ((string format, bool isBare, double goal) in Messages.Where(m => only is null || m.Format == only))
        {
            met &= PlantedDefects.AreFound(passes, generator, format, observations) && Measure(passes, generator, format, observations, rounds, isBare, goal);
        }

        if (!arguments.Contains("--no-peak"))
        {
            met &= PeakMemory.Compare(generator, observations);
        }

        return met ? 0 : 1;
    }

    /// <summary>Repeats reading, validation and mapping of one message, for a profiler to look at.</summary>
    public static int Loop(string[] arguments)
    {
        if (GeneratedMessages.Generator() is { } generator)
        {
            string format = arguments.Length > 0 ? arguments[0] : "ss21";
            Passes passes = new(GeneratedMessages.Message(generator, format.EndsWith('2') ? "structure30" : "structure21", 0));
            string file = GeneratedMessages.Message(generator, format, Option(arguments, "--obs", 1_000_000));
            for (long pass = Option(arguments, "--passes", 50); pass > 0; pass--)
            {
                passes.ReadValidateMap(file);
            }
        }

        return 0;
    }

    /// <summary>A numeric option.</summary>
    public static long Option(string[] arguments, string name, long otherwise)
    {
        int at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? long.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }

    private static bool Measure(Passes passes, string generator, string format, long observations, int rounds, bool isBare, double goal)
    {
        string file = GeneratedMessages.Message(generator, format, observations);
        Measured measured = new(
            rounds,
            ("XmlReader.Read()", () => Passes.BareRead(file)),
            ("XmlReader, all attributes", () => Passes.AllAttributes(file)),
            ("read", () => passes.Read(file)),
            ("read + validate", () => passes.ReadValidate(file)),
            ("read + validate + map", () => passes.ReadValidateMap(file)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{format}: {observations:N0} observations, {new FileInfo(file).Length / 1e6:F1} MB, {rounds} interleaved warm rounds, processor time of one thread"));
        int anchor = isBare ? 0 : 1;
        measured.Print(observations, anchor);
        double ratio = measured.Ratio(4, anchor), bytes = measured.Allocated(4, observations);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"goal: read + validate + map ≤ {goal:F1} × {(isBare ? "XmlReader.Read()" : "XmlReader, all attributes")}: {(ratio <= goal ? "met" : "MISSED")} ({ratio:F2}); ≤ {MostBytes} bytes an observation: {(bytes <= MostBytes ? "met" : "MISSED")} ({bytes:F1})"));
        Console.WriteLine();
        return ratio <= goal && bytes <= MostBytes;
    }
}
