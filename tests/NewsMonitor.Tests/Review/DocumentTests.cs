using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NewsMonitor.Review;
using NewsMonitor.Tests.Database;
using Xunit.Abstractions;

namespace NewsMonitor.Tests.Review;

/// <summary>What the API's own document promises, held against the API.</summary>
public sealed class DocumentTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    static async Task<JsonElement> DocumentAsync(ApiServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        return JsonDocument.Parse(await client.GetStringAsync("openapi/v1.json")).RootElement;
    }

    static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        where method.Name is "get" or "post" or "put" or "patch" or "delete"
        select (path.Name, method.Name.ToUpperInvariant(), method.Value);

    [Fact]
    public async Task EveryOperationIsNamedSecuredAndExplained()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        var document = await DocumentAsync(server);
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").GetProperty("scheme")
            .GetString());
        foreach (var (path, method, operation) in Operations(document))
        {
            var name = $"{method} {path}";
            Assert.True(operation.TryGetProperty("operationId", out _), name);
            Assert.True(operation.TryGetProperty("summary", out _), name);
            foreach (var parameter in operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : default)
            {
                var parameterName = parameter.GetProperty("name").GetString()!;
                Assert.True(parameter.GetProperty("in").GetString() == "header" || char.IsLower(parameterName[0]),
                    $"{name} {parameterName}");
                Assert.True(parameter.GetProperty("schema").TryGetProperty("type", out _) || parameter.GetProperty("schema")
                    .TryGetProperty("$ref", out _),
                    $"{name} {parameterName} has no type");
            }

            // Whoever needs no key has no role.
            var open = operation.TryGetProperty("security", out var security) && security.GetArrayLength() == 0;
            foreach (var status in open ? ["401", "429"] : new[] { "401", "403", "429" })
            {
                Assert.True(operation.GetProperty("responses").GetProperty(status).GetProperty("content")
                    .GetProperty("application/problem+json")
                    .TryGetProperty("example", out _), $"{name} {status}");
            }
        }

        var alert = document.GetProperty("components").GetProperty("schemas").GetProperty("AlertDocument");
        Assert.Contains("raisedAt", alert.GetProperty("required").EnumerateArray().Select(p => p.GetString()));
        Assert.DoesNotContain("assignee", alert.GetProperty("required").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal("string", alert.GetProperty("properties").GetProperty("raisedAt").GetProperty("type").GetString());
        using var client = new HttpClient { BaseAddress = server.Address };
        Assert.Contains("swagger", await client.GetStringAsync("docs/index.html"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task NoOperationAnswersWithoutAKeyOrBelowItsRole()
    {
        await using var server = await ApiServer.StartAsync(postgres);
        foreach (var (path, method, operation) in Operations(await DocumentAsync(server)))
        {
            var address = path["/api/v1/".Length..].Replace("{id}", "1", StringComparison.Ordinal);
            await SendAsync(server.Client(null), method, address).ProblemAsync(401);
            var least = operation.GetProperty("description").GetString()!;
            foreach (var role in Enum.GetValues<Role>().Where(r => !Allows(least, r)))
            {
                await SendAsync(server.Client(role), method, address).ProblemAsync(403);
            }
        }
    }

    static bool Allows(string description, Role role) => description.Contains("role: reader", StringComparison.Ordinal)
        || (description.Contains("role: reviewer", StringComparison.Ordinal) && role >= Role.Reviewer) || role == Role.Admin;

    static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string address) =>
        client.SendAsync(new HttpRequestMessage(new HttpMethod(method), address) { Content = method == "GET" ? null : Json("{}") });

    static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    /// <summary>MONITOR_HOSTILE_REQUESTS sets how many; a run by hand takes 10,000.</summary>
    [Fact]
    public async Task NoHostileRequestFailsTheService()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("MONITOR_HOSTILE_REQUESTS") ?? "600", CultureInfo.InvariantCulture);
        var seed = Environment.GetEnvironmentVariable("MONITOR_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var server = await ApiServer.StartAsync(postgres);
        await using (var db = server.Database())
        {
            for (var i = 0; i < 5; i++)
            {
                await db.AddAlertAsync("qaani", $"قاآني {i}");
            }

            await db.AddWatchAsync("sudani");
        }

        var requests = new HostileRequests(await DocumentAsync(server), new Random(seed));
        using var client = server.Client();
        client.Timeout = TimeSpan.FromSeconds(30);
        var statuses = new SortedDictionary<int, int>();
        for (var i = 0; i < count; i++)
        {
            using var request = requests.Next(out var description);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var status = (int)response.StatusCode;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
            {
                var body = await response.Content.ReadAsStringAsync(patience.Token);
                Assert.True(status < 500, $"seed {seed}, request {i}: {description}: {status} {body}");
            }
        }

        // The alert feed takes a key in its address and refuses a wrong one there; everything else came in.
        Assert.True(statuses.GetValueOrDefault(401) < count / 20);
        output.WriteLine($"{count} requests: {string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}"))}");
        await server.Client().GetAsync("status").JsonAsync();
    }
}

/// <summary>Makes requests out of an OpenAPI document: most of them near to valid, all of them unkind.</summary>
sealed class HostileRequests(JsonElement document, Random random)
{
    static readonly string[] Texts =
    [
        "", " ", "قاآني", "null", "0", "-1", "9223372036854775808", "1e309", "NaN", "true", "\0", "a\0b", "\ud800", "‏قا‎", "%00",
        "../../etc/passwd",
        "' OR 1=1 --", "'); DROP TABLE alerts; --", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "{}", "[]", "\"", "(", "NOT",
        "a NEAR/5", "\"x\"~3",
        "title:(", "=x", "x*", "abc~", "()", "a OR", "*", "~", "word NOT word", "((((((((((x))))))))))", "2026-13-45T99:99:99Z",
        "2026-11-01T08:00:00Z",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "-infinity", "new", "dismissed", "high", "qaani", "sudani", "ar",
        "lang:ar x",
        "AAAA", "NjM5MTMxMjM0NTY3ODkw", "OTk5OTk5OTk5OTk5OTk5OTk5OS4x", "LTk5OTk5OTk5OS4tMQ", "\r\nX-Injected: 1", "🤷‍♀️", "İı", "\u202e",
    ];

    readonly (string Path, string Method, JsonElement Operation)[] _operations =
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from method in path.Value.EnumerateObject()
           where method.Name is "get" or "post" or "put" or "patch" or "delete"
           where !path.Name.EndsWith("/stream", StringComparison.Ordinal)
           select (path.Name, method.Name.ToUpperInvariant(), method.Value),
    ];

    public HttpRequestMessage Next(out string description)
    {
        var (path, method, operation) = _operations[random.Next(_operations.Length)];
        // The keys of the test itself are left alone: with one of them revoked, every later request would be refused at the door.
        var id = path.Contains("/keys/", StringComparison.Ordinal) ? OneOf("99", "x", "-1")
            : OneOf("1", "2", "3", "99", "sudani", "qaani", Text());
        var address = path["/api/v1/".Length..].Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal);
        var query = new List<string>();
        var request = new HttpRequestMessage { Method = new HttpMethod(method) };
        foreach (var parameter in operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : default)
        {
            var name = parameter.GetProperty("name").GetString()!;
            if (random.Next(3) > 0)
            {
                continue;
            }

            if (parameter.GetProperty("in").GetString() == "query")
            {
                query.Add($"{name}={Uri.EscapeDataString(Printable(Text()))}");
            }
            else if (parameter.GetProperty("in").GetString() == "header")
            {
                request.Headers.TryAddWithoutValidation(name, new string([.. Text().Where(c => c is >= ' ' and <= '~')]));
            }
        }

        var body = operation.TryGetProperty("requestBody", out var wanted) ? Body(wanted) : null;
        request.RequestUri = new Uri(address + (query.Count > 0 ? "?" + string.Join('&', query) : ""), UriKind.Relative);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(random.Next(12) == 0 ? "text/plain" : "application/json");
        }

        description = $"{method} {request.RequestUri} {body}";
        return request;
    }

    string Body(JsonElement wanted)
    {
        if (random.Next(10) == 0)
        {
            return OneOf("", "{", "[1,2", "null", "\"x\"", "[[[[[[]]]]]]", new string('[', 500), "{\"id\":}", "\u0000", Text());
        }

        var schema = wanted.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema");
        return Value(schema, 0);
    }

    string Value(JsonElement schema, int depth)
    {
        if (random.Next(8) == 0 || depth > 6)
        {
            return OneOf("null", "7", "-1", "1e400", "true", "[]", "{}", Quote(Text()), $"[{Quote(Text())}]");
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Value(document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]),
                depth);
        }

        foreach (var choice in new[] { "oneOf", "anyOf", "allOf" })
        {
            if (schema.TryGetProperty(choice, out var options) && options.GetArrayLength() > 0)
            {
                return Value(options[random.Next(options.GetArrayLength())], depth);
            }
        }

        if (schema.TryGetProperty("enum", out var names))
        {
            return names[random.Next(names.GetArrayLength())].GetRawText();
        }

        if (schema.TryGetProperty("properties", out var properties))
        {
            return "{" + string.Join(',', properties.EnumerateObject().Where(_ => random.Next(4) > 0)
                .Select(property => $"{Quote(property.Name)}:{Value(property.Value, depth + 1)}")) + "}";
        }

        return schema.TryGetProperty("items", out var items)
            ? "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(items, depth + 1))) + "]"
            : schema.GetRawText().Contains("integer", StringComparison.Ordinal) ? OneOf("0", "1", "2", "-5", "99999999999999999999", "1.5")
                : Quote(Text());
    }

    string Text() => random.Next(20) == 0 ? new string(OneOf("x", "ق", "(", "\"", " ")[0], random.Next(1, 6000))
        : Texts[random.Next(Texts.Length)];

    // JSON's own escapes carry what UTF-8 cannot.
    static string Quote(string text) => "\"" + string.Concat(text.Select(c => c is '"' or '\\' or < ' ' || char.IsSurrogate(c)
        ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString())) + "\"";

    static string Printable(string text) => text.Length > 2500 ? text[..2500] : string.Concat(text.Where(c => !char.IsSurrogate(c)));

    T OneOf<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
