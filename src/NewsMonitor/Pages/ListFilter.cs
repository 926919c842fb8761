using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Review.Archive;
using NewsMonitor.Review.Triage;
using NewsMonitor.Review.Views;

namespace NewsMonitor.Pages;

/// <summary>
/// A list's filter as its address states it. Nothing said of the alerts' status means what is still to be done; "any" means all. Days are
/// days of the reader's time zone, the last one included.
/// </summary>
/// <param name="path">The list's address without its filter.</param>
sealed class ListFilter(IQueryCollection query, Reader reader, string path = "/")
{
    public const string Any = "any";

    public static readonly IReadOnlyList<string> Fields =
        ["q", "status", "severity", "watch", "source", "language", "assignee", "from", "to", "story"];

    static readonly string[] Open =
        [Names.Kebab(AlertStatus.New), Names.Kebab(AlertStatus.Acknowledged), Names.Kebab(AlertStatus.Investigating)];

    public string? Text(string field) => query[field].ToString() is { Length: > 0 } text ? text : null;

    public string[] Values(string field) => [.. query[field].OfType<string>().Where(v => v.Length > 0)];

    public bool Has(string field, string value) => Values(field).Contains(value);

    /// <summary>Whether anything but the status narrows the list.</summary>
    public bool Narrows => Fields.Any(f => f != "status" && Values(f).Length > 0);

    public IReadOnlyList<string> Statuses => Values("status") switch { [] => Open, [Any] => [], var given => given };

    /// <summary>The same as the API takes it.</summary>
    public AlertQuery Api() => new(
        [.. Statuses], Or(Values("watch")), Or(Values("severity")), Or(Values("source")), Or(Values("language")), Text("assignee"),
        Start("from", 0), Start("to", 1), Text("q"));

    /// <summary>The archive's filter, which has some of the same fields.</summary>
    public ArticleQuery Archive() => new(
        Text("q"), Values("source"), Values("language"), Start("from", 0), Start("to", 1), Story, Feed: null, Sort: null);

    /// <summary>The story whose articles alone are wanted.</summary>
    public long? Story => long.TryParse(Text("story"), NumberStyles.None, CultureInfo.InvariantCulture, out var story) ? story : null;

    /// <summary>The query of the live stream that brings what this list shows. The status is left out: a row that leaves the list's
    /// statuses by somebody else's hand is to be seen changing.</summary>
    public string Stream() => Query(withStatus: false);

    /// <summary>The query of the API's exports that holds what this list shows.</summary>
    public string Export() => Query(withStatus: true);

    string Query(bool withStatus)
    {
        var api = Api();
        var parts = new List<KeyValuePair<string, string?>>();
        void Add(string name, string[]? values) => parts.AddRange((values ?? []).Select(v => KeyValuePair.Create(name, (string?)v)));
        Add("status", withStatus ? api.Status : null);
        Add("watch", api.Watch);
        Add("severity", api.Severity);
        Add("source", api.Source);
        Add("language", api.Language);
        Add("assignee", api.Assignee is null ? null : [api.Assignee]);
        Add("q", api.Q is null ? null : [api.Q]);
        Add("from", api.From is { } from ? [from.ToString("o", CultureInfo.InvariantCulture)] : null);
        Add("to", api.To is { } to ? [to.ToString("o", CultureInfo.InvariantCulture)] : null);
        return QueryHelpers.AddQueryString("", parts);
    }

    /// <summary>The address of the list with one field changed; null takes it away.</summary>
    public string With(string field, string? value)
    {
        var parts = query.Where(p => p.Key != field && p.Key != "cursor")
            .SelectMany(p => p.Value.Where(v => v?.Length > 0).Select(v => KeyValuePair.Create(p.Key, v)));
        return path + QueryString.Create(value is null ? parts : parts.Append(KeyValuePair.Create(field, (string?)value)));
    }

    /// <summary>The address that shows a saved view.</summary>
    public static string Address(ViewFilter view)
    {
        var parts = new List<KeyValuePair<string, string?>>();
        void Add(string name, IReadOnlyList<string>? values) =>
            parts.AddRange((values ?? []).Select(v => KeyValuePair.Create(name, (string?)v)));
        Add("status", view.Status is { Count: > 0 } ? view.Status : [Any]);
        Add("severity", view.Severity);
        Add("watch", view.Watch);
        Add("source", view.Source);
        Add("language", view.Language);
        Add("assignee", view.Assignee is null ? null : [view.Assignee]);
        Add("from", view.From is { } from ? [from.ToString("o", CultureInfo.InvariantCulture)] : null);
        Add("to", view.To is { } to ? [to.ToString("o", CultureInfo.InvariantCulture)] : null);
        Add("q", view.Q is null ? null : [view.Q]);
        return QueryHelpers.AddQueryString("/", parts);
    }

    DateTimeOffset? Start(string field, int days) =>
        IsDay(field, out var day) ? reader.StartOf(day.AddDays(days))
        : DateTimeOffset.TryParse(Text(field), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
        : null;

    /// <summary>The day that a field names, or in which its moment lies, as a date field takes it; null where it cannot be read.</summary>
    public string? Day(string field) =>
        Start(field, 0) is not { } at ? null
        : IsDay(field, out _) ? Text(field)
        : reader.DayOf(field == "to" && at > DateTimeOffset.MinValue ? at.AddTicks(-1) : at)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // The first and the last year that there are have days whose beginning elsewhere lies outside of them.
    bool IsDay(string field, out DateOnly day) =>
        DateOnly.TryParseExact(Text(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            && day.Year is > 1 and < 9999;

    static string[]? Or(string[] values) => values.Length == 0 ? null : values;
}
