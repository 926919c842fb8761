using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NewsMonitor.Alerts;

namespace NewsMonitor.Deliveries.Webhook;

/// <summary>Signed webhooks and the chat services, all of which are one POST of JSON.</summary>
/// <param name="http">Must not follow redirects and must refuse private addresses: a recipient's URL is somebody's input.</param>
/// <param name="telegram">Where Telegram's bots are served.</param>
public sealed class HttpChannel(HttpClient http, TimeProvider time, Uri? telegram = null) : IChannel
{
    /// <summary>Standard Webhooks asks senders to wait 15 to 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    const int MostAnswerBytes = 4096;
    static readonly Uri TelegramApi = new("https://api.telegram.org/");

    public async Task<Verdict> SendAsync(Message message, Address to, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            using var request = Compose(message, to);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var answer = await Start(response, either.Token, stop);
            return HttpVerdict.Of(to.Kind, response.StatusCode, response.Headers, answer, Redaction.Line(answer, to), time.GetUtcNow());
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return Verdict.Retry(null, $"no answer within {Timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s");
        }
        catch (HttpRequestException e)
        {
            return Verdict.Retry(null, Redaction.Line($"{e.HttpRequestError}: {e.InnerException?.Message ?? e.Message}", to));
        }
        catch (IOException e)
        {
            return Verdict.Retry(null, Redaction.Line($"the connection broke: {e.Message}", to));
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

    HttpRequestMessage Compose(Message message, Address to)
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

    HttpRequestMessage Signed(Message message, Address to)
    {
        var body = WebhookBody.Of(message);
        var now = time.GetUtcNow();
        var request = Post(Target(to), body);
        request.Headers.TryAddWithoutValidation("webhook-id", message.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        if (to.Secrets.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Of(to.Secrets, message.Id, now, body));
        }
        return request;
    }

    static HttpRequestMessage Ntfy(Message message, Address to, Wording words)
    {
        var (server, topic) = NtfyShape.Split(Target(to));
        var request = Post(server, NtfyShape.Body(message, topic, words, to.Zone));
        if (to.Secrets.Count > 0)
        {
            request.Headers.Authorization = to.Secrets[0].Contains(':')
                ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(to.Secrets[0])))
                : new AuthenticationHeaderValue("Bearer", to.Secrets[0]);
        }
        return request;
    }

    static HttpRequestMessage Post(Uri url, object body) => Post(url, JsonSerializer.SerializeToUtf8Bytes(body, AlertJson.Options));

    static HttpRequestMessage Post(Uri url, byte[] json)
    {
        var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("NewsMonitor", "1.0"));
        return request;
    }

    static Uri Target(Address to) => Uri.TryCreate(to.Target, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new FormatException("The recipient's address is no http or https URL.");

    /// <summary>Enough of the answer to learn from. The status has been said by now: a body that stalls or breaks does not unsay it.</summary>
    static async Task<string> Start(HttpResponseMessage response, CancellationToken either, CancellationToken stop)
    {
        var buffer = new byte[MostAnswerBytes];
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(either);
            while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), either) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
