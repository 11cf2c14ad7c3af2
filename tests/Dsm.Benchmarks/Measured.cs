using System.Globalization;

namespace Dsm.Benchmarks;

/// <summary>Passes measured in interleaved rounds after three to warm up, and the table of them. Ratios are those of one round, the median over all rounds.</summary>
internal sealed class Measured
{
    private readonly string[] _names;
    private readonly double[][] _times;
    private readonly long[] _allocated;

    public Measured(int rounds, params (string Name, Action Pass)[] passes)
    {
        _names = [.. passes.Select(p => p.Name)];
        _times = [.. passes.Select(_ => new double[rounds])];
        _allocated = new long[passes.Length];
        for (int round = -3; round < rounds; round++)
        {
            for (int p = 0; p < passes.Length; p++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                long before = GC.GetAllocatedBytesForCurrentThread();
                double time = Cpu.Milliseconds(passes[p].Pass);
                _allocated[p] = GC.GetAllocatedBytesForCurrentThread() - before;
                if (round >= 0)
                {
                    _times[p][round] = time;
                }
            }
        }
    }

    /// <summary>Time of a pass in that of another.</summary>
    public double Ratio(int pass, int anchor) => Median([.. _times[pass].Select((t, round) => t / _times[anchor][round])]);

    /// <summary>Bytes allocated in the last round of a pass for each observation.</summary>
    public double Allocated(int pass, long observations) => (double)_allocated[pass] / observations;

    /// <summary>Prints the table, with ratios to one of the passes.</summary>
    public void Print(long observations, int anchor)
    {
        Console.WriteLine($"{"pass",-28}{"min ms",8}{"median",9}{"max",9}{"M obs/s",10}{"ratio",8}{"bytes/obs",11}");
        for (int p = 0; p < _names.Length; p++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{_names[p],-28}{_times[p].Min(),8:F0}{Median(_times[p]),9:F0}{_times[p].Max(),9:F0}{observations / Median(_times[p]) / 1000,10:F1}{Ratio(p, anchor),8:F2}{Allocated(p, observations),11:F1}"));
        }
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
