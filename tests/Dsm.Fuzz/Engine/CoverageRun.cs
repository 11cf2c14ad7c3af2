using System.Diagnostics;

namespace Dsm.Fuzz.Engine;

/// <summary>
/// Fuzzing guided by coverage, in one process: an input that goes where none has gone is kept and changed further. Needs an assembly
/// instrumented by SharpFuzz. At the end the inputs are reduced to few small ones that reach every branch that was reached.
/// </summary>
public sealed class CoverageRun(FuzzTarget target, string corpus, string crashes, TextWriter log)
{
    /// <summary>An input that reaches fewer new branches than this is not worth a file.</summary>
    private const int LeastNew = 3;

    private readonly CoverageMap _map = new();
    private readonly List<byte[]> _inputs = [];
    private readonly HashSet<string> _causes = [];
    private string? _failure;

    /// <summary>Runs for a time; gives the number of failures of different causes.</summary>
    public int Run(TimeSpan time, int seed)
    {
        foreach (byte[] input in FuzzCorpus.Load(corpus, target))
        {
            Try(input, keepAlways: true);
        }

        if (_map.Branches == 0)
        {
            log.WriteLine("No branch was seen: instrument Dsm.Sdmx.dll first (docs/fuzzing.md).");
            return -1;
        }

        Mutator mutator = new(seed, target.Words);
        long start = Stopwatch.GetTimestamp(), runs = 0, told = 0;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            // New inputs first: half of the tries go to the latest of them.
            int parent = mutator.Next(2) == 0 ? mutator.Next(_inputs.Count) : Math.Max(0, _inputs.Count - 1 - mutator.Next(20));
            Try(mutator.Mutate(_inputs[parent], _inputs[mutator.Next(_inputs.Count)]), keepAlways: false);
            runs++;
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > told)
            {
                told += 30;
                log.WriteLine($"{target.Name}: {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, {runs} runs, {_inputs.Count} inputs, {_map.Branches} branches, {_causes.Count} failures");
            }
        }

        Reduce();
        return _causes.Count;
    }

    private byte[] Hits(byte[] input) => _map.Run(() => _failure = target.Check(input));

    private void Try(byte[] input, bool keepAlways)
    {
        byte[] hits = Hits(input);
        if (_failure is { } failure)
        {
            if (_causes.Count < 50 && _causes.Add(Cause(failure)))
            {
                log.WriteLine($"{FuzzCorpus.Save(crashes, target.Name, input)}\n{failure}\n");
            }

            return;
        }

        if (_map.Add(hits) || keepAlways)
        {
            _inputs.Add(input);
        }
    }

    // Where it was thrown, not with which values.
    private static string Cause(string failure)
    {
        string[] frames = [.. failure.Split('\n').Where(l => l.TrimStart().StartsWith("at ", StringComparison.Ordinal)).Take(3)];
        return frames.Length > 0 ? string.Join('\n', frames) : failure[..Math.Min(failure.Length, 60)];
    }

    private void Reduce()
    {
        bool[] reached = new bool[1 << 16];
        List<byte[]> kept = [];
        foreach (byte[] input in _inputs.OrderBy(i => i.Length))
        {
            int[] mine = [.. Branches(Hits(input)).Where(b => !reached[b])];
            if (mine.Length < LeastNew)
            {
                continue;
            }

            byte[] small = Trim(input, mine);
            foreach (int branch in Branches(Hits(small)))
            {
                reached[branch] = true;
            }

            kept.Add(small);
        }

        string folder = Path.Combine(corpus, target.Name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (byte[] input in kept)
        {
            FuzzCorpus.Save(corpus, target.Name, input);
        }

        log.WriteLine($"{target.Name}: {kept.Count} inputs kept, {kept.Sum(k => k.Length)} bytes, {reached.Count(r => r)} branches");
    }

    /// <summary>Leaves out what is not needed to reach some branches.</summary>
    private byte[] Trim(byte[] input, int[] branches)
    {
        long start = Stopwatch.GetTimestamp();
        for (int part = Math.Max(1, input.Length / 2); part >= 1; part /= 2)
        {
            for (int at = 0; at < input.Length && Stopwatch.GetElapsedTime(start).TotalSeconds < 0.3;)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(input.Length, at + part))];
                byte[] hits = Hits(shorter);
                if (_failure is null && branches.All(b => hits[b] != 0))
                {
                    input = shorter;
                }
                else
                {
                    at += part;
                }
            }
        }

        return input;
    }

    private static IEnumerable<int> Branches(byte[] hits)
    {
        for (int i = 0; i < hits.Length; i++)
        {
            if (hits[i] != 0)
            {
                yield return i;
            }
        }
    }
}
