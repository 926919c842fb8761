using System.Diagnostics;
using System.Globalization;

namespace NewsMonitor.Benchmarks;

/// <summary>The service in a process of its own, so that its time and memory can be told from those of what drives it.</summary>
sealed class WorkerProcess : IDisposable
{
    readonly Process _process;

    WorkerProcess(Process process) => _process = process;

    /// <param name="folder">For its data; it has no configuration folder.</param>
    public static WorkerProcess Start(DirectoryInfo folder, string connectionString, params (string Key, string Value)[] settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "monitor.dll");
        var start = new ProcessStartInfo("dotnet", [program, "run", "--urls", "http://127.0.0.1:0"]);
        foreach (var (key, value) in settings.Concat(
        [
            ("ConnectionStrings__Monitor", connectionString), ("Monitor__DataDirectory", Path.Combine(folder.FullName, "worker")),
            ("Monitor__ConfigDirectory", Path.Combine(folder.FullName, "config")), ("Monitor__Outbound__AllowedHosts", "127.0.0.0/8"),
            ("Logging__LogLevel__Default", "Error"),
        ]))
        {
            start.Environment[key] = value;
        }

        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>Processor time so far, of the user's and the system's side.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in megabytes.</summary>
    public long Megabytes => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
