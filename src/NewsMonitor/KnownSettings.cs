using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Deliveries.Email;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Retention;
using NewsMonitor.Outbound;
using NewsMonitor.Review;
using NewsMonitor.Schedule;
using NewsMonitor.Stories;

namespace NewsMonitor;

/// <summary>Every setting there is, so that a misspelt one is not passed over in silence.</summary>
static class KnownSettings
{
    static readonly Dictionary<string, string[]> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Monitor"] = [.. Of<MonitorOptions>(), "Role", "SecretKey"],
        ["Monitor:Api"] = Of<ReviewOptions>(),
        ["Monitor:Database"] = Of<DatabaseOptions>(),
        ["Monitor:Deliveries"] = Of<DeliveryOptions>(),
        ["Monitor:Fetch"] = [.. Of<FetchOptions>(), .. Of<OutboundOptions>()],
        ["Monitor:Health"] = ["MinFreeMegabytes"],
        ["Monitor:Logs"] = ["Format"],
        ["Monitor:Outbound"] = Of<OutboundOptions>(),
        ["Monitor:Retention"] = Of<RetentionOptions>(),
        ["Monitor:Schedule"] = Of<ScheduleOptions>(),
        ["Monitor:SelfWatch"] = Of<SelfWatchOptions>(),
        ["Monitor:SignIn"] = ["UserHeader", "TrustedProxies", "GroupsHeader", "Admins", "Reviewers", "Others"],
        ["Monitor:Smtp"] = Of<SmtpOptions>(),
        ["Monitor:Stories"] = Of<StoryOptions>(),
    };

    /// <summary>A sentence for each setting below <c>Monitor</c> that nothing reads.</summary>
    public static IEnumerable<string> Unread(IConfiguration configuration)
    {
        foreach (var setting in configuration.GetSection("Monitor").GetChildren())
        {
            if (Sections.ContainsKey(setting.Path))
            {
                foreach (var inner in setting.GetChildren().Where(s => IsUnknown(setting.Path, s)))
                {
                    yield return Sentence(inner, $"{Written(setting.Path)}__ has {string.Join(", ", Sections[setting.Path].Order())}");
                }
            }
            else if (IsUnknown("Monitor", setting))
            {
                var groups = Sections.Keys.Skip(1).Select(s => s["Monitor:".Length..] + "__…");
                yield return Sentence(setting, $"Monitor__ has {string.Join(", ", Sections["Monitor"].Concat(groups).Order())}");
            }
        }
    }

    // The value of a name that ends so stands in a file, and is read under the name without the end.
    static bool IsUnknown(string section, IConfigurationSection setting) =>
        !Sections[section].Contains(setting.Key, StringComparer.OrdinalIgnoreCase)
        && !setting.Key.EndsWith(SecretFiles.Suffix, StringComparison.Ordinal);

    static string Sentence(IConfigurationSection setting, string known) =>
        $"{Written(setting.Path)} is no setting and changes nothing: {known}";

    static string Written(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    static string[] Of<T>() => [.. typeof(T).GetProperties().Where(p => p.CanWrite).Select(p => p.Name)];
}
