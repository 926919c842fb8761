using System.Net;
using System.Text;
using NewsMonitor.Alerts;
using NewsMonitor.Deliveries.Webhook;
using NewsMonitor.Watches;

namespace NewsMonitor.Deliveries.Email;

/// <summary>
/// The HTML of an email. Each title and excerpt finds its direction by itself (<c>dir="auto"</c>), and every name or number within a line is
/// isolated. Styles are inline, since mail programs drop style sheets; the one sheet there is only serves dark screens.
/// </summary>
static class EmailHtml
{
    const string Grey = "#586674";
    const string Small = ".86em";
    const string Blue = "#17557f";
    const string Dark = "@media (prefers-color-scheme:dark){.page{background:#12181e!important;color:#e4e9ee!important}"
        + ".card{background:#1d262f!important}.soft{color:#a3b1be!important}"
        + ".button{background:#2a70a3!important}.link{color:#8cc4ee!important}}";

    public static string Of(Message message, string subject, Wording words, TimeZoneInfo zone)
    {
        var html = new StringBuilder();
        var dir = words.RightToLeft ? "rtl" : "ltr";
        html.Append($"""
            <!DOCTYPE html>
            <html lang="{words.Language}" dir="{dir}"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
            <title>{Encode(subject)}</title><style>{Dark}</style></head>
            <body class="page" dir="{dir}" style="margin:0;padding:16px 8px;background:#eef1f4;color:#1c2733;{Font(words)}">
            <div style="max-width:640px;margin:0 auto">

            """);
        if (ChatText.Heading(message, words) is { } heading)
        {
            html.Append(message.Alerts.Count == 0
                ? $"<p class=\"card\" dir=\"auto\" style=\"background:#fff;border-radius:6px;padding:16px 18px;margin:0 0 16px\">{Encode(heading)}</p>\n"
                : $"<p dir=\"auto\" style=\"font-size:1.1em;font-weight:bold;margin:0 8px 16px\">{Encode(heading)}</p>\n");
        }
        foreach (var (alert, sources) in message.Alerts.Take(EmailBody.MostAlerts))
        {
            One(html, message, alert, sources, words, zone);
        }
        if (EmailBody.NotShown(message) is > 0 and var more)
        {
            html.Append($"<p style=\"margin:0 8px 16px\"><a class=\"link\" style=\"color:{Blue}\" href=\"{Encode(message.PublicUrl.AbsoluteUri)}\">"
                + $"{Encode(words.More)}: <bdi>{more}</bdi></a></p>\n");
        }
        html.Append($"<p class=\"soft\" style=\"font-size:{Small};color:{Grey};margin:0 8px\"><bdi>News Monitor</bdi>");
        if (message.UnsubscribeUrl is { } stop)
        {
            html.Append($" · <a class=\"soft\" style=\"color:{Grey}\" href=\"{Encode(stop.AbsoluteUri)}\">{Encode(words.Unsubscribe)}</a>");
        }
        return html.Append("</p>\n</div></body></html>\n").ToString();
    }

    static void One(StringBuilder html, Message message, AlertDocument alert, IReadOnlyList<string> sources, Wording words, TimeZoneInfo zone)
    {
        var (edge, colour) = (words.RightToLeft ? "right" : "left", Colour(alert.Watch.Severity));
        var lang = alert.Language is null ? "" : $" lang=\"{Encode(alert.Language)}\"";
        html.Append($"<div class=\"card\" style=\"background:#fff;border-{edge}:5px solid {colour};border-radius:6px;padding:16px 18px;margin:0 0 16px\">\n");
        html.Append($"<p style=\"margin:0 0 8px;font-size:{Small}\">"
            + $"<span style=\"background:{colour};color:#fff;border-radius:3px;padding:1px 8px;font-weight:bold\">"
            + $"{Encode(words.Severities[alert.Watch.Severity])}</span>&#160; <bdi>{Encode(alert.Watch.Name)}</bdi></p>\n");
        html.Append($"<h2 dir=\"auto\"{lang} style=\"font-size:1.25em;line-height:1.5;margin:0 0 6px\">{Marked(Run.OfTitle(alert, EmailBody.LongestTitle))}</h2>\n");
        html.Append($"<p class=\"soft\" style=\"margin:0 0 12px;font-size:{Small};color:{Grey}\">{About(alert, zone)}</p>\n");
        html.Append($"<p dir=\"auto\"{lang} style=\"margin:0 0 14px\">{Marked(Run.Of(alert.Excerpt))}</p>\n");
        html.Append($"<table role=\"presentation\" style=\"border-collapse:collapse;font-size:{Small};margin:0 0 16px\">\n");
        Row(html, words, words.Why, string.Join("<br>", EmailBody.Reasons(alert).Select(
            r => $"<bdi>{Mark(r.Surface)}</bdi> <bdi class=\"soft\" style=\"color:{Grey}\">{Encode(r.Why)}</bdi>")));
        Row(html, words, words.SourcesSoFar, Encode(EmailBody.SourceLine(sources)));
        Row(html, words, words.Articles, $"<bdi>{alert.Story.ArticleCount}</bdi>");
        html.Append("</table>\n<p style=\"margin:0;font-size:.94em\">");
        html.Append($"<a class=\"button\" href=\"{Encode(message.LinkTo(alert).AbsoluteUri)}\" style=\"display:inline-block;background:{Blue};"
            + $"color:#fff;text-decoration:none;border-radius:5px;padding:6px 16px\">{Encode(words.OpenAlert)}</a>");
        if (ChatText.Link(alert) is { } url)
        {
            html.Append($" &#160; <a class=\"link\" href=\"{Encode(url)}\" style=\"color:{Blue}\">{Encode(words.ReadArticle)}</a>");
        }
        html.Append("</p>\n</div>\n");
    }

    /// <summary>Source and time; each isolated, since either may run against the line.</summary>
    static string About(AlertDocument alert, TimeZoneInfo zone)
    {
        var time = $"<bdi dir=\"ltr\">{Wording.Time(alert.PublishedAt ?? alert.RaisedAt, zone)}</bdi>";
        return alert.Source is { Length: > 0 } source ? $"<bdi>{Encode(Bidi.Balanced(Run.Clean(source)))}</bdi> · {time}" : time;
    }

    static void Row(StringBuilder html, Wording words, string label, string value)
    {
        var (start, end) = words.RightToLeft ? ("right", "left") : ("left", "right");
        html.Append($"<tr><th class=\"soft\" scope=\"row\" style=\"text-align:{start};vertical-align:top;font-weight:normal;color:{Grey};"
            + $"padding:3px 0;padding-{end}:14px\">{Encode(label)}</th><td style=\"text-align:{start};padding:3px 0\">{value}</td></tr>\n");
    }

    /// <summary>Arabic letters are smaller than Latin ones at one font size, so Arabic mail is set larger.</summary>
    static string Font(Wording words) =>
        $"font:{(words.RightToLeft ? "18px/1.8" : "16px/1.6")} 'Segoe UI','Noto Sans','Noto Sans Arabic',Tahoma,Arial,sans-serif";

    static string Marked(IEnumerable<Run> runs) => string.Concat(runs.Select(r => r.Marked
        ? Mark(Bidi.Balanced(r.Text))
        : Encode(Bidi.Balanced(r.Text))));

    static string Mark(string text) =>
        $"<mark style=\"background:#ffe58a;color:#1c2733;border-radius:2px;padding:0 2px\">{Encode(text)}</mark>";

    static string Colour(Severity severity) => severity switch
    {
        Severity.Critical => "#b3123b",
        Severity.High => "#c2410c",
        Severity.Medium => "#8a6a00",
        _ => "#5c6770",
    };

    static string Encode(string text) => WebUtility.HtmlEncode(text);
}
