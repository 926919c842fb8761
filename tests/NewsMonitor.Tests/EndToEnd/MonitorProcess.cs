using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>The service as its users run it: a process of its own, that can be killed.</summary>
public sealed class MonitorProcess : IAsyncDisposable
{
    public const string AdminKey = "nm_test-test-test-test-test-test-test-test-000";

    readonly Process _process;
    readonly HttpClient _http;
    readonly List<string> _said = [];

    MonitorProcess(Process process, int port)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(20) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
    }

    public HttpClient Http => _http;

    public int ProcessId => _process.Id;

    public string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said);
            }
        }
    }

    public static MonitorProcess Start(int port, IReadOnlyDictionary<string, string> settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "monitor.dll");
        var start = new ProcessStartInfo("dotnet", [program, "run", "--urls", $"http://127.0.0.1:{port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["Monitor__AdminKey"] = AdminKey;
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var monitor = new MonitorProcess(Process.Start(start)!, port);
        monitor._process.OutputDataReceived += monitor.Keep;
        monitor._process.ErrorDataReceived += monitor.Keep;
        monitor._process.BeginOutputReadLine();
        monitor._process.BeginErrorReadLine();
        return monitor;
    }

    /// <summary>SIGKILL, as the kernel does it when memory runs out.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks until the answer is what is wanted; fails with what the service said meanwhile.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> wanted, TimeSpan? within = null)
    {
        var clock = Stopwatch.StartNew();
        var last = "nothing yet";
        while (clock.Elapsed < (within ?? TimeSpan.FromSeconds(60)))
        {
            try
            {
                var answer = await _http.GetFromJsonAsync<JsonElement>(path);
                last = answer.ToString();
                if (wanted(answer))
                {
                    return answer;
                }
            }
            catch (HttpRequestException e)
            {
                last = e.Message;
            }

            Assert.False(_process.HasExited, $"The service ended with {(_process.HasExited ? _process.ExitCode : 0)}:\n{Said}");
            await Task.Delay(100);
        }

        throw new TimeoutException($"{path} never was as wanted; last: {last[..Math.Min(last.Length, 2000)]}\n{Said}");
    }

    void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            lock (_said)
            {
                _said.Add(line.Data);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        _http.Dispose();
    }
}
