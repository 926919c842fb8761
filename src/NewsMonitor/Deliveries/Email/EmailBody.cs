using System.Net;
using System.Text;
using NewsMonitor.Alerts;
using NewsMonitor.Deliveries.Webhook;
using NewsMonitor.Watches;

namespace NewsMonitor.Deliveries.Email;

/// <summary>
/// The two bodies of an email. Our own words follow the recipient's language; each title and excerpt finds its direction by itself
/// (<c>dir="auto"</c>), and every name or number within a line is isolated. Styles are inline, since mail programs drop style sheets.
/// </summary>
public static class EmailBody
{
    const int MostAlerts = 50;
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
        return (Subject(message, words), Text(message, words, to.Zone), Html(message, words, to.Zone));
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
            text.Append(Bidi.Balanced(Run.Clean(alert.Title))).Append("\r\n\r\n");
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

    static string Html(Message message, Wording words, TimeZoneInfo zone)
    {
        var html = new StringBuilder();
        var dir = words.RightToLeft ? "rtl" : "ltr";
        html.Append($"""
            <!DOCTYPE html>
            <html lang="{words.Language}" dir="{dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark"><title>{Encode(Subject(message, words))}</title></head>
            <body dir="{dir}" style="margin:0;padding:16px;font:16px/1.6 'Segoe UI','Noto Sans','Noto Sans Arabic',Tahoma,Arial,sans-serif">
            <div style="max-width:640px;margin:0 auto">

            """);
        if (ChatText.Heading(message, words) is { } heading)
        {
            html.Append($"<p dir=\"auto\" style=\"font-weight:bold;margin:0 0 16px\">{Encode(heading)}</p>\n");
        }
        foreach (var (alert, sources) in message.Alerts.Take(MostAlerts))
        {
            One(html, message, alert, sources, words, zone);
        }
        if (NotShown(message) is > 0 and var more)
        {
            html.Append($"<p><a href=\"{Encode(message.PublicUrl.AbsoluteUri)}\">{Encode(words.More)}: <bdi>{more}</bdi></a></p>\n");
        }
        if (message.UnsubscribeUrl is { } stop)
        {
            html.Append($"<p style=\"font-size:13px\"><a href=\"{Encode(stop.AbsoluteUri)}\">{Encode(words.Unsubscribe)}</a></p>\n");
        }
        return html.Append("</div></body></html>\n").ToString();
    }

    static void One(StringBuilder html, Message message, AlertDocument alert, IReadOnlyList<string> sources, Wording words, TimeZoneInfo zone)
    {
        var edge = words.RightToLeft ? "right" : "left";
        html.Append($"<div style=\"border-{edge}:4px solid {Colour(alert.Watch.Severity)};padding:2px 14px;margin:0 0 28px\">\n");
        html.Append($"<h2 dir=\"auto\" style=\"font-size:20px;line-height:1.4;margin:0 0 8px\">{Marked(Run.OfTitle(alert))}</h2>\n");
        html.Append($"<p dir=\"auto\" style=\"margin:0 0 12px\">{Marked(Run.Of(alert.Excerpt))}</p>\n");
        html.Append("<table role=\"presentation\" style=\"border-collapse:collapse;font-size:14px;margin:0 0 12px\">\n");
        foreach (var (label, value) in Facts(alert, words, zone).Append((words.SourcesSoFar, SourceLine(sources))))
        {
            Row(html, words, label, $"<bdi>{Encode(value)}</bdi>");
        }
        Row(html, words, words.Why, string.Join("<br>", Reasons(alert).Select(r => $"<bdi>{Encode(r.Surface)}</bdi>: <bdi>{Encode(r.Why)}</bdi>")));
        html.Append("</table>\n<p style=\"margin:0;font-size:14px\">");
        html.Append($"<a href=\"{Encode(message.LinkTo(alert).AbsoluteUri)}\">{Encode(words.OpenAlert)}</a>");
        if (ChatText.Link(alert) is { } url)
        {
            html.Append($" · <a href=\"{Encode(url)}\">{Encode(words.ReadArticle)}</a>");
        }
        html.Append("</p>\n</div>\n");
    }

    static void Row(StringBuilder html, Wording words, string label, string value)
    {
        var (start, end) = words.RightToLeft ? ("right", "left") : ("left", "right");
        html.Append($"<tr><th scope=\"row\" style=\"text-align:{start};vertical-align:top;font-weight:normal;opacity:.7;white-space:nowrap;"
            + $"padding:1px 0;padding-{end}:12px\">{Encode(label)}</th><td style=\"text-align:{start}\">{value}</td></tr>\n");
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

    static string SourceLine(IReadOnlyList<string> sources)
    {
        // Each name is isolated: one line may hold names in both directions.
        var line = string.Join(" · ", sources.Take(MostSources).Select(s => Bidi.Isolate(Run.Clean(s))));
        return sources.Count > MostSources ? $"{line} · +{sources.Count - MostSources}" : line;
    }

    static IEnumerable<(string Surface, string Why)> Reasons(AlertDocument alert) => alert.Hits
        .Select(h => (Surface: Bidi.Balanced(Run.Clean(h.Surface)), Why: Bidi.Balanced(Run.Clean(h.Why)) is { Length: > 0 } why ? why : h.Term))
        .Distinct().Take(MostReasons);

    static string Marked(IEnumerable<Run> runs) => string.Concat(runs.Select(r => r.Marked
        ? $"<mark style=\"background:#ffe58a;color:#000;padding:0 2px\">{Encode(Bidi.Balanced(r.Text))}</mark>"
        : Encode(Bidi.Balanced(r.Text))));

    static int NotShown(Message message) => message.Omitted + Math.Max(0, message.Alerts.Count - MostAlerts);

    static string Colour(Severity severity) => severity switch
    {
        Severity.Critical => "#b3123b",
        Severity.High => "#d9480f",
        Severity.Medium => "#b08800",
        _ => "#5c6770",
    };

    static string Encode(string text) => WebUtility.HtmlEncode(text);
}
