using System.Diagnostics;
using Dsm.Fuzz.Targets;

namespace Dsm.Fuzz;

/// <summary>Reads any bytes with one reader and asserts what must hold whatever they are.</summary>
public delegate void FuzzRun(ReadOnlySpan<byte> input);

/// <summary>A reader under fuzzing: its name, its run, and words of its language that mutations put in.</summary>
/// <param name="Name">Name on the command line, and of the folder of its corpus.</param>
/// <param name="Run">The run; an exception of any kind is a failure.</param>
/// <param name="Words">Words that matter to the reader.</param>
public sealed record FuzzTarget(string Name, FuzzRun Run, IReadOnlyList<string> Words)
{
    /// <summary>Most bytes a run may allocate in all, plus <see cref="BytesPerByte"/> times its input: many times what is needed.</summary>
    public const long BytesAtAll = 96L << 20;

    /// <summary>See <see cref="BytesAtAll"/>.</summary>
    public const long BytesPerByte = 20_000;

    /// <summary>Longest time of a run, in seconds of the processor: hundreds of times what is needed for inputs of a few kilobytes.</summary>
    public const double Seconds = 10;

    /// <summary>All targets.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("structure-xml", StructureTargets.Xml, FuzzWords.StructureXml),
        new("structure-xml-20", StructureTargets.Xml, FuzzWords.StructureXml20),
        new("structure-json", StructureTargets.Json, FuzzWords.StructureJson),
        new("data-xml", DataTargets.Xml, FuzzWords.DataXml),
        new("data-json", DataTargets.Json, FuzzWords.DataJson),
        new("data-csv", DataTargets.Csv, FuzzWords.Csv),
        new("metadata-xml", MetadataTargets.Xml, FuzzWords.MetadataXml),
        new("metadata-json", MetadataTargets.Json, FuzzWords.MetadataJson),
        new("metadata-csv", MetadataTargets.Csv, FuzzWords.Csv),
        new("registry-xml", RegistryTargets.Xml, FuzzWords.Registry),
        new("errors", ErrorTargets.Any, FuzzWords.Errors),
        new("summary", MessageTargets.Summary, FuzzWords.Any),
        new("sniffer", MessageTargets.Sniffer, FuzzWords.Any),
        new("rest15", RestTargets.Rest15, FuzzWords.Rest),
        new("rest2", RestTargets.Rest2, FuzzWords.Rest),
        new("names", NameTargets.Names, FuzzWords.Names),
    ];

    /// <summary>The target of a name; null when there is none.</summary>
    public static FuzzTarget? Find(string name) => All.FirstOrDefault(t => t.Name == name);

    /// <summary>Runs an input within the bounds of memory and time; gives what is wrong, or null.</summary>
    public string? Check(ReadOnlySpan<byte> input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        try
        {
            Run(input);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e is FuzzFailure ? e.Message : e.ToString();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return allocated > BytesAtAll + (BytesPerByte * input.Length) ? $"{allocated:N0} bytes allocated for {input.Length:N0} bytes of input"
            : seconds > Seconds ? $"{seconds:F1} seconds for {input.Length:N0} bytes of input"
            : null;
    }
}

/// <summary>Something that must hold for every input does not.</summary>
public sealed class FuzzFailure(string message) : Exception(message.Length > 3000 ? message[..3000] : message)
{
    /// <summary>Fails unless two texts are the same.</summary>
    public static void ThrowIfDifferent(string what, string first, string second)
    {
        if (!string.Equals(first, second, StringComparison.Ordinal))
        {
            int at = 0;
            while (at < first.Length && at < second.Length && first[at] == second[at])
            {
                at++;
            }

            throw new FuzzFailure($"{what} differ at {at}: …{Around(first, at)}… and …{Around(second, at)}…");
        }
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 100)..Math.Min(text.Length, at + 200)];
}
