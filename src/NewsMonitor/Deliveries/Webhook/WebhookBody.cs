using System.Text.Json;
using NewsMonitor.Alerts;

namespace NewsMonitor.Deliveries.Webhook;

/// <summary>The JSON of a signed webhook, always below 20 kB as the standard advises: long texts are cut on a word, last of all alerts left out.</summary>
public static class WebhookBody
{
    public const int MostBytes = 20_000;

    /// <summary>Lengths of title, excerpt and each hit's texts, and numbers of hits and alerts, tried from generous to meagre.</summary>
    static readonly (int Text, int Excerpt, int HitText, int Hits, int Alerts)[] Sizes =
    [
        (1000, 4000, 300, 50, 100), (500, 1000, 200, 20, 50), (300, 500, 100, 8, 30), (200, 250, 60, 3, 15), (120, 120, 40, 1, 8), (80, 0, 0, 0, 4),
    ];

    public static byte[] Of(Message message)
    {
        foreach (var size in Sizes)
        {
            var body = Write(message, size);
            if (body.Length < MostBytes)
            {
                return body;
            }
        }
        throw new InvalidOperationException("The smallest body is larger than 20 kB.");
    }

    static byte[] Write(Message message, (int Text, int Excerpt, int HitText, int Hits, int Alerts) size)
    {
        var alerts = message.Alerts.Take(size.Alerts).Select(a => Fit(a.Alert, size)).ToList();
        object data = message.Event switch
        {
            MessageEvent.Raised or MessageEvent.Updated when alerts.Count == 1 => alerts[0],
            MessageEvent.Test or MessageEvent.Notice => new { Message = TextCut.OnWord(message.Notice ?? "", size.Text) },
            _ => new { Alerts = alerts, Omitted = message.Omitted + message.Alerts.Count - alerts.Count },
        };
        var body = new { Type = message.Event, Timestamp = message.At, Data = data };
        return JsonSerializer.SerializeToUtf8Bytes(body, AlertJson.Options);
    }

    static AlertDocument Fit(AlertDocument alert, (int Text, int Excerpt, int HitText, int Hits, int Alerts) size) => alert with
    {
        Title = TextCut.OnWord(alert.Title, size.Text),
        // Half an address leads nowhere, so a monstrous one is left out whole.
        Url = alert.Url?.Length > 2000 ? null : alert.Url,
        Source = alert.Source is null ? null : TextCut.OnWord(alert.Source, size.Text),
        Watch = alert.Watch with { Name = TextCut.OnWord(alert.Watch.Name, size.Text) },
        Assignee = alert.Assignee is null ? null : TextCut.OnWord(alert.Assignee, size.Text),
        Excerpt = Fit(alert.Excerpt, size.Excerpt),
        Hits = [.. alert.Hits.Take(size.Hits).Select(h => h with
        {
            Term = TextCut.OnWord(h.Term, size.HitText),
            Surface = TextCut.OnWord(h.Surface, size.HitText),
            Why = TextCut.OnWord(h.Why, size.HitText),
        })],
    };

    static Excerpt Fit(Excerpt excerpt, int length)
    {
        if (excerpt.Text.Length <= length)
        {
            return excerpt;
        }
        var text = TextCut.OnWord(excerpt.Text, length);
        var kept = text.EndsWith(TextCut.Ellipsis, StringComparison.Ordinal) ? text.Length - TextCut.Ellipsis.Length : text.Length;
        return new Excerpt(text, [.. excerpt.Highlights.Where(h => h.Start + h.Length <= kept)]);
    }
}
