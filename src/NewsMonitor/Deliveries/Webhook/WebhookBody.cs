using System.Text.Json;
using NewsMonitor.Alerts;

namespace NewsMonitor.Deliveries.Webhook;

/// <summary>The JSON of a signed webhook, always below 20 kB as the standard advises: long texts are cut on a word, last of all alerts left out.</summary>
public static class WebhookBody
{
    public const int MostBytes = 20_000;

    /// <summary>
    /// Lengths of title, excerpt, each hit's texts and the address, and the number of hits, tried from generous to meagre. The last one fits
    /// whatever the texts hold, though JSON writes some signs as six bytes.
    /// </summary>
    static readonly Size[] Sizes =
    [
        new(1000, 4000, 300, 2000, 50), new(500, 1000, 200, 2000, 20), new(300, 500, 100, 2000, 8), new(200, 250, 60, 2000, 3),
        new(120, 120, 40, 1000, 1), new(80, 0, 0, 250, 0),
    ];
    const int MostAlerts = 100;
    const int LongestLanguage = 35;

    public static byte[] Of(Message message)
    {
        foreach (var size in Sizes)
        {
            var body = Write(message, size, MostAlerts);
            if (body.Length < MostBytes)
            {
                return body;
            }
        }
        for (var alerts = Math.Min(message.Alerts.Count, MostAlerts) - 1; alerts > 0; alerts--)
        {
            var body = Write(message, Sizes[^1], alerts);
            if (body.Length < MostBytes)
            {
                return body;
            }
        }
        throw new InvalidOperationException("The smallest body is larger than 20 kB.");
    }

    static byte[] Write(Message message, Size size, int most)
    {
        var alerts = message.Alerts.Take(most).Select(a => Fit(a.Alert, size)).ToList();
        object data = message.Event switch
        {
            MessageEvent.Raised or MessageEvent.Updated when alerts.Count == 1 => alerts[0],
            MessageEvent.Test or MessageEvent.Notice => new { Message = TextCut.OnWord(message.Notice ?? "", size.Text) },
            _ => new { Alerts = alerts, Omitted = message.Omitted + message.Alerts.Count - alerts.Count },
        };
        var body = new { Type = message.Event, Timestamp = message.At, Data = data };
        return JsonSerializer.SerializeToUtf8Bytes(body, AlertJson.Options);
    }

    static AlertDocument Fit(AlertDocument alert, Size size) => alert with
    {
        Title = TextCut.OnWord(alert.Title, size.Text),
        // Half an address leads nowhere, so a monstrous one is left out whole.
        Url = alert.Url?.Length > size.Url ? null : alert.Url,
        Language = alert.Language?.Length > LongestLanguage ? null : alert.Language,
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

    readonly record struct Size(int Text, int Excerpt, int HitText, int Url, int Hits);
}
