using NewsMonitor.Alerts;

namespace NewsMonitor.Deliveries;

/// <summary>What a message is about; the <c>type</c> of a webhook.</summary>
public static class MessageEvent
{
    public const string Raised = "alert.raised";
    public const string Updated = "alert.updated";
    public const string Digest = "digest";
    public const string Test = "test";
    public const string Notice = "notice";
}

/// <summary>A message ready for any channel.</summary>
public sealed record Message
{
    /// <summary>Constant over retries, so that a receiver can drop a repetition.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="MessageEvent"/>.</summary>
    public required string Event { get; init; }

    /// <summary>When what it tells of happened; constant over retries too.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One for an alert; the newest first for a group or digest; none for a test or notice.</summary>
    public IReadOnlyList<MessageAlert> Alerts { get; init; } = [];

    /// <summary>Alerts that a digest tells of only by their number.</summary>
    public int Omitted { get; init; }

    /// <summary>The sentence of a test or notice.</summary>
    public string? Notice { get; init; }

    /// <summary>Where the page lives: links start here.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>Stops these messages with one request, for email's List-Unsubscribe.</summary>
    public Uri? UnsubscribeUrl { get; init; }

    public Uri LinkTo(AlertDocument alert) => new(PublicUrl, $"alerts/{alert.Id}");
}

/// <param name="Sources">The newsrooms that have carried the story, the first one first.</param>
public sealed record MessageAlert(AlertDocument Alert, IReadOnlyList<string> Sources);

/// <summary>Where a message goes, with its secrets in clear; lives only as long as the attempt.</summary>
/// <param name="Target">An email address, a URL or a chat id, by kind.</param>
/// <param name="Secrets">The newest first; more than one while a signing secret is being rotated.</param>
/// <param name="Language"><c>ar</c> or <c>en</c>: the language of our own words in the message.</param>
/// <param name="Zone">The zone that times are told in.</param>
public sealed record Address(string RecipientId, RecipientKind Kind, string Target, IReadOnlyList<string> Secrets, string? Language, TimeZoneInfo Zone)
{
    /// <summary>A record prints its members; this one must not print its secrets into some log.</summary>
    public override string ToString() => $"{Kind} {RecipientId}";
}

/// <summary>A way to reach people. Throws only when <c>stop</c> asks for it; everything else is a verdict.</summary>
public interface IChannel
{
    Task<Verdict> SendAsync(Message message, Address to, CancellationToken stop);
}
