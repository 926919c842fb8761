namespace NewsMonitor.Deliveries.Webhook;

/// <summary>
/// Slack's incoming webhook with Block Kit. Limits: header 150 characters, 50 blocks, context text 3,000. Only plain text and rich text
/// elements are used: neither reads markup, so <c>&lt;!channel&gt;</c> in a title stays a title.
/// </summary>
static class SlackShape
{
    public static object Body(Message message, Wording words, TimeZoneInfo zone)
    {
        var blocks = new List<object>();
        if (ChatText.Heading(message, words) is { } heading)
        {
            blocks.Add(Rich([Text(Alerts.TextCut.OnWord(heading, 2000), bold: true)]));
        }
        foreach (var (alert, _) in ChatText.Shown(message))
        {
            var title = ChatText.Title(alert, 150);
            blocks.Add(new { type = "header", text = new { type = "plain_text", text = title.Length > 0 ? title : "-", emoji = false } });
            var runs = ChatText.Excerpt(alert).Select(r => Text(r.Text, r.Marked)).ToList();
            if (runs.Count > 0)
            {
                blocks.Add(Rich(runs));
            }
            blocks.Add(new { type = "context", elements = new[] { new { type = "plain_text", text = ChatText.About(alert, words, zone), emoji = false } } });
            var links = new List<object> { Link(message.LinkTo(alert).AbsoluteUri, words.OpenAlert) };
            if (ChatText.Link(alert) is { } url)
            {
                links.AddRange([Text(" · ", false), Link(url, words.ReadArticle)]);
            }
            blocks.Add(Rich(links));
        }
        if (ChatText.NotShown(message) is > 0 and var more)
        {
            blocks.Add(Rich([Link(message.PublicUrl.AbsoluteUri, $"{words.More}: {more}")]));
        }
        // What notifications and old clients show; here Slack's three markup characters do need escaping.
        var fallback = message.Alerts.Count > 0 ? ChatText.Title(message.Alerts[0].Alert, 200) : ChatText.Heading(message, words) ?? "";
        return new { text = Escape(fallback), mrkdwn = false, unfurl_links = false, unfurl_media = false, blocks };
    }

    static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    static object Rich(IEnumerable<object> elements) =>
        new { type = "rich_text", elements = new[] { new { type = "rich_text_section", elements = elements.ToArray() } } };

    static object Text(string text, bool bold) => bold ? new { type = "text", text, style = new { bold } } : new { type = "text", text };

    static object Link(string url, string text) => new { type = "link", url, text };
}
