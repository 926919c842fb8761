using NewsMonitor.Alerts;

namespace NewsMonitor.Deliveries.Webhook;

/// <summary>The words that all chat shapes share. Formatting is structural everywhere, so nothing in the news can be read as markup.</summary>
static class ChatText
{
    public const int MostAlerts = 10;
    const int MostMarks = 8;
    const int LongestLink = 2000;

    public static IEnumerable<MessageAlert> Shown(Message message, int most = MostAlerts) => message.Alerts.Take(most);

    public static int NotShown(Message message, int most = MostAlerts) => message.Omitted + Math.Max(0, message.Alerts.Count - most);

    /// <summary>The excerpt with its first marks: each costs an element, and services bound those.</summary>
    public static IEnumerable<Run> Excerpt(AlertDocument alert) => Run.Of(alert.Excerpt with { Highlights = [.. alert.Excerpt.Highlights.Take(MostMarks)] })
        .Where(r => r.Text.Length > 0).Select(r => r with { Text = Bidi.Balanced(r.Text) });

    /// <summary>One line above everything: null for a single new alert, which speaks for itself.</summary>
    public static string? Heading(Message message, Wording words) => message.Event switch
    {
        MessageEvent.Test => message.Notice ?? words.TestNotice,
        MessageEvent.Notice => Run.Clean(message.Notice),
        MessageEvent.Updated => words.Updated,
        _ when message.Alerts.Count + message.Omitted > 1 => $"{words.Alerts}: {message.Alerts.Count + message.Omitted}",
        _ => null,
    };

    /// <summary>Watch, severity, source and time in one line, each isolated so that mixed scripts do not reorder each other.</summary>
    public static string About(AlertDocument alert, Wording words, TimeZoneInfo zone)
    {
        var parts = new List<string>
        {
            $"{words.Watch}: {Part(alert.Watch.Name)} ({words.Severities[alert.Watch.Severity]})",
        };
        if (alert.Source is { Length: > 0 } source)
        {
            parts.Add($"{words.Source}: {Part(source)}");
        }
        parts.Add(Bidi.Isolate(Wording.Time(alert.PublishedAt ?? alert.RaisedAt, zone)));
        if (alert.Story.ArticleCount > 1)
        {
            parts.Add($"{words.Articles}: {alert.Story.ArticleCount}");
        }
        return string.Join(" · ", parts);
    }

    /// <summary>A name inside our own line.</summary>
    static string Part(string text) => Bidi.Isolate(TextCut.OnWord(Run.Clean(text), 100));

    public static string Title(AlertDocument alert, int max) => TextCut.OnWord(Bidi.Balanced(Run.Clean(alert.Title)), max);

    /// <summary>
    /// Only web addresses become links: a feed may say <c>javascript:</c>. One that is too long for a service would cost the whole message.
    /// </summary>
    public static string? Link(AlertDocument alert) => Uri.TryCreate(alert.Url, UriKind.Absolute, out var url)
        && url is { Scheme: "http" or "https", AbsoluteUri.Length: <= LongestLink } ? url.AbsoluteUri : null;
}
