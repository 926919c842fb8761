using System.Text;
using System.Text.Json;
using NewsMonitor.Alerts;
using NewsMonitor.Deliveries;
using NewsMonitor.Deliveries.Webhook;
using NewsMonitor.Outbound;

namespace NewsMonitor.Tests.Deliveries;

public sealed class WebhookTests : IDisposable
{
    readonly OutboundHttp _http = Samples.Http();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Sun, 01 Mar 2026 12:10:00 GMT", 600)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", null)]
    [InlineData("99999999", 86400)]
    [InlineData("soon", null)]
    public async Task RetryAfterIsReadInBothForms(string header, int? seconds)
    {
        await using var far = await HttpFarSide.Start(503, "", ("Retry-After", header));
        var verdict = await new HttpChannel(_http, new FixedTime(Samples.Noon)).SendAsync(
            Samples.Message(Samples.Arabic()), Samples.To(RecipientKind.Webhook, far.Url), default);
        Assert.Equal(seconds, (int?)verdict.After?.TotalSeconds);
    }

    [Fact]
    public async Task ARetryHasTheSameIdAndAFreshTimestamp()
    {
        await using var far = await HttpFarSide.Start(200);
        await Send(far, Samples.Message(Samples.Arabic()), Samples.Noon);
        await Send(far, Samples.Message(Samples.Arabic()), Samples.Noon.AddHours(1));
        var (first, second) = (far.Arrivals[0], far.Arrivals[1]);
        Assert.Equal("msg_2b7f", first.Headers["webhook-id"]);
        Assert.Equal(first.Headers["webhook-id"], second.Headers["webhook-id"]);
        Assert.Equal("1772366400", first.Headers["webhook-timestamp"]);
        Assert.Equal("1772370000", second.Headers["webhook-timestamp"]);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(2, first.Headers["webhook-signature"].Split(' ').Length);
    }

    [Fact]
    public void TheBodyIsTheContractsDocument()
    {
        var body = JsonDocument.Parse(WebhookBody.Of(Samples.Message(Samples.Arabic()))).RootElement;
        Assert.Equal(["type", "timestamp", "data"], body.EnumerateObject().Select(p => p.Name));
        Assert.Equal("alert.raised", body.GetProperty("type").GetString());
        Assert.Equal("2026-03-01T12:00:00Z", body.GetProperty("timestamp").GetString());
        Assert.Equal(
            JsonSerializer.Serialize(Samples.Arabic(), AlertJson.Options),
            JsonSerializer.Serialize(body.GetProperty("data").Deserialize<AlertDocument>(AlertJson.Options), AlertJson.Options));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void WhateverAFeedMakesLongTheBodyIsMade(int alerts)
    {
        // Signs that JSON writes as six bytes each.
        var (url, long1, long2) = ("https://x.example/?" + new string('&', 1900), new string('<', 5000), new string('"', 5000));
        var alert = Samples.Arabic() with { Url = url, Language = long1, Source = long2 };
        var body = WebhookBody.Of(Samples.Message([.. Enumerable.Repeat(alert, alerts)]));
        Assert.InRange(body.Length, 1, WebhookBody.MostBytes - 1);
    }

    [Fact]
    public void TextsAreCutBeforeAnyAlertIsLeftOut()
    {
        var words = string.Join(' ', Enumerable.Repeat("وصل قائد فيلق القدس إلى بغداد", 40));
        var alert = Samples.Arabic() with { Title = words[..250], Excerpt = new Excerpt(words[..320], []) };
        var body = WebhookBody.Of(Samples.Message([.. Enumerable.Range(0, 25).Select(i => alert with { Id = i })]));
        var data = JsonDocument.Parse(body).RootElement.GetProperty("data");
        Assert.Equal((25, 0), (data.GetProperty("alerts").GetArrayLength(), data.GetProperty("omitted").GetInt32()));
    }

    [Fact]
    public void EveryBodyStaysBelowTwentyKilobytesAndCutsOnWords()
    {
        Message[] messages =
        [
            Samples.Message(Samples.Hostile()),
            Samples.Message([.. Enumerable.Range(0, 400).Select(i => Samples.Hostile(i))]),
            Samples.Message([.. Enumerable.Range(0, 60).Select(i => Samples.Arabic(i))]),
            Samples.Message() with { Notice = new string('x', 100_000) },
        ];
        foreach (var message in messages)
        {
            var bytes = WebhookBody.Of(message);
            Assert.InRange(bytes.Length, 1, WebhookBody.MostBytes - 1);
            var data = JsonDocument.Parse(bytes).RootElement.GetProperty("data");
            if (data.TryGetProperty("alerts", out var alerts))
            {
                Assert.Equal(message.Alerts.Count, alerts.GetArrayLength() + data.GetProperty("omitted").GetInt32());
            }
        }
        var one = JsonDocument.Parse(WebhookBody.Of(messages[0])).RootElement.GetProperty("data").Deserialize<AlertDocument>(AlertJson.Options)!;
        Assert.EndsWith("…", one.Title, StringComparison.Ordinal);
        Assert.StartsWith(one.Title[..^1], messages[0].Alerts[0].Alert.Title, StringComparison.Ordinal);
        Assert.Equal(' ', messages[0].Alerts[0].Alert.Title[one.Title.Length - 1]);
        Assert.All(one.Excerpt.Highlights, h => Assert.True(h.Start + h.Length <= one.Excerpt.Text.Length));
    }

    [Fact]
    public async Task APrivateAddressIsRefusedForGood()
    {
        using var guarded = new OutboundHttp(new OutboundOptions(), DnsCache.System, TimeProvider.System, new Random(1));
        await using var far = await HttpFarSide.Start(200);
        var verdict = await new HttpChannel(guarded, TimeProvider.System).SendAsync(
            Samples.Message(Samples.Arabic()), Samples.To(RecipientKind.Webhook, far.Url), default);
        Assert.Equal(VerdictKind.Dead, verdict.Kind);
        Assert.Empty(far.Arrivals);
    }

    [Fact]
    public async Task ASuccessWhoseBodyNeverEndsIsASuccess()
    {
        await using var far = await HttpFarSide.Start(async (http, _) =>
        {
            http.Response.StatusCode = 200;
            await http.Response.Body.WriteAsync("x"u8.ToArray());
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var verdict = await new HttpChannel(_http, TimeProvider.System) { Timeout = TimeSpan.FromMilliseconds(400) }.SendAsync(
            Samples.Message(Samples.Arabic()), Samples.To(RecipientKind.Webhook, far.Url), default);
        Assert.Equal(VerdictKind.Sent, verdict.Kind);
    }

    [Theory]
    [InlineData("whsec_bmV3cy1tb25pdG9yLWV4YW1wbGUtc2VjcmV0LTEyMw==", true)]
    [InlineData("bmV3cy1tb25pdG9yLWV4YW1wbGUtc2VjcmV0LTEyMw==", false)]
    [InlineData("whsec_dG9vIHNob3J0", false)]
    [InlineData("whsec_!!!", false)]
    [InlineData("whsec_", false)]
    public void OnlyAStandardSecretIsOne(string secret, bool good) => Assert.Equal(good, WebhookSignature.IsSecret(secret));

    [Fact]
    public void SecretsOf24To64BytesAreGood()
    {
        foreach (var length in new[] { 23, 24, 64, 65 })
        {
            Assert.Equal(length is 24 or 64, WebhookSignature.IsSecret("whsec_" + Convert.ToBase64String(new byte[length])));
        }
    }

    [Fact]
    public void TheSignatureIsThatOfTheStandardsOwnExample() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Of(
            ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330),
            Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));

    Task<Verdict> Send(HttpFarSide far, Message message, DateTimeOffset? now = null) =>
        new HttpChannel(_http, new FixedTime(now ?? Samples.Noon)).SendAsync(message, Samples.To(RecipientKind.Webhook, far.Url), default);

    /// <summary>The given time on the clock; timers run as ever.</summary>
    sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
