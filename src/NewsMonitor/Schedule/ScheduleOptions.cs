using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Schedule;

/// <summary>Settings under <c>Monitor:Schedule</c>.</summary>
sealed class ScheduleOptions
{
    /// <summary>How often the cluster wakes its workers to look for due feeds and deliveries.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>When a worker looks for work although nothing woke it: the net below a lost wake-up.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan LookAnyway { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a worker says that it lives. One that was silent for two and a half times as long is taken for dead.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Checkin { get; set; } = TimeSpan.FromSeconds(5);
}
