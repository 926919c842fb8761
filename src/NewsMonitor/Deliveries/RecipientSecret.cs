using System.Security.Cryptography;
using System.Text.Json;
using NewsMonitor.Database;
using NewsMonitor.Operations;

namespace NewsMonitor.Deliveries;

/// <summary>
/// What of a recipient is secret, as it lies encrypted in <see cref="Recipient.Secret"/>: its secrets, those that are being rotated out, and
/// the whole address where the address is itself a password (Slack, Teams).
/// </summary>
public sealed record RecipientSecret
{
    /// <summary>How long a replaced signing secret still signs beside the new one.</summary>
    public static readonly TimeSpan Rotation = TimeSpan.FromHours(24);

    public IReadOnlyList<string> Current { get; init; } = [];
    public IReadOnlyList<string> Former { get; init; } = [];
    public DateTimeOffset? FormerUntil { get; init; }
    public string? Address { get; init; }

    public static bool HidesAddress(RecipientKind kind) => kind is RecipientKind.Slack or RecipientKind.Teams;

    public static RecipientSecret Open(Recipient recipient, Secrets secrets) => recipient.Secret is null
        ? new()
        : JsonSerializer.Deserialize<RecipientSecret>(secrets.Reveal(recipient.Secret), JsonColumn.Options)!;

    /// <summary>The same; null where it was encrypted with another key, which may be put back.</summary>
    public static RecipientSecret? TryOpen(Recipient recipient, Secrets secrets)
    {
        try
        {
            return Open(recipient, secrets);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Null when there is nothing to hide.</summary>
    public string? Seal(Secrets secrets) => Current.Count == 0 && Address is null ? null : secrets.Protect(Json);

    public bool IsSameAs(RecipientSecret other) => Json == other.Json;

    string Json => JsonSerializer.Serialize(this, JsonColumn.Options);

    /// <summary>With new secrets in place; a webhook's former ones stay good for a day, so that its receiver can follow.</summary>
    public RecipientSecret Replaced(RecipientKind kind, IReadOnlyList<string> secrets, DateTimeOffset now) => secrets.SequenceEqual(Current)
        ? this
        : this with
        {
            Current = secrets,
            Former = kind == RecipientKind.Webhook && secrets.Count > 0 ? Current : [],
            FormerUntil = now + Rotation,
        };

    /// <summary>Everything to sign with now, the newest first.</summary>
    public IReadOnlyList<string> At(DateTimeOffset now) => FormerUntil > now ? [.. Current, .. Former.Except(Current)] : Current;

    /// <summary>A password's address as it may be shown: where it leads, not how one gets in.</summary>
    public static string Shown(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.Authority}/…" : "…";

    /// <summary>The recipient as a channel needs it.</summary>
    public static Address AddressOf(Recipient recipient, Secrets secrets, DateTimeOffset now)
    {
        var secret = Open(recipient, secrets);
        return new Address(
            recipient.Id, recipient.Kind, secret.Address ?? recipient.Target, secret.At(now), recipient.Settings.Language, Zone(recipient.Settings));
    }

    public static TimeZoneInfo Zone(RecipientSettings settings) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone ?? "UTC", out var zone) ? zone : TimeZoneInfo.Utc;
}
