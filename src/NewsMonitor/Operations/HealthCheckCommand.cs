using System.CommandLine;

namespace NewsMonitor.Operations;

/// <summary><c>monitor healthcheck</c>: asks the service in this container whether it is ready. The base image has no HTTP client to do so.</summary>
public static class HealthCheckCommand
{
    /// <summary>The command; it ends with 0 when the service is ready and with 1, and the reason, when it is not.</summary>
    public static Command Create()
    {
        var url = new Option<Uri?>("--url")
        {
            Description = "What to ask (default: /healthz/ready on the port that the service listens on)",
            DefaultValueFactory = _ => Default(Environment.GetEnvironmentVariable),
            CustomParser = given =>
            {
                if (Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var address))
                {
                    return address;
                }

                given.AddError($"--url takes an address such as http://127.0.0.1:8080/healthz/ready, and was given '{given.Tokens[0].Value}'.");
                return null;
            },
        };
        var command = new Command("healthcheck", "Ask the running service whether it is ready (0) or not (1)") { url };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(url)!, Console.Error, stop));
        return command;
    }

    /// <summary>The readiness address of a service that was started with these environment variables.</summary>
    public static Uri Default(Func<string, string?> environment)
    {
        var first = (environment("ASPNETCORE_URLS") ?? environment("URLS"))?.Split(';', 2)[0];
        var port = first is { Length: > 0 }
            ? BindingAddress.Parse(first).Port
            : int.TryParse((environment("ASPNETCORE_HTTP_PORTS") ?? environment("HTTP_PORTS"))?.Split(';', 2)[0], out var number) ? number : 8080;
        return new Uri($"http://127.0.0.1:{port}/healthz/ready");
    }

    internal static async Task<int> RunAsync(Uri url, TextWriter errors, CancellationToken stop)
    {
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(8) };
            using var response = await client.GetAsync(url, stop);
            if (response.IsSuccessStatusCode)
            {
                return 0;
            }

            // Docker keeps the output of a failed check, so `docker inspect` shows what the service said of itself.
            await errors.WriteLineAsync($"{url} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(stop)}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"{url} does not answer: {e.Message}");
        }

        return 1;
    }
}
