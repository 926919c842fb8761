using System.Text.Json;
using NewsMonitor.Alerts;

namespace NewsMonitor.Deliveries.Webhook;

/// <summary>
/// An Adaptive Card 1.5 for a Microsoft Teams webhook (at most 28 kB, so it shows as many alerts as that holds). Text runs of a RichTextBlock
/// read no Markdown, and the card has its own direction.
/// </summary>
static class TeamsShape
{
    const int MostBytes = 28_000;

    public static byte[] Body(Message message, Wording words, TimeZoneInfo zone)
    {
        for (var shown = ChatText.MostAlerts; ; shown--)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(Card(message, shown, words, zone), AlertJson.Options);
            if (body.Length <= MostBytes || shown == 1)
            {
                return body;
            }
        }
    }

    static Dictionary<string, object> Card(Message message, int shown, Wording words, TimeZoneInfo zone)
    {
        var body = new List<object>();
        if (ChatText.Heading(message, words) is { } heading)
        {
            body.Add(Rich([new { type = "TextRun", text = TextCut.OnWord(heading, 2000), weight = "Bolder" }]));
        }
        foreach (var (alert, _) in ChatText.Shown(message, shown))
        {
            body.Add(Rich([new { type = "TextRun", text = ChatText.Title(alert, 300), weight = "Bolder", size = "Large" }], separator: body.Count > 0));
            var runs = ChatText.Excerpt(alert).Select(object (r) => new { type = "TextRun", text = r.Text, highlight = r.Marked }).ToArray();
            if (runs.Length > 0)
            {
                body.Add(Rich(runs));
            }
            body.Add(Rich([new { type = "TextRun", text = ChatText.About(alert, words, zone), isSubtle = true, size = "Small" }]));
            var actions = new List<object> { Open(words.OpenAlert, message.LinkTo(alert).AbsoluteUri) };
            if (ChatText.Link(alert) is { } url)
            {
                actions.Add(Open(words.ReadArticle, url));
            }
            body.Add(new { type = "ActionSet", actions });
        }
        if (ChatText.NotShown(message, shown) is > 0 and var more)
        {
            body.Add(new { type = "ActionSet", actions = new[] { Open($"{words.More}: {more}", message.PublicUrl.AbsoluteUri) } });
        }
        var card = new Dictionary<string, object>
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.5",
            ["rtl"] = words.RightToLeft,
            ["msteams"] = new { width = "Full" },
            ["body"] = body,
        };
        return new()
        {
            ["type"] = "message",
            ["attachments"] = new[] { new { contentType = "application/vnd.microsoft.card.adaptive", content = card } },
        };
    }

    static object Rich(object[] inlines, bool separator = false) => new { type = "RichTextBlock", inlines, separator };

    static object Open(string title, string url) => new { type = "Action.OpenUrl", title, url };
}
