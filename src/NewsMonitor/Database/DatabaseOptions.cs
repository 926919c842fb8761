using System.ComponentModel.DataAnnotations;

namespace NewsMonitor.Database;

/// <summary>Settings under <c>Monitor:Database</c>.</summary>
sealed class DatabaseOptions
{
    /// <summary>How long the start waits for a database that is not up yet. From 0 (one try) to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan WaitAtStart { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Local mode: the folder of PostgreSQL's programs (initdb, pg_ctl, postgres); found by itself when unset.</summary>
    public string? ProgramDirectory { get; set; }

    /// <summary>Local mode: settings of the private cluster, such as <c>shared_buffers = 512MB</c>.</summary>
    public Dictionary<string, string> Settings { get; set; } = [];

    /// <summary>Most connections that one process holds open at a time, beside a quarter as many that the feeds' own work has.</summary>
    [Range(4, 500)]
    public int MaxPoolSize { get; set; } = 40;
}
