using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Tests.Database;
using NewsMonitor.Tests.Deliveries;
using Npgsql;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>The service at its most talkative, with a secret of every kind: none may stand in a log, an answer or a table in clear.</summary>
public sealed class SecretTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static readonly Dictionary<string, string> Secrets = new()
    {
        ["webhook"] = "bmV3cy1tb25pdG9yLXNlY3JldC1vZi1hLXdlYmhvb2s=",
        ["webhook before"] = "bmV3cy1tb25pdG9yLXNlY3JldC1iZWZvcmUtdGhhdC4=",
        ["slack"] = "pathsecretofslack0123456789",
        ["teams"] = "pathsecretofteams0123456789",
        ["telegram"] = "AAHtokenofthetelegrambot_0123456789",
        ["ntfy"] = "tk_tokenofntfy0123456789abcdef",
        ["smtp"] = "mailpassword0123456789",
    };

    [Fact]
    public async Task NoSecretIsLoggedReturnedOrStoredInClear()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        // The worst of far sides: it repeats whatever it was told.
        await using var far = await HttpFarSide.Start((http, arrival) =>
        {
            var isFeed = arrival.Path == "/feed.xml";
            http.Response.StatusCode = isFeed ? 200 : 400;
            return http.Response.WriteAsync(isFeed
                ? "<rss version=\"2.0\"><channel><title>Newsroom</title><item><guid>1</guid><title>زعفران</title></item></channel></rss>"
                : $"bad: {arrival.Path} {string.Join(' ', arrival.Headers.Select(h => $"{h.Key}={h.Value}"))}");
        });
        using var setting = new Setting("watches:\n  - id: saffron\n    severity: critical\n    terms: [\"زعفران\"]\n", []);
        var settings = setting.Settings(database.ConnectionString);
        settings["Logging__LogLevel__Default"] = settings["Logging__LogLevel__Microsoft"] = settings["Logging__LogLevel__Microsoft.EntityFrameworkCore"] = "Trace";
        settings["Logging__LogLevel__Microsoft.EntityFrameworkCore.Database.Command"] = settings["Logging__LogLevel__Polly"] = "Trace";
        (settings["Monitor__Smtp__Host"], settings["Monitor__Smtp__Port"]) = ("127.0.0.1", $"{Setting.FreePort()}");
        (settings["Monitor__Smtp__User"], settings["Monitor__Smtp__Password"]) = ("monitor", Secrets["smtp"]);
        settings["Monitor__Smtp__From"] = "news@example.org";
        settings["Monitor__Deliveries__TelegramApi"] = far.Url.AbsoluteUri;
        await using var monitor = MonitorProcess.Start(Setting.FreePort(), settings);
        await monitor.UntilAsync("/api/v1/status", _ => true);

        var answers = new StringBuilder();
        foreach (var (id, body) in Recipients(far.Url))
        {
            answers.AppendLine(await TextAsync(monitor.Http.PostAsJsonAsync("/api/v1/recipients", body)));
            answers.AppendLine(await TextAsync(monitor.Http.PostAsync($"/api/v1/recipients/{id}/test", null)));
        }
        answers.AppendLine(await TextAsync(monitor.Http.PatchAsJsonAsync("/api/v1/recipients/webhook", new { secret = "whsec_" + Secrets["webhook"] })));
        // Refusals must not repeat what they refuse.
        answers.AppendLine(await TextAsync(monitor.Http.PatchAsJsonAsync("/api/v1/recipients/webhook", new { secret = "whsec-" + Secrets["webhook"] })));
        answers.AppendLine(await TextAsync(monitor.Http.PostAsJsonAsync("/api/v1/feeds", new { url = new Uri(far.Url, "feed.xml") })));
        await monitor.UntilAsync("/api/v1/deliveries?limit=100", d => d.GetProperty("items").EnumerateArray().Count(Tried) >= 6);
        foreach (var path in new[] { "recipients", "recipients/slack", "deliveries?limit=100", "audit?limit=100", "alerts", "alerts/1", "status", "openapi" })
        {
            answers.AppendLine(await TextAsync(monitor.Http.GetAsync(path == "openapi" ? "/openapi/v1.json" : $"/api/v1/{path}")));
        }
        Assert.Contains("HTTP 400: bad:", answers.ToString(), StringComparison.Ordinal);

        foreach (var (place, text) in new[] { ("log", monitor.Said), ("answer", answers.ToString()), ("table", await TablesAsync(database.ConnectionString)) })
        {
            Assert.True(text.Length > 1000, $"There is too little to search in the {place}: {text}");
            foreach (var (name, secret) in Secrets)
            {
                var at = text.IndexOf(secret, StringComparison.Ordinal);
                Assert.True(at < 0, $"The secret of {name} stands in the {place}: {text[Math.Max(0, at - 200)..Math.Min(text.Length, Math.Max(0, at) + 100)]}");
            }
        }
        static bool Tried(JsonElement delivery) => delivery.GetProperty("event").GetString() == "alert.raised" && delivery.GetProperty("attempts").GetInt32() > 0;
    }

    static IEnumerable<(string Id, object Body)> Recipients(Uri far) =>
    [
        ("webhook", new { id = "webhook", kind = "webhook", url = new Uri(far, "hook"), secret = "whsec_" + Secrets["webhook before"] }),
        ("slack", new { id = "slack", kind = "slack", url = new Uri(far, $"services/{Secrets["slack"]}") }),
        ("teams", new { id = "teams", kind = "teams", url = new Uri(far, $"workflows/{Secrets["teams"]}?sig={Secrets["teams"]}") }),
        ("telegram", new { id = "telegram", kind = "telegram", to = "-1001234567890", secret = $"123456:{Secrets["telegram"]}" }),
        ("ntfy", new { id = "ntfy", kind = "ntfy", url = new Uri(far, "topic"), secret = Secrets["ntfy"] }),
        ("mail", new { id = "mail", kind = "email", to = "desk@example.org" }),
    ];

    static async Task<string> TextAsync(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    /// <summary>Every row of every table, as text.</summary>
    static async Task<string> TablesAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var names = new List<string>();
        await using (var command = source.CreateCommand("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                names.Add(reader.GetString(0));
            }
        }
        Assert.Contains("recipients", names);
        var all = new StringBuilder();
        foreach (var name in names)
        {
            await using var command = source.CreateCommand($"SELECT string_agg(t::text, E'\\n') FROM \"{name}\" t");
            all.AppendLine(await command.ExecuteScalarAsync() as string);
        }
        return all.ToString();
    }
}
