using System.Diagnostics;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>Waits for something to become true; a limit that is reached is a failure.</summary>
public static class Wait
{
    public static async Task UntilAsync(Func<bool> condition, TimeSpan? within = null)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < (within ?? TimeSpan.FromSeconds(60)), "It did not happen in time.");
            await Task.Delay(50);
        }
    }
}
