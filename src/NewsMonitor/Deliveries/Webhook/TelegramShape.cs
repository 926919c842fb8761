using System.Text;

namespace NewsMonitor.Deliveries.Webhook;

/// <summary>
/// Telegram's <c>sendMessage</c>. Formatting goes as entities, whose offsets count UTF-16 units as our highlights do, so nothing needs escaping.
/// Limits: 4,096 units and 100 entities.
/// </summary>
static class TelegramShape
{
    const int MostUnits = 4096;
    const int MostEntities = 100;
    const int RoomForLastLine = 100;

    public static object Body(Message message, string chat, Wording words, TimeZoneInfo zone)
    {
        var text = new StringBuilder();
        var entities = new List<object>();
        if (ChatText.Heading(message, words) is { } heading)
        {
            Add(Alerts.TextCut.OnWord(heading, 2000), new { type = "bold" });
            text.Append("\n\n");
        }
        var shown = 0;
        foreach (var (alert, _) in ChatText.Shown(message))
        {
            var (units, marks) = (text.Length, entities.Count);
            Add(ChatText.Title(alert, 300), new { type = "bold" });
            text.Append('\n');
            foreach (var run in ChatText.Excerpt(alert))
            {
                Add(run.Text, run.Marked ? new { type = "underline" } : null);
            }
            text.Append('\n').Append(ChatText.About(alert, words, zone)).Append('\n');
            Add(words.OpenAlert, new { type = "text_link", url = message.LinkTo(alert).AbsoluteUri });
            if (ChatText.Link(alert) is { } url)
            {
                text.Append(" · ");
                Add(words.ReadArticle, new { type = "text_link", url });
            }
            text.Append("\n\n");
            if (shown > 0 && (text.Length > MostUnits - RoomForLastLine || entities.Count >= MostEntities))
            {
                text.Length = units;
                entities.RemoveRange(marks, entities.Count - marks);
                break;
            }
            shown++;
        }
        if (message.Alerts.Count + message.Omitted - shown is > 0 and var more)
        {
            Add($"{words.More}: {more}", new { type = "text_link", url = message.PublicUrl.AbsoluteUri });
        }
        return new
        {
            chat_id = chat,
            text = text.ToString().TrimEnd('\n'),
            entities,
            link_preview_options = new { is_disabled = true },
        };

        void Add(string part, object? entity)
        {
            if (entity is not null && part.Length > 0)
            {
                entities.Add(With(entity, text.Length, part.Length));
            }
            text.Append(part);
        }
    }

    static Dictionary<string, object?> With(object entity, int offset, int length)
    {
        var all = entity.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(entity));
        all["offset"] = offset;
        all["length"] = length;
        return all;
    }
}
