using System.Text;
using System.Text.Json;
using NewsMonitor.Alerts;
using NewsMonitor.Deliveries;
using NewsMonitor.Deliveries.Webhook;
using NewsMonitor.Outbound;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Deliveries;

public sealed class ChatShapeTests : IDisposable
{
    readonly OutboundHttp _http = Samples.Http();

    public void Dispose() => _http.Dispose();

    static readonly Message Burst = Samples.Message([.. Enumerable.Range(0, 60).Select(i => Samples.Hostile(i))]);

    [Fact]
    public async Task SlackGetsBlocksWithinItsLimitsAndNoMarkup()
    {
        foreach (var message in new[] { Burst, Samples.Message(Samples.Hostile()), Samples.Message(Samples.Arabic()) })
        {
            var body = await Sent(RecipientKind.Slack, message);
            var blocks = body.GetProperty("blocks").EnumerateArray().ToList();
            Assert.InRange(blocks.Count, 1, 50);
            Assert.DoesNotContain(blocks, b => b.GetRawText().Contains("mrkdwn", StringComparison.Ordinal));
            Assert.All(blocks.Where(b => b.GetProperty("type").GetString() == "header"), b =>
                Assert.InRange(b.GetProperty("text").GetProperty("text").GetString()!.Length, 1, 150));
            Assert.DoesNotContain('<', body.GetProperty("text").GetString()!);
        }
        var rich = (await Sent(RecipientKind.Slack, Samples.Message(Samples.Arabic()))).GetProperty("blocks")[1];
        var bold = rich.GetProperty("elements")[0].GetProperty("elements").EnumerateArray().Where(e => e.TryGetProperty("style", out _)).ToList();
        Assert.Equal(["قاآني", "قاآني"], bold.Select(e => e.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task TeamsGetsACardOfItsSizeInTheRightDirection()
    {
        foreach (var message in new[] { Burst, Samples.Message(Samples.Hostile()), Samples.Message(Samples.Arabic()) })
        {
            var body = await Sent(RecipientKind.Teams, message);
            Assert.InRange(Encoding.UTF8.GetByteCount(body.GetRawText()), 1, 28_000);
            var card = body.GetProperty("attachments")[0].GetProperty("content");
            Assert.True(card.GetProperty("rtl").GetBoolean());
            Assert.DoesNotContain("TextBlock\"", card.GetRawText().Replace("RichTextBlock", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("javascript", string.Concat(Urls(card)), StringComparison.Ordinal);
        }
        var english = await Sent(RecipientKind.Teams, Samples.Message(Samples.English()), "en");
        Assert.False(english.GetProperty("attachments")[0].GetProperty("content").GetProperty("rtl").GetBoolean());
    }

    [Fact]
    public async Task ADigestOfLongArabicNewsFitsTeamsWithAsManyAlertsAsItHolds()
    {
        var text = string.Join(' ', Enumerable.Repeat("وصل قاآني إلى بغداد والتقى مسؤولين", 12));
        var hits = Enumerable.Range(0, 12).Select(i => new Hit("qaani", $"t{i}", "text", (i * 35) + 4, 5, "قاآني", "")).ToList();
        var title = string.Join(' ', Enumerable.Repeat("قاآني في بغداد", 30));
        var url = "https://news.example.org/" + string.Concat(Enumerable.Repeat("زيارة-", 40));
        var alert = Samples.Arabic() with { Title = title, Excerpt = Excerpt.Cut("", text, hits), Url = url };
        var body = await Sent(RecipientKind.Teams, Samples.Message([.. Enumerable.Repeat(alert, 30)]));
        Assert.InRange(Encoding.UTF8.GetByteCount(body.GetRawText()), 15_000, 28_000);
        var card = body.GetProperty("attachments")[0].GetProperty("content").GetProperty("body").EnumerateArray().ToList();
        var shown = card.Count(b => b.GetProperty("type").GetString() == "ActionSet") - 1;
        Assert.Equal($"تنبيهات أخرى غير معروضة هنا: {30 - shown}", card[^1].GetProperty("actions")[0].GetProperty("title").GetString());
    }

    [Theory]
    [InlineData(RecipientKind.Slack)]
    [InlineData(RecipientKind.Teams)]
    [InlineData(RecipientKind.Telegram)]
    public async Task AnAddressThatIsLongOnlyWhenEscapedIsLeftOutAndTheMessageStays(RecipientKind kind)
    {
        var alert = Samples.Arabic() with { Url = "https://news.example.org/" + new string('ق', 900) };
        Assert.DoesNotContain("news.example.org", (await Sent(kind, Samples.Message(alert))).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TelegramsEntitiesLieWithinTheTextAndItsLimits()
    {
        foreach (var message in new[] { Burst, Samples.Message(Samples.Hostile()), Samples.Message(Samples.Arabic(), Samples.English()) })
        {
            var body = await Sent(RecipientKind.Telegram, message);
            var text = body.GetProperty("text").GetString()!;
            Assert.InRange(text.Length, 1, 4096);
            var entities = body.GetProperty("entities").EnumerateArray().ToList();
            Assert.InRange(entities.Count, 1, 100);
            Assert.All(entities, e => Assert.InRange(e.GetProperty("offset").GetInt32() + e.GetProperty("length").GetInt32(), 1, text.Length));
            Assert.False(body.TryGetProperty("parse_mode", out _));
        }
        var one = await Sent(RecipientKind.Telegram, Samples.Message(Samples.Arabic()));
        var all = one.GetProperty("text").GetString()!;
        Assert.Equal(["قاآني", "قاآني"], one.GetProperty("entities").EnumerateArray().Where(e => e.GetProperty("type").GetString() == "underline")
            .Select(e => all.Substring(e.GetProperty("offset").GetInt32(), e.GetProperty("length").GetInt32())));
        Assert.Equal("-1001234567890", one.GetProperty("chat_id").GetString());
    }

    [Fact]
    public async Task NtfyGetsItsTopicPriorityAndAMessageBelow4096Bytes()
    {
        foreach (var message in new[] { Burst, Samples.Message(Samples.Hostile()), Samples.Message(Samples.Arabic()) })
        {
            var body = await Sent(RecipientKind.Ntfy, message);
            Assert.Equal("topic", body.GetProperty("topic").GetString());
            Assert.Equal(4, body.GetProperty("priority").GetInt32());
            Assert.InRange(Encoding.UTF8.GetByteCount(body.GetProperty("message").GetString()!), 1, 4096);
            Assert.InRange(Encoding.UTF8.GetByteCount(body.GetProperty("title").GetString()!), 1, 250);
        }
    }

    [Theory]
    [InlineData("https://ntfy.sh/topic", "https://ntfy.sh/", "topic")]
    [InlineData("https://example.org/ntfy/topic/", "https://example.org/ntfy", "topic")]
    [InlineData("http://example.org:8080/topic?up=1", "http://example.org:8080/", "topic")]
    public void NtfyPublishesAtTheServerOfTheTopic(string url, string server, string topic) =>
        Assert.Equal((new Uri(server), topic), NtfyShape.Split(new Uri(url)));

    [Fact]
    public async Task TelegramSaysInItsBodyWhenToReturnAndWhoIsGone()
    {
        Assert.Equal(
            (VerdictKind.Retry, TimeSpan.FromSeconds(33)),
            await Verdict(RecipientKind.Telegram, 429, """{"ok":false,"parameters":{"retry_after":33}}"""));
        Assert.Equal((VerdictKind.Disable, null), await Verdict(RecipientKind.Telegram, 403, """{"ok":false,"description":"bot was blocked"}"""));
        Assert.Equal((VerdictKind.Disable, null), await Verdict(RecipientKind.Slack, 404, "no_service"));
        Assert.Equal((VerdictKind.Retry, null), await Verdict(RecipientKind.Teams, 200, "Microsoft Teams endpoint returned HTTP error 429 with ContextId"));
        Assert.Equal((VerdictKind.Sent, null), await Verdict(RecipientKind.Teams, 202, ""));
    }

    [Fact]
    public async Task MixedDirectionsAreIsolatedAndStrayControlsRemoved()
    {
        var text = (await Sent(RecipientKind.Telegram, Samples.Message(Samples.Hostile()))).GetProperty("text").GetString()!;
        Assert.DoesNotContain('\u202E', text);
        var depth = 0;
        foreach (var c in text)
        {
            depth += c == '\u2068' ? 1 : c == '\u2069' ? -1 : 0;
            Assert.InRange(depth, 0, 1);
        }
        Assert.Equal(0, depth);
        Assert.Contains('\u2068', text);
    }

    async Task<(VerdictKind, TimeSpan?)> Verdict(RecipientKind kind, int status, string answer)
    {
        await using var far = await HttpFarSide.Start(status, answer);
        var verdict = await new HttpChannel(_http, TimeProvider.System, far.Url).SendAsync(
            Samples.Message(Samples.Arabic()), Samples.To(kind, far.Url), default);
        return (verdict.Kind, verdict.After);
    }

    async Task<JsonElement> Sent(RecipientKind kind, Message message, string language = "ar")
    {
        await using var far = await HttpFarSide.Start(200);
        await new HttpChannel(_http, TimeProvider.System, far.Url).SendAsync(message, Samples.To(kind, far.Url, language), default);
        var arrival = Assert.Single(far.Arrivals);
        Assert.Equal("application/json; charset=utf-8", arrival.Headers["content-type"]);
        if (kind == RecipientKind.Telegram)
        {
            Assert.Equal($"/bot{Samples.BotToken}/sendMessage", arrival.Path);
        }
        if (kind == RecipientKind.Ntfy)
        {
            Assert.Equal(("/", "Bearer " + Samples.NtfyToken), (arrival.Path, arrival.Headers["authorization"]));
        }
        return JsonDocument.Parse(arrival.Body).RootElement;
    }

    static IEnumerable<string> Urls(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == "url" ? [p.Value.GetString()!] : Urls(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Urls),
        _ => [],
    };
}
