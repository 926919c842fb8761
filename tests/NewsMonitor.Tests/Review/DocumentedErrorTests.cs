using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Review;
using NewsMonitor.Review.Views;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.Review;

/// <summary>
/// Every refusal that the API's document names is provoked over HTTP. What all operations have in common (no key, too low a role, too many
/// requests, an idempotency key used twice, a thing that is not there, one that was changed meanwhile) is made by rule; the rest stands in
/// <see cref="Cases"/>. A documented error without a case fails, and so does a case that the document does not name.
/// </summary>
public sealed class DocumentedErrorTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    const string Nowhere = "999999";

    string _token = "";

    /// <param name="Query">What follows the path.</param>
    /// <param name="Id">What stands for {id}.</param>
    sealed record Case(string? Body = null, string Query = "", string Id = "1", string? IfMatch = null);

    /// <summary>A body that is right, for what is refused for another reason.</summary>
    static readonly Dictionary<string, string> Bodies = new()
    {
        ["updateAlert"] = """{"status":"confirmed"}""",
        ["updateView"] = """{"name":"another","filter":{}}""",
        ["updateWatch"] = """{"id":"qaani","terms":["Qaani"]}""",
        ["updateRecipient"] = """{"mode":"daily"}""",
        ["updateSilence"] = """{"phrase":"football","reason":"sports"}""",
        ["updateFeed"] = """{"title":"another"}""",
        ["replayRecipient"] = """{"since":"2026-11-01T00:00:00Z"}""",
    };

    static readonly Dictionary<(string Operation, int Status), Case[]> Cases = new()
    {
        [("listAlerts", 400)] = [new(Query: "?limit=0"), new(Query: "?status=open"), new(Query: "?q=("), new(Query: "?cursor=x")],
        [("updateAlert", 400)] = [new("""{"status":"open"}"""), new("[]"), new("{}", IfMatch: "x")],
        [("bulkUpdateAlerts", 400)] = [new("{}")],
        [("streamAlerts", 400)] = [new(Query: "?severity=worst")],
        [("exportAlertsCsv", 400)] = [new(Query: "?q=(")],
        [("exportAlertsJsonLines", 400)] = [new(Query: "?q=(")],
        [("muteStory", 400)] = [new("""{"until":"2020-01-01T00:00:00Z"}""")],
        [("muteStory", 409)] = [new("{}", Id: "2")],
        [("alertFeed", 400)] = [new(Query: "?token={token}&status=open")],
        [("listAudit", 400)] = [new(Query: "?limit=0")],
        [("importFeeds", 400)] = [new("this is no outline")],
        [("importFeeds", 413)] = [new(new string(' ', (10 * 1024 * 1024) + 1))],
        [("listViews", 400)] = [new(Query: "?limit=0")],
        [("createView", 400)] = [new("{}"), new("""{"name":"x","filter":{"status":["open"]}}""")],
        [("createView", 409)] = [new("""{"name":"theirs","filter":{}}""")],
        [("updateView", 400)] = [new("{}")],
        [("updateView", 409)] = [new("""{"name":"theirs","filter":{}}""")],
        [("deleteView", 400)] = [new(IfMatch: "x")],
        [("listWatches", 400)] = [new(Query: "?limit=0")],
        [("createWatch", 400)] = [new("{}"), new("""{"id":"x","query":"(a OR"}""")],
        [("createWatch", 409)] = [new("""{"id":"qaani","terms":["Qaani"]}""")],
        [("updateWatch", 400)] = [new("{}", Id: "qaani")],
        [("deleteWatch", 400)] = [new(IfMatch: "x", Id: "qaani")],
        [("listWatchRevisions", 400)] = [new(Query: "?limit=0", Id: "qaani")],
        [("previewWatch", 400)] = [new("{}")],
        [("suggestTerms", 400)] = [new("{}"), new("""{"name":"…"}""")],
        [("backtestWatch", 400)] = [new("{}")],
        [("raiseFromArchive", 400)] = [new("""{"limit":0}""", Id: "qaani")],
        [("raiseFromArchive", 409)] = [new("{}", Id: "idle")],
        [("listStories", 400)] = [new(Query: "?limit=0")],
        [("listRecipients", 400)] = [new(Query: "?limit=0")],
        [("createRecipient", 400)] = [new("{}"), new("""{"id":"x","kind":"email","to":"nobody"}""")],
        [("createRecipient", 409)] = [new("""{"id":"desk","kind":"webhook","url":"https://desk.example/hook"}""")],
        [("updateRecipient", 400)] = [new("""{"quietHours":"late"}""", Id: "desk")],
        [("replayRecipient", 400)] = [new("{}", Id: "desk")],
        [("replayRecipient", 409)] = [new("""{"since":"2026-11-01T00:00:00Z"}""", Id: "closed")],
        [("listSilences", 400)] = [new(Query: "?limit=0")],
        [("createSilence", 400)] = [new("""{"reason":"everything"}""")],
        [("updateSilence", 400)] = [new("{}")],
        [("listDeliveries", 400)] = [new(Query: "?limit=0")],
        [("retryDelivery", 409)] = [new("{}")],
        [("retryDeliveries", 400)] = [new("{}")],
        [("listArticles", 400)] = [new(Query: "?q=("), new(Query: "?sort=best")],
        [("getArticle", 400)] = [new(Query: "?q=(")],
        [("listKeys", 400)] = [new(Query: "?limit=0")],
        [("createKey", 400)] = [new("{}"), new("""{"name":"x","role":"king"}""")],
        [("listFeeds", 400)] = [new(Query: "?limit=0"), new(Query: "?state=well")],
        [("createFeed", 400)] = [new("{}"), new("""{"url":"ftp://one.example/feed"}""")],
        [("createFeed", 409)] = [new("""{"url":"https://one.example/feed"}""")],
        [("updateFeed", 400)] = [new("""{"url":"nowhere"}""")],
        [("updateFeed", 409)] = [new("""{"url":"https://two.example/feed"}""")],
        [("listFetches", 400)] = [new(Query: "?limit=0")],
        [("refreshFeed", 409)] = [new("{}", Id: "2")],
        [("discoverFeeds", 400)] = [new("""{"url":"http://"}""")],
        [("discoverFeeds", 422)] = [new("""{"url":"http://127.0.0.1:9/"}""")],
    };

    sealed record Operation(string Name, HttpMethod Method, string Path, Role Least, bool Anonymous, IReadOnlyList<int> Refusals);

    [Fact]
    public async Task EveryDocumentedErrorIsWhatTheServiceAnswers()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        await using var hurried =
            await ApiServer.StartAsync(postgres,
            new() { ["Monitor:Api:RequestsPerMinute"] = "1", ["Monitor:Api:AnonymousRequestsPerMinute"] = "1" });
        await using var gate = await Gate.StartAsync(postgres);
        await PrepareAsync(server);
        var operations = await OperationsAsync(server);
        var documented = operations.SelectMany(o => o.Refusals.Select(status => (o.Name, status))).ToHashSet();
        Assert.DoesNotContain(Cases.Keys, key => !documented.Contains(key));
        await hurried.Client().GetAsync("status").JsonAsync();
        using (await hurried.Client(null).GetAsync("status"))
        {
        }

        var (wrong, tried) = (new List<string>(), 0);
        foreach (var operation in operations)
        {
            foreach (var status in operation.Refusals)
            {
                var before = tried;
                foreach (var provoke in Ways(server, hurried, gate, operation, status))
                {
                    tried++;
                    try
                    {
                        await provoke().ProblemAsync(status);
                    }
                    catch (Exception differs) when (differs is Xunit.Sdk.XunitException or HttpRequestException)
                    {
                        wrong.Add($"{operation.Name} {status}: {differs.Message}");
                    }
                }

                if (tried == before)
                {
                    wrong.Add($"{operation.Name} {status}: documented, and no case provokes it.");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(tried > 300, $"{tried} refusals");
    }

    IEnumerable<Func<Task<HttpResponseMessage>>> Ways(ApiServer server, ApiServer hurried, Gate gate, Operation operation, int status)
    {
        var good = new Case(Bodies.GetValueOrDefault(operation.Name, "{}"));
        foreach (var given in Cases.GetValueOrDefault((operation.Name, status), []))
        {
            yield return () => SendAsync(server.Client(), operation, given);
        }

        switch (status)
        {
            case 401:
                yield return () => SendAsync(server.Client(null), operation, good);
                break;
            case 403 when operation.Least > Role.Reader:
                yield return () => SendAsync(server.Client(operation.Least - 1), operation, good);
                break;
            case 403:
                yield return () => SendAsync(gate.Client(), operation, good);
                break;
            case 404:
                yield return () => SendAsync(server.Client(), operation, good with { Id = Nowhere });
                break;
            case 412:
                var id = operation.Path.StartsWith("watches/", StringComparison.Ordinal) ? "qaani"
                    : operation.Path.StartsWith("recipients/", StringComparison.Ordinal) ? "desk" : "1";
                yield return () => SendAsync(server.Client(), operation, good with { Id = id, IfMatch = "\"0\"" });
                break;
            case 429:
                yield return () => SendAsync(hurried.Client(operation.Anonymous ? null : Role.Admin), operation, good);
                break;
            case 409 when operation.Method == HttpMethod.Post:
                yield return () => InProgressAsync(server, operation);
                break;
            case 422 when operation.Method == HttpMethod.Post:
                yield return () => UsedBeforeAsync(server, operation);
                break;
        }
    }

    Task<HttpResponseMessage> SendAsync(HttpClient client, Operation operation, Case given, string? key = null)
    {
        var request = new HttpRequestMessage(operation.Method, operation.Path.Replace("{id}", given.Id, StringComparison.Ordinal)
            + given.Query.Replace("{token}", _token, StringComparison.Ordinal));
        if (operation.Method != HttpMethod.Get && operation.Method != HttpMethod.Delete)
        {
            request.Content = new StringContent(given.Body ?? "{}", Encoding.UTF8, operation.Name == "importFeeds" ? "text/x-opml"
                : "application/json");
        }

        // What is refused by its size alone is refused before it is sent.
        request.Headers.ExpectContinue = given.Body?.Length > 1_000_000;
        if (given.IfMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", given.IfMatch);
        }

        if (key is not null)
        {
            request.Headers.Add(Idempotency.Header, key);
        }

        return client.SendAsync(request);
    }

    /// <summary>The first request with this key has no answer yet, as the table of kept answers says.</summary>
    async Task<HttpResponseMessage> InProgressAsync(ApiServer server, Operation operation)
    {
        var key = "busy-" + operation.Name;
        await using var db = server.Database();
        db.Add(new KeptAnswer
        {
            KeyId = await db.Set<ApiKey>().Where(k => k.Name == "the admin").Select(k => k.Id).SingleAsync(),
            Key = key,
            Request = SHA256.HashData(Encoding.UTF8.GetBytes($"/api/v1/{operation.Path.Replace("{id}", "1", StringComparison.Ordinal)}\n{{}}")),
            CreatedAt = DateTimeOffset.UtcNow,
        });
        await db.SaveChangesAsync();
        return await SendAsync(server.Client(), operation, new("{}"), key);
    }

    async Task<HttpResponseMessage> UsedBeforeAsync(ApiServer server, Operation operation)
    {
        var key = "twice-" + operation.Name;
        using (await SendAsync(server.Client(), operation, new("{}"), key))
        {
        }

        return await SendAsync(server.Client(), operation, new("[7]"), key);
    }

    async Task<IReadOnlyList<Operation>> OperationsAsync(ApiServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        var document = JsonDocument.Parse(await client.GetStringAsync("openapi/v1.json")).RootElement;
        _token = (await server.Client().GetAsync("alerts.atom/address").JsonAsync()).GetProperty("url").GetString()!.Split("token=")[1];
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               from method in path.Value.EnumerateObject()
               where method.Name is "get" or "post" or "put" or "patch" or "delete"
               let description = method.Value.GetProperty("description").GetString()!
               select new Operation(
                   method.Value.GetProperty("operationId").GetString()!,
                   new HttpMethod(method.Name.ToUpperInvariant()),
                   path.Name["/api/v1/".Length..],
                   description.Contains("role: admin", StringComparison.Ordinal) ? Role.Admin
                       : description.Contains("role: reviewer", StringComparison.Ordinal) ? Role.Reviewer : Role.Reader,
                   method.Value.TryGetProperty("security", out var security) && security.GetArrayLength() == 0,
                   [
                       .. method.Value.GetProperty("responses").EnumerateObject()
                           .Select(r => int.Parse(r.Name, CultureInfo.InvariantCulture)).Where(status => status is >= 400 and < 500),
                   ]),
        ];
    }

    /// <summary>Two of each thing where one is in the other's way.</summary>
    static async Task PrepareAsync(ApiServer server)
    {
        var at = Archive.Start;
        await using var db = server.Database();
        await db.AddWatchAsync("qaani");
        (await db.AddWatchAsync("idle")).Enabled = false;
        var alert = await db.AddAlertAsync("qaani", "Qaani in Baghdad");
        var muted = await db.AddAlertAsync("qaani", "Qaani in Basra");
        Assert.Equal((1, 2), (alert.Id, muted.Id));
        foreach (var (name, enabled) in new[] { ("one", true), ("two", false) })
        {
            db.Add(new Feed
            {
                Url = $"https://{name}.example/feed", Origin = Origin.Api, Enabled = enabled, NextFetchAt = at, CreatedAt =
                at
            });
        }

        foreach (var name in new[] { "mine", "theirs" })
        {
            db.Add(new SavedView { Name = name, Filter = new ViewFilter(), CreatedBy = "test", CreatedAt = at, UpdatedAt = at });
        }

        foreach (var (id, enabled) in new[] { ("desk", true), ("closed", false) })
        {
            db.Add(new Recipient
            {
                Id = id, Kind = RecipientKind.Webhook, Target = "http://127.0.0.1:9/", Enabled = enabled, Origin = Origin.Api, CreatedAt =
                    at, UpdatedAt = at,
            });
        }

        db.Add(new Silence { StoryId = muted.StoryId, StartsAt = at, Reason = "enough", CreatedBy = "test", CreatedAt = at });
        db.Add(new Delivery
        {
            RecipientId = "desk", Event = "test", MessageId = "m1", Key = "k1", Status = DeliveryStatus.Sent, NextAttemptAt = at,
            CreatedAt = at, SentAt = at,
        });
        await db.SaveChangesAsync();
    }
}

/// <summary>A service behind a proxy that vouches for somebody who has no role in it: the one way to be refused what every key may
/// read.</summary>
sealed class Gate : IAsyncDisposable
{
    readonly EndToEnd.Setting _setting = new("watches: []", []);
    TestDatabase? _database;
    MonitorService? _service;

    public static async Task<Gate> StartAsync(PostgresFixture postgres)
    {
        var gate = new Gate { _database = await postgres.CreateDatabaseAsync() };
        var settings = gate._setting.Settings(gate._database.ConnectionString)
            .ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => (string?)s.Value);
        settings["urls"] = "http://127.0.0.1:0";
        settings["Monitor:SignIn:UserHeader"] = "X-Forwarded-User";
        settings["Monitor:SignIn:TrustedProxies"] = "127.0.0.1, ::1";
        settings["Monitor:SignIn:Others"] = "none";
        gate._service = await MonitorService.StartAsync(settings, CancellationToken.None);
        return gate;
    }

    public HttpClient Client() => new()
    {
        BaseAddress = new Uri(_service!.Address, "/api/v1/"),
        DefaultRequestHeaders = { { "X-Forwarded-User", "somebody" }, { "X-Monitor-Page", "1" } },
    };

    public async ValueTask DisposeAsync()
    {
        await _service!.DisposeAsync();
        await _database!.DisposeAsync();
        _setting.Dispose();
    }
}
