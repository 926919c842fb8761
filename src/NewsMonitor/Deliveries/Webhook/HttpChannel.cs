using System.Globalization;
using System.Text;
using System.Text.Json;
using NewsMonitor.Alerts;
using NewsMonitor.Outbound;

namespace NewsMonitor.Deliveries.Webhook;

/// <summary>Signed webhooks and the chat services, all of which are one POST of JSON.</summary>
/// <param name="telegram">Where Telegram's bots are served.</param>
public sealed class HttpChannel(OutboundHttp http, TimeProvider time, Uri? telegram = null) : IChannel
{
    /// <summary>Standard Webhooks asks senders to wait 15 to 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    const int MostAnswerBytes = 4096;
    const int Connections = 64;
    static readonly Uri TelegramApi = new("https://api.telegram.org/");

    public async Task<Verdict> SendAsync(Message message, Address to, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            var response = await http.SendAsync(Compose(message, to), either.Token);
            var answer = Encoding.UTF8.GetString(response.Body);
            return HttpVerdict.Of(
                to.Kind, (int)response.Status, response.RetryAfter(time.GetUtcNow()), answer, Redaction.Line(answer, to));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return Verdict.Retry(null, $"no answer within {Timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s");
        }
        catch (OutboundException e) when (e.Failure == OutboundFailure.Refused)
        {
            return Verdict.Dead(null, Redaction.Line(e.Message, to));
        }
        catch (OutboundException e)
        {
            return Verdict.Retry(null, Redaction.Line(e.Message, to));
        }
        catch (FormatException e)
        {
            return Verdict.Dead(null, Redaction.Line(e.Message, to));
        }
        catch (Exception e)
        {
            // Whatever else it is, it must neither stop the queue nor carry an address with a token in it into a log.
            return Verdict.Retry(null, Redaction.Line($"{e.GetType().Name}: {e.Message}", to));
        }
    }

    OutboundRequest Compose(Message message, Address to)
    {
        var words = Wording.For(to.Language);
        return to.Kind switch
        {
            RecipientKind.Webhook => Signed(message, to),
            RecipientKind.Slack => Post(Target(to), SlackShape.Body(message, words, to.Zone)),
            RecipientKind.Teams => Post(Target(to), TeamsShape.Body(message, words, to.Zone)),
            RecipientKind.Telegram => Post(
                new Uri($"{(telegram ?? TelegramApi).AbsoluteUri.TrimEnd('/')}/bot{(to.Secrets.Count > 0 ? to.Secrets[0] : "")}/sendMessage"),
                TelegramShape.Body(message, to.Target, words, to.Zone)),
            RecipientKind.Ntfy => Ntfy(message, to, words),
            _ => throw new FormatException($"{to.Kind} is not sent over HTTP."),
        };
    }

    OutboundRequest Signed(Message message, Address to)
    {
        var body = WebhookBody.Of(message);
        var now = time.GetUtcNow();
        var headers = new List<KeyValuePair<string, string>>
        {
            new("webhook-id", message.Id),
            new("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        };
        if (to.Secrets.Count > 0)
        {
            headers.Add(new("webhook-signature", WebhookSignature.Of(to.Secrets, message.Id, now, body)));
        }
        return Post(Target(to), body) with { Headers = headers };
    }

    static OutboundRequest Ntfy(Message message, Address to, Wording words)
    {
        var (server, topic) = NtfyShape.Split(Target(to));
        var request = Post(server, NtfyShape.Body(message, topic, words, to.Zone));
        if (to.Secrets.Count == 0)
        {
            return request;
        }
        var pass = to.Secrets[0].Contains(':') ? OutboundHttp.Basic(to.Secrets[0]).ToString() : $"Bearer {to.Secrets[0]}";
        return request with { Headers = [new("Authorization", pass)] };
    }

    static OutboundRequest Post(Uri url, object body) => Post(url, JsonSerializer.SerializeToUtf8Bytes(body, AlertJson.Options));

    static OutboundRequest Post(Uri url, byte[] json) => new(url)
    {
        Method = HttpMethod.Post,
        Body = json,
        ContentType = "application/json; charset=utf-8",
        // The queue repeats, and knows when.
        Retry = false,
        StatusSuffices = true,
        MaxBytes = MostAnswerBytes,
        MaxConnections = Connections,
    };

    static Uri Target(Address to) => Uri.TryCreate(to.Target, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new FormatException("The recipient's address is no http or https URL.");
}
