using System.Net.Mail;
using System.Text.RegularExpressions;
using NewsMonitor.Watches;

namespace NewsMonitor.Deliveries;

/// <summary>A recipient as recipients.yaml and the API declare it. <see cref="Problems"/> says what is wrong before anything is stored.</summary>
public sealed partial record RecipientDefinition
{
    public required string Id { get; init; }
    public RecipientKind Kind { get; init; }

    /// <summary>Address, URL or chat id: <c>to</c> or <c>url</c>, by kind.</summary>
    public string Target { get; init; } = "";

    /// <summary>Newest first. A webhook may have several while its receiver changes from one to the next.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];
    public DeliveryMode Mode { get; init; }
    public Severity MinSeverity { get; init; }
    public RecipientSettings Settings { get; init; } = new();

    /// <summary>Null where the file does not say it.</summary>
    public bool? Enabled { get; init; }

    /// <summary>What is wrong, each with the field it stands in; empty for a good definition.</summary>
    /// <param name="known">The recipient as it is stored, which keeps what is secret when it is left out or given as it is shown.</param>
    public IEnumerable<(string Field, string Message)> Problems(Recipient? known = null)
    {
        var stored = known?.Kind == Kind ? known : null;
        if (!Slug().IsMatch(Id))
        {
            yield return ("id", $"'{Id}' is no id: use 1 to 64 of a-z, 0-9, '-', '_' and '.', starting with a letter or digit.");
        }
        foreach (var problem in TargetProblems(stored).Concat(SettingProblems()))
        {
            yield return problem;
        }
    }

    /// <summary>The name of the field that holds the target of this kind.</summary>
    public static string TargetField(RecipientKind kind) => kind is RecipientKind.Email or RecipientKind.Telegram ? "to" : "url";

    IEnumerable<(string, string)> TargetProblems(Recipient? stored)
    {
        var field = TargetField(Kind);
        if (string.IsNullOrWhiteSpace(Target))
        {
            yield return (field, $"is missing: {Kind.ToString().ToLowerInvariant()} needs '{field}'.");
        }
        else if (Kind == RecipientKind.Email && !IsPlainAddress(Target))
        {
            yield return (field, $"'{Target}' is no email address; write it as name@example.org, one address a recipient.");
        }
        else if (Kind == RecipientKind.Telegram && !Chat().IsMatch(Target))
        {
            yield return (field, $"'{Target}' is no Telegram chat: use the chat's number, such as \"-1001234567890\", or \"@channel\".");
        }
        else if (field == "url" && UrlProblem() is { } problem)
        {
            yield return (field, problem);
        }
        else if (RecipientSecret.HidesAddress(Kind) && Target == RecipientSecret.Shown(Target) && Target != stored?.Target)
        {
            yield return (field, "is shortened, as it is shown to people; give the whole address.");
        }
        foreach (var secret in Secrets)
        {
            // The messages never repeat the secret: they end in logs and answers.
            if (Kind == RecipientKind.Webhook && !Webhook.WebhookSignature.IsSecret(secret))
            {
                yield return ("secret", "is no signing secret: use whsec_ and the base64 of 24 to 64 random bytes.");
            }
            else if (Kind == RecipientKind.Telegram && !BotToken().IsMatch(secret))
            {
                yield return ("secret", "is no bot token: use it as BotFather gave it, digits, a colon and letters.");
            }
            else if (Kind == RecipientKind.Ntfy && secret.Any(c => c is <= ' ' or > '~'))
            {
                yield return ("secret", "is no access token: use tk_… or user:password, in ASCII without spaces.");
            }
        }
        if (Kind == RecipientKind.Telegram && Secrets.Count == 0 && stored?.Secret is null)
        {
            yield return ("secret", "is missing: telegram needs the bot's token.");
        }
        if (Kind != RecipientKind.Webhook && Secrets.Count > 1)
        {
            yield return ("secret", "has several values; only a webhook can sign with more than one.");
        }
        if (Kind is RecipientKind.Email or RecipientKind.Slack or RecipientKind.Teams && Secrets.Count > 0)
        {
            yield return ("secret", $"is not used by {Kind.ToString().ToLowerInvariant()}; leave it out.");
        }
    }

    string? UrlProblem()
    {
        if (!Uri.TryCreate(Target, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            return "is no http or https URL.";
        }
        if (url.UserInfo.Length > 0)
        {
            return "holds a user or password; leave it out, since addresses are shown to everybody who may see recipients.";
        }
        if (Kind == RecipientKind.Ntfy && !Topic().IsMatch(url.AbsolutePath.TrimEnd('/').Split('/')[^1]))
        {
            return "names no topic: write it as https://ntfy.sh/your-topic (letters, digits, '-' and '_', at most 64).";
        }
        return null;
    }

    IEnumerable<(string, string)> SettingProblems()
    {
        foreach (var (field, text) in new[] { ("quietHours", Settings.QuietHours), ("only.hours", Settings.Only?.Hours) })
        {
            if (text is not null && Refusal(() => QuietHours.Parse(text)) is { } refusal)
            {
                yield return (field, refusal);
            }
        }
        if (Settings.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            yield return ("timeZone", $"'{zone}' is no known time zone; use an IANA name such as Asia/Baghdad.");
        }
        if (Settings.Language is { } language && !LanguageTag().IsMatch(language))
        {
            yield return ("language", $"'{language}' is no language tag; use en or ar.");
        }
        if (Settings.GroupSeconds is < 0 or > 3600)
        {
            yield return ("groupSeconds", $"is {Settings.GroupSeconds}; it may be 0 to 3600.");
        }
        if (Settings.Escalate is { } escalate && (escalate.AfterMinutes is < 1 or > 10_080 || !Slug().IsMatch(escalate.To ?? "")))
        {
            yield return ("escalate", "needs 'to', another recipient's id, and 'afterMinutes' from 1 to 10080.");
        }
        if (Settings.Escalate?.To == Id)
        {
            yield return ("escalate", "names the recipient itself; 'to' is whoever is told when this one does not react.");
        }
    }

    static bool IsPlainAddress(string text) => text.Length <= 254 && text.All(c => c is > ' ' and <= '~')
        && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Length > 0;

    static string? Refusal(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,63}\\z")]
    private static partial Regex Slug();

    [GeneratedRegex("^(-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{3,31})\\z")]
    private static partial Regex Chat();

    [GeneratedRegex("^[0-9]+:[A-Za-z0-9_-]+\\z")]
    private static partial Regex BotToken();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z")]
    private static partial Regex Topic();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\\z")]
    private static partial Regex LanguageTag();
}
