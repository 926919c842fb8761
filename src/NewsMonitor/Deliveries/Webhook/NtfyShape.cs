using System.Text;
using NewsMonitor.Alerts;
using NewsMonitor.Watches;

namespace NewsMonitor.Deliveries.Webhook;

/// <summary>ntfy's JSON publishing, which takes Unicode where its headers do not. A message above 4,096 bytes would become a file, so it is cut.</summary>
static class NtfyShape
{
    const int MostMessageBytes = 4096;
    const int MostTitleBytes = 250;

    /// <summary>The topic is the last part of the recipient's URL; publishing happens at what stands before it.</summary>
    public static (Uri Server, string Topic) Split(Uri url)
    {
        var path = url.AbsolutePath.TrimEnd('/');
        var slash = path.LastIndexOf('/');
        return (new Uri(url, slash > 0 ? path[..slash] : "/"), path[(slash + 1)..]);
    }

    public static Dictionary<string, object> Body(Message message, string topic, Wording words, TimeZoneInfo zone)
    {
        var first = message.Alerts.Count > 0 ? message.Alerts[0].Alert : null;
        var heading = ChatText.Heading(message, words);
        var text = new StringBuilder();
        foreach (var (alert, _) in ChatText.Shown(message))
        {
            // A single alert's title stands in the title line.
            if (message.Alerts.Count > 1)
            {
                text.Append(ChatText.Title(alert, 200)).Append('\n');
            }
            text.Append(Bidi.Balanced(Run.Clean(alert.Excerpt.Text))).Append('\n').Append(ChatText.About(alert, words, zone)).Append("\n\n");
        }
        if (ChatText.NotShown(message) is > 0 and var more)
        {
            text.Append($"{words.More}: {more}");
        }
        var single = message.Alerts.Count == 1 ? first : null;
        var title = single is not null
            ? (heading is null ? "" : heading + ": ") + ChatText.Title(single, 200)
            : first is not null ? heading ?? "News Monitor" : message.Event == MessageEvent.Test ? words.TestSubject : words.NoticeSubject;
        var body = new Dictionary<string, object>
        {
            ["topic"] = topic,
            ["title"] = TextCut.OnWordInBytes(title, MostTitleBytes),
            ["message"] = TextCut.OnWordInBytes(first is null ? heading ?? "" : text.ToString().TrimEnd('\n'), MostMessageBytes),
            ["priority"] = Priority(message),
            ["click"] = (single is null ? message.PublicUrl : message.LinkTo(single)).AbsoluteUri,
        };
        if (single is not null && ChatText.Link(single) is { } url)
        {
            body["actions"] = new[] { new { action = "view", label = words.ReadArticle, url } };
        }
        return body;
    }

    static int Priority(Message message) => message.Alerts.Count == 0 ? 3 : message.Alerts.Max(a => a.Alert.Watch.Severity) switch
    {
        Severity.Critical => 5,
        Severity.High => 4,
        Severity.Medium => 3,
        _ => 2,
    };
}
