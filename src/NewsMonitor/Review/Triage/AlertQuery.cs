using System.ComponentModel;
using NewsMonitor.Alerts;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Search;
using NewsMonitor.Watches;

namespace NewsMonitor.Review.Triage;

/// <summary>The filters that the alert list, its exports and its live stream share; bind it with <c>[AsParameters]</c>.</summary>
public readonly record struct AlertQuery(
    [property: Description("Only these statuses: new, acknowledged, investigating, confirmed, dismissed. Repeat it, or separate with commas.")]
    string[]? Status,
    [property: Description("Only alerts of these watches, by id.")] string[]? Watch,
    [property: Description("Only these severities: low, medium, high, critical.")] string[]? Severity,
    [property: Description("Only these sources, by name as alerts show it.")] string[]? Source,
    [property: Description("Only these languages, such as ar; ar also takes ar-IQ.")] string[]? Language,
    [property: Description("Only alerts of this assignee; empty for those that nobody has.")] string? Assignee,
    [property: Description("Raised at or after this time (ISO 8601).")] DateTimeOffset? From,
    [property: Description("Raised before this time (ISO 8601).")] DateTimeOffset? To,
    [property: Description("Words to find, in the query language of the watches.")] string? Q)
{
    const int MostValues = 100;

    public bool TryRead(FieldErrors errors, out AlertFilter filter)
    {
        var search = errors.ReadSearch("q", Q);
        filter = new AlertFilter
        {
            Statuses = Names<AlertStatus>(errors, "status", Status),
            Severities = Names<Severity>(errors, "severity", Severity),
            Watches = Values(errors, "watch", Watch),
            Sources = Whole(errors, "source", Source),
            Languages = Values(errors, "language", Language),
            Assignee = Assignee,
            From = From?.ToUniversalTime(),
            To = To?.ToUniversalTime(),
            Words = search is null ? null : WordQuery.Strict(search.Tree),
        };
        errors.Text("assignee", Assignee, 200, required: false);
        return !errors.Any;
    }

    static T[] Names<T>(FieldErrors errors, string field, string[]? given) where T : struct, Enum
    {
        var values = new List<T>();
        foreach (var name in Values(errors, field, given))
        {
            if (Database.Names.TryParse<T>(name, out var value))
            {
                values.Add(value);
            }
            else
            {
                errors.Add(field, $"is '{TextCut.OnWord(name, 40)}'; it may be {string.Join(", ", Enum.GetValues<T>().Select(v => Database.Names.Kebab(v)))}.");
            }
        }

        return [.. values];
    }

    static string[] Values(FieldErrors errors, string field, string[]? given) => Whole(errors, field,
        given?.OfType<string>()
            .SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));

    // A source's name may hold a comma.
    static string[] Whole(FieldErrors errors, string field, IEnumerable<string>? given)
    {
        var values = given?.Where(text => !string.IsNullOrWhiteSpace(text)).Distinct(StringComparer.Ordinal).Take(MostValues + 1).ToArray()
            ?? [];
        if (values.Length > MostValues)
        {
            errors.Add(field, $"holds more than {MostValues} values.");
        }

        foreach (var value in values)
        {
            errors.Text(field, value, 500);
        }

        return values;
    }
}
