using System.Text.Json;
using System.Text.Json.Serialization;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;
using NewsMonitor.Watches;

namespace NewsMonitor.Deliveries.Endpoints;

/// <summary>A recipient as it is written: the fields of recipients.yaml. In a change, what is left out stays as it is.</summary>
public sealed record RecipientBody
{
    public string? Id { get; init; }
    public RecipientKind? Kind { get; init; }

    /// <summary>An email address or a Telegram chat.</summary>
    public string? To { get; init; }
    public string? Url { get; init; }

    /// <summary>Signing or access secret: a string, or a list of them, the newest first. It is never shown again.</summary>
    [JsonConverter(typeof(OneOrMany))]
    public IReadOnlyList<string>? Secret { get; init; }
    public DeliveryMode? Mode { get; init; }
    public Severity? MinSeverity { get; init; }
    public string? QuietHours { get; init; }
    public string? Language { get; init; }
    public string? TimeZone { get; init; }
    public bool? Default { get; init; }
    public TimeOnly? DailyAt { get; init; }
    public int? GroupSeconds { get; init; }
    public RecipientFilter? Only { get; init; }

    /// <summary>Whom critical alerts go to when nobody reacts; an empty <c>to</c> takes it away.</summary>
    public Escalation? Escalate { get; init; }
    public bool? Enabled { get; init; }

    internal RecipientDefinition? Read(FieldErrors errors, Recipient? known)
    {
        if (Id is null && known is null)
        {
            errors.Add("id", "is missing.");
        }
        if (Kind is null && known is null)
        {
            errors.Add("kind", $"is missing; it may be {string.Join(", ", Enum.GetValues<RecipientKind>().Select(k => Database.Names.Kebab(k)))}.");
        }
        if (errors.Any)
        {
            return null;
        }
        var kind = Kind ?? known!.Kind;
        var settings = known?.Settings ?? new();
        var definition = new RecipientDefinition
        {
            Id = known?.Id ?? Id!,
            Kind = kind,
            Target = (RecipientDefinition.TargetField(kind) == "to" ? To : Url) ?? (known?.Kind == kind ? known.Target : ""),
            Secrets = Secret ?? [],
            Mode = Mode ?? known?.Mode ?? default,
            MinSeverity = MinSeverity ?? known?.MinSeverity ?? default,
            Settings = new RecipientSettings
            {
                QuietHours = Set(QuietHours, settings.QuietHours),
                Language = Set(Language, settings.Language),
                TimeZone = Set(TimeZone, settings.TimeZone),
                Default = Default ?? settings.Default,
                DailyAt = DailyAt ?? settings.DailyAt,
                GroupSeconds = GroupSeconds ?? settings.GroupSeconds,
                Only = Only ?? settings.Only,
                Escalate = Escalate is { To.Length: 0 } ? null : Escalate ?? settings.Escalate,
            },
        };
        foreach (var (field, message) in definition.Problems(known))
        {
            errors.Add(field, message);
        }
        return errors.Any ? null : definition;
    }

    /// <summary>An empty text takes a setting away.</summary>
    static string? Set(string? given, string? known) => given is null ? known : given.Length == 0 ? null : given;

    sealed class OneOrMany : JsonConverter<IReadOnlyList<string>>
    {
        public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
                ? [reader.GetString()!]
                : JsonSerializer.Deserialize<string?[]>(ref reader, options)?.OfType<string>().ToArray();

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A secret is never written.");
    }
}

/// <summary>A recipient as it is shown: without its secrets.</summary>
public sealed record RecipientView(
    string Id, RecipientKind Kind, string? To, string? Url, bool HasSecret, DeliveryMode Mode, Severity MinSeverity, string? QuietHours,
    string? Language, string? TimeZone, bool Default, TimeOnly? DailyAt, int? GroupSeconds, RecipientFilter? Only, Escalation? Escalate,
    bool Enabled, string? DisabledReason, Feeds.Origin Origin, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Failures,
    DateTimeOffset? PausedUntil)
{
    internal static RecipientView Of(Recipient r, RecipientLane? lane, Secrets secrets)
    {
        var isTo = RecipientDefinition.TargetField(r.Kind) == "to";
        var s = r.Settings;
        var hasSecret = RecipientSecret.TryOpen(r, secrets) is { } secret ? secret.Current.Count > 0 : r.Secret is not null;
        return new RecipientView(
            r.Id, r.Kind, isTo ? r.Target : null, isTo ? null : r.Target, hasSecret, r.Mode, r.MinSeverity,
            s.QuietHours, s.Language, s.TimeZone, s.Default, s.DailyAt, s.GroupSeconds, s.Only, s.Escalate, r.Enabled, r.DisabledReason, r.Origin,
            r.CreatedAt, r.UpdatedAt, lane?.Failures ?? 0, lane?.PausedUntil);
    }
}
