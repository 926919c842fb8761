using System.Text;
using NewsMonitor.Alerts;
using NewsMonitor.Deliveries.Webhook;

namespace NewsMonitor.Deliveries.Email;

/// <summary>
/// Subject and the two bodies of an email. Our own words follow the recipient's language; every name or number within a line is isolated.
/// </summary>
public static class EmailBody
{
    internal const int MostAlerts = 50;
    internal const int LongestTitle = 300;
    const int MostReasons = 6;
    const int MostSources = 12;

    static string Subject(Message message, Wording words)
    {
        var first = message.Alerts.Count > 0 ? message.Alerts[0].Alert : null;
        var count = message.Alerts.Count + message.Omitted;
        var text = message.Event switch
        {
            MessageEvent.Test => words.TestSubject,
            MessageEvent.Notice => words.NoticeSubject,
            _ when first is null || count > 1 => $"News Monitor · {words.Alerts}: {count}",
            // No isolates here: many mail programs show them as boxes in a subject.
            _ => $"[{first.Watch.Name}] {first.Title}",
        };
        return TextCut.OnWord(Bidi.Balanced(Run.Clean(text)).Trim(), 150);
    }

    public static (string Subject, string Text, string Html) Of(Message message, Address to)
    {
        var words = Wording.For(to.Language);
        return (Subject(message, words), Text(message, words, to.Zone), EmailHtml.Of(message, Subject(message, words), words, to.Zone));
    }

    static string Text(Message message, Wording words, TimeZoneInfo zone)
    {
        var text = new StringBuilder();
        if (ChatText.Heading(message, words) is { } heading)
        {
            text.Append(heading).Append("\r\n\r\n");
        }
        foreach (var (alert, sources) in message.Alerts.Take(MostAlerts))
        {
            text.Append(ChatText.Title(alert, LongestTitle)).Append("\r\n\r\n");
            foreach (var run in Run.Of(alert.Excerpt))
            {
                text.Append(run.Marked ? $"*{Bidi.Balanced(run.Text)}*" : Bidi.Balanced(run.Text));
            }
            text.Append("\r\n\r\n");
            foreach (var (label, value) in Facts(alert, words, zone))
            {
                text.Append(label).Append(": ").Append(Bidi.Isolate(value)).Append("\r\n");
            }
            text.Append(words.SourcesSoFar).Append(": ").Append(SourceLine(sources)).Append("\r\n");
            text.Append(words.Why).Append(":\r\n");
            foreach (var (surface, why) in Reasons(alert))
            {
                text.Append("- ").Append(Bidi.Isolate(surface)).Append(": ").Append(Bidi.Isolate(why)).Append("\r\n");
            }
            text.Append("\r\n").Append(words.OpenAlert).Append(":\r\n").Append(message.LinkTo(alert).AbsoluteUri).Append("\r\n");
            if (ChatText.Link(alert) is { } url)
            {
                text.Append(words.ReadArticle).Append(":\r\n").Append(url).Append("\r\n");
            }
            text.Append("\r\n----\r\n\r\n");
        }
        if (NotShown(message) is > 0 and var more)
        {
            text.Append($"{words.More}: {more}\r\n{message.PublicUrl.AbsoluteUri}\r\n");
        }
        if (message.UnsubscribeUrl is { } stop)
        {
            text.Append(words.Unsubscribe).Append(":\r\n").Append(stop.AbsoluteUri).Append("\r\n");
        }
        return text.ToString();
    }

    static IEnumerable<(string Label, string Value)> Facts(AlertDocument alert, Wording words, TimeZoneInfo zone)
    {
        yield return (words.Watch, $"{alert.Watch.Name} ({words.Severities[alert.Watch.Severity]})");
        if (alert.Source is { Length: > 0 } source)
        {
            yield return (words.Source, Bidi.Balanced(Run.Clean(source)));
        }
        yield return (words.Published, Wording.Time(alert.PublishedAt ?? alert.RaisedAt, zone));
        yield return (words.Articles, alert.Story.ArticleCount.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    internal static string SourceLine(IReadOnlyList<string> sources)
    {
        // Each name is isolated: one line may hold names in both directions.
        var line = string.Join(" · ", sources.Take(MostSources).Select(s => Bidi.Isolate(Run.Clean(s))));
        return sources.Count > MostSources ? $"{line} · +{sources.Count - MostSources}" : line;
    }

    internal static IEnumerable<(string Surface, string Why)> Reasons(AlertDocument alert) => alert.Hits
        .Select(h => (Surface: Bidi.Balanced(Run.Clean(h.Surface)), Why: Bidi.Balanced(Run.Clean(h.Why)) is { Length: > 0 } why ? why : h.Term))
        .Distinct().Take(MostReasons);

    internal static int NotShown(Message message) => message.Omitted + Math.Max(0, message.Alerts.Count - MostAlerts);
}
