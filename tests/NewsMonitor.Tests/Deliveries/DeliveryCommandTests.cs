using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Deliveries.Commands;
using NewsMonitor.Operations;
using NewsMonitor.Tests.Database;

namespace NewsMonitor.Tests.Deliveries;

/// <summary>The command line over the same database that the service has.</summary>
public sealed class DeliveryCommandTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task ARecipientIsTestedAndTheAnswerSaid()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        Assert.Equal((0, "sent: HTTP 200"), await RunAsync(post, "recipient", "test", "r"));
        Assert.Equal("test", System.Text.Json.JsonDocument.Parse(Assert.Single(post.Far.Arrivals).Body).RootElement.GetProperty("type").GetString());
        post.Answers["r"] = () => Task.FromResult(503);
        Assert.Equal((1, "retry: HTTP 503"), await RunAsync(post, "recipient", "test", "r"));
        Assert.Equal(1, (await RunAsync(post, "recipient", "test", "nobody")).Code);
        var (code, list) = await RunAsync(post, "recipient", "list");
        Assert.Equal(0, code);
        Assert.Contains("r\twebhook\t", list, StringComparison.Ordinal);
        Assert.DoesNotContain(Samples.OldSecret[6..], list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeadLettersAreListedRetriedByNumberOrRangeAndReplayed()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        await post.RaiseAsync("w", 3);
        post.Answers["r"] = () => Task.FromResult(400);
        await post.SendAsync();
        var (_, dead) = await RunAsync(post, "delivery", "list", "--status", "dead");
        Assert.Equal(3, dead.Split('\n').Length);
        Assert.All(dead.Split('\n'), line => Assert.Contains("HTTP 400", line, StringComparison.Ordinal));
        var first = (await post.DeliveriesAsync())[0];
        Assert.Equal((0, "1 retried"), await RunAsync(post, "delivery", "retry", $"{first.Id}"));
        post.Answers["r"] = () => Task.FromResult(200);
        await post.SendAsync();
        Assert.Equal([first.MessageId], post.IdsAt("r").Skip(3));
        Assert.Equal(2, (await RunAsync(post, "delivery", "retry")).Code);
        Assert.Equal((0, "0 retried"), await RunAsync(post, "delivery", "retry", "--recipient", "r", "--to", "2026-01-01T00:00:00Z"));
        Assert.StartsWith(
            "--since takes a time such as 2026-03-01T00:00Z, not '1h'.", (await RunAsync(post, "recipient", "replay", "r", "--since", "1h")).Output,
            StringComparison.Ordinal);
        Assert.Equal((0, "2 retried, 0 owed for the first time"), await RunAsync(post, "recipient", "replay", "r", "--since", "2026-01-01T00:00:00Z"));
        await post.SendAsync();
        Assert.All(await post.DeliveriesAsync(), d => Assert.Equal(DeliveryStatus.Sent, d.Status));
        await using var db = post.CreateDbContext();
        Assert.All(await db.Set<AuditEntry>().ToListAsync(), a => Assert.Equal("command line", a.Actor));
    }

    [Fact]
    public async Task ASilenceIsAddedListedAndEnded()
    {
        await using var post = await Post.OpenAsync(postgres);
        await post.AddRecipientAsync("r");
        await post.AddWatchAsync("w");
        Assert.Equal(2, (await RunAsync(post, "silence", "add", "--reason", "everything")).Code);
        var (code, id) = await RunAsync(post, "silence", "add", "--watch", "w", "--phrase", "بغداد", "--reason", "exercise");
        Assert.Equal(0, code);
        Assert.Contains("watch w, phrase بغداد", (await RunAsync(post, "silence", "list")).Output, StringComparison.Ordinal);
        Assert.Equal(RouteDecision.Silenced, await post.DecisionAsync((await post.RaiseAsync("w"))[0], "r"));
        Assert.Equal(0, (await RunAsync(post, "silence", "end", id)).Code);
        Assert.Equal(1, (await RunAsync(post, "silence", "end", id)).Code);
        Assert.Equal(RouteDecision.Sent, await post.DecisionAsync((await post.RaiseAsync("w"))[0], "r"));
    }

    [Theory]
    [InlineData("http://*:8391", null, null, "http://127.0.0.1:8391/")]
    [InlineData("http://+:80;https://+:443", null, null, "http://127.0.0.1:80/")]
    [InlineData(null, "8080", null, "http://127.0.0.1:8080/")]
    [InlineData("", "8080;8081", null, "http://127.0.0.1:8080/")]
    [InlineData("http://*:8391", null, "https://news.example.org/desk", "https://news.example.org/desk/")]
    public void LinksOfACommandsMessagesLeadWhereThoseOfTheServiceDo(string? urls, string? ports, string? publicUrl, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = urls, ["http_ports"] = ports, ["Monitor:PublicUrl"] = publicUrl,
        }).Build();
        Assert.Equal(new Uri(expected), MonitorService.PublicUrl(configuration));
    }

    static async Task<(int Code, string Output)> RunAsync(Post post, params string[] args)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:8080", ["Monitor:Outbound:AllowedHosts"] = "127.0.0.0/8",
        }).Build();
        var root = new RootCommand
        {
            RecipientCommand.Create(Open, () => post.Secrets, () => configuration, MonitorService.PublicUrl, post.Clock), DeliveryCommand.Create(Open, post.Clock),
            SilenceCommand.Create(Open, post.Clock),
        };
        using var output = new StringWriter();
        var code = await root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = output, EnableDefaultExceptionHandler = false });
        return (code, output.ToString().Trim());

        Task<MonitorDbContext> Open(CancellationToken stop) => Task.FromResult(post.CreateDbContext());
    }
}
