using System.Runtime.InteropServices;

namespace FeedParser.Benchmarks;

/// <summary>
/// Processor time of the calling thread. On a machine that others use too, time on the wall measures them; this measures the code. Where
/// the system has no such clock, time on the wall has to do.
/// </summary>
static partial class CpuClock
{
    const int ThreadCpuTime = 3;

    public static double Seconds() => OperatingSystem.IsLinux() && GetTime(ThreadCpuTime, out var time) == 0
        ? time.Seconds + (time.Nanoseconds / 1e9)
        : System.Diagnostics.Stopwatch.GetTimestamp() / (double)System.Diagnostics.Stopwatch.Frequency;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Timespec time);

    struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
