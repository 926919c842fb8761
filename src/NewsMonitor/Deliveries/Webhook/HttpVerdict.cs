using System.Text.Json;

namespace NewsMonitor.Deliveries.Webhook;

/// <summary>What an HTTP answer means, by kind of receiver.</summary>
public static class HttpVerdict
{
    static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <param name="asked">What Retry-After says.</param>
    /// <param name="answer">The beginning of the body as it came: chat services say there what they mean.</param>
    /// <param name="said">The same as one safe line for people.</param>
    public static Verdict Of(RecipientKind kind, int code, TimeSpan? asked, string answer, string said)
    {
        var line = said.Length > 0 ? $"HTTP {code}: {said}" : $"HTTP {code}";
        asked = asked is { } a && a > TimeSpan.Zero ? (a < LongestWait ? a : LongestWait) : null;
        return (kind, code) switch
        {
            // The old Teams connector answers 200 and tells of its throttling in the body.
            (RecipientKind.Teams, >= 200 and < 300) when answer.Contains("HTTP error 429", StringComparison.Ordinal) => Verdict.Retry(429, line, asked),
            (RecipientKind.Teams, >= 200 and < 300) when answer.Contains("HTTP error", StringComparison.Ordinal) => Verdict.Retry(code, line, asked),
            (_, >= 200 and < 300) => Verdict.Sent(code, line),
            (_, 410) => Verdict.Disable(code, line),
            // Slack: the webhook or its workspace was taken away. Telegram: the bot was blocked or thrown out of the chat.
            (RecipientKind.Slack, 404) or (RecipientKind.Telegram, 403) => Verdict.Disable(code, line),
            (RecipientKind.Telegram, 429) => Verdict.Retry(code, line, TelegramRetryAfter(answer) ?? asked),
            (_, 408 or 429 or >= 500) => Verdict.Retry(code, line, asked),
            (_, >= 300 and < 400) => Verdict.Dead(code, $"HTTP {code}: redirected elsewhere, which is not followed. Set the final address."),
            _ => Verdict.Dead(code, line),
        };
    }

    static TimeSpan? TelegramRetryAfter(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.TryGetProperty("parameters", out var parameters)
                && parameters.TryGetProperty("retry_after", out var wait) && wait.TryGetInt32(out var seconds) && seconds > 0
                ? TimeSpan.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds))
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
