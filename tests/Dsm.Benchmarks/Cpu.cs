using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Dsm.Benchmarks;

/// <summary>Time the calling thread spent on a processor: unlike wall-clock time hardly moved by what else the machine does.</summary>
internal static class Cpu
{
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    /// <summary>Milliseconds of processor time of an action on this thread; wall-clock time where the system does not tell.</summary>
    public static double Milliseconds(Action action)
    {
        if (!OperatingSystem.IsLinux())
        {
            long start = Stopwatch.GetTimestamp();
            action();
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        double before = Now();
        action();
        return Now() - before;
    }

    private static double Now() => GetTime(ThreadClock, out Timespec time) == 0 ? (time.Seconds * 1e3) + (time.Nanoseconds / 1e6) : throw new InvalidOperationException("clock_gettime");

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds, Nanoseconds;
    }
}
