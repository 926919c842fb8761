using NewsMonitor.Alerts;
using NewsMonitor.Deliveries;
using NewsMonitor.Outbound;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Deliveries;

/// <summary>Alerts and addresses that the delivery tests share.</summary>
static class Samples
{
    public const string OldSecret = "whsec_bmV3cy1tb25pdG9yLWV4YW1wbGUtc2VjcmV0LTEyMw==";
    public const string NewSecret = "whsec_YW5vdGhlci1leGFtcGxlLXNlY3JldC1vZi1uZXdz";
    public const string BotToken = "1234567:AAH-example_token-of-a-bot";
    public const string NtfyToken = "tk_exampletokenofntfy00";
    public const string SmtpPassword = "correct-horse-battery";
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static AlertDocument Arabic(long id = 1)
    {
        const string text = "وصل قائد فيلق القدس إسماعيل قاآني إلى بغداد أمس (IRNA، الساعة 14:30) والتقى مسؤولين في Green Zone قبل أن يغادر، "
            + "وقالت مصادر إن زيارة قاآني استغرقت 36 ساعة.";
        return Alert(id, "ar", "قاآني في بغداد: زيارة ثانية خلال 10 أيام بحسب Reuters", text, "قاآني", "وكالة الأنباء العراقية");
    }

    public static AlertDocument English(long id = 2)
    {
        const string text = "Esmail Qaani, commander of the Quds Force (فيلق القدس), arrived in Baghdad on Sunday & met officials, sources <close to the "
            + "talks> said. It was Qaani's second visit in 10 days.";
        return Alert(id, "en", "Qaani makes second visit to Baghdad \"in ten days\"", text, "Qaani", "Example Wire");
    }

    public static AlertDocument Hostile(long id = 3)
    {
        var word = "<script>alert(1)</script>\r\nBcc: x@example.org\u202E\u2066 *_`[a](javascript:1) <!channel> &amp; \u0000\u001b ";
        return Alert(id, "ar", word + string.Concat(Enumerable.Repeat("طويل 😀 ", 3000)), word + string.Concat(Enumerable.Repeat("نص ", 9000)), "نص", word)
            with
        { Url = "javascript:alert(1)" };
    }

    public static Message Message(params AlertDocument[] alerts) => new()
    {
        Id = "msg_2b7f",
        Event = alerts.Length switch { 0 => MessageEvent.Test, 1 => MessageEvent.Raised, _ => MessageEvent.Digest },
        At = Noon,
        Alerts = [.. alerts.Select(a => new MessageAlert(a, [a.Source!, "Another Source"]))],
        PublicUrl = new Uri("https://monitor.example.org/"),
        UnsubscribeUrl = new Uri("https://monitor.example.org/unsubscribe/token"),
    };

    /// <summary>The service's own HTTP, allowed to reach this machine.</summary>
    public static OutboundHttp Http() =>
        new(new OutboundOptions { AllowedHosts = "127.0.0.0/8" }, DnsCache.System, TimeProvider.System, new Random(1));

    /// <summary>The recipient of each kind at a server on loopback.</summary>
    public static Address To(RecipientKind kind, Uri server, string language = "ar") => new(
        kind.ToString().ToLowerInvariant(),
        kind,
        kind switch
        {
            RecipientKind.Email => "desk@example.org",
            RecipientKind.Telegram => "-1001234567890",
            RecipientKind.Ntfy => new Uri(server, "topic").AbsoluteUri,
            _ => new Uri(server, "hook/T000/pathsecretofthehook").AbsoluteUri,
        },
        kind switch
        {
            RecipientKind.Webhook => [NewSecret, OldSecret],
            RecipientKind.Telegram => [BotToken],
            RecipientKind.Ntfy => [NtfyToken],
            _ => [],
        },
        language,
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Baghdad"));

    static AlertDocument Alert(long id, string language, string title, string text, string term, string source)
    {
        var hits = new List<Hit>();
        foreach (var (field, value) in new[] { ("title", title), ("text", text) })
        {
            for (var at = value.IndexOf(term, StringComparison.Ordinal); at >= 0 && hits.Count < 300;
                at = value.IndexOf(term, at + term.Length, StringComparison.Ordinal))
            {
                hits.Add(new Hit("qaani", term, field, at, term.Length, term, language == "ar" ? "doubled alef" : "exact"));
            }
        }
        return new AlertDocument
        {
            Id = id,
            Watch = new WatchRef("qaani", language == "ar" ? "إسماعيل قاآني" : "Esmail Qaani", Severity.High),
            Title = title,
            Url = "https://news.example.org/a?b=1&c=2",
            Source = source,
            Language = language,
            PublishedAt = Noon.AddMinutes(-5),
            RaisedAt = Noon,
            UpdatedAt = Noon,
            Story = new StoryRef(77, 3, 2),
            Excerpt = Excerpt.Cut(title, text, hits),
            Hits = hits,
        };
    }
}
