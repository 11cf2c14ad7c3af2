using System.Diagnostics;

namespace Dsm.Fuzz.Engine;

/// <summary>The kept corpus, and mutations of it with a fixed seed: a little fuzzing with every test run, the same on every machine.</summary>
public static class MutationRun
{
    /// <summary>Seed of the mutations.</summary>
    public const int Seed = 20250115;

    /// <summary>What a run did.</summary>
    /// <param name="Inputs">Number of inputs run.</param>
    /// <param name="Failure">What is wrong with the last one; null when nothing was.</param>
    /// <param name="Input">The input that failed.</param>
    public sealed record Result(int Inputs, string? Failure, byte[]? Input);

    /// <summary>Runs all of the corpus, then mutations until there were as many as asked for, the time is over or an input fails.</summary>
    public static Result Run(FuzzTarget target, IReadOnlyList<byte[]> corpus, int mutations, TimeSpan? time = null, int seed = Seed)
    {
        ArgumentNullException.ThrowIfNull(target);
        int inputs = 0;
        foreach (byte[] input in corpus)
        {
            inputs++;
            if (target.Check(input) is { } failure)
            {
                return new Result(inputs, failure, input);
            }
        }

        Mutator mutator = new(seed, target.Words);
        long start = Stopwatch.GetTimestamp();
        for (int n = 0; corpus.Count > 0 && n < mutations && (time is null || Stopwatch.GetElapsedTime(start) < time); n++)
        {
            inputs++;
            byte[] input = mutator.Mutate(corpus[mutator.Next(corpus.Count)], corpus[mutator.Next(corpus.Count)]);
            if (target.Check(input) is { } failure)
            {
                return new Result(inputs, failure, input);
            }
        }

        return new Result(inputs, null, null);
    }
}
