using System.Globalization;
using System.Text;
using Npgsql;

namespace NewsMonitor.Review.Search;

/// <summary>Which articles are wanted, apart from their words; an empty list wants all. Written as SQL over <c>articles a</c>.</summary>
sealed record ArticleFilter
{
    public string[] Sources { get; init; } = [];
    public string[] Languages { get; init; } = [];
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public long? Story { get; init; }
    public long? Feed { get; init; }

    public bool IsEmpty => this is { Sources: [], Languages: [], From: null, To: null, Story: null, Feed: null };

    /// <summary>Conditions that each start with AND; values are added to <paramref name="parameters"/>.</summary>
    public string Sql(List<NpgsqlParameter> parameters)
    {
        var sql = new StringBuilder();
        AddAny(Sources, "a.source");
        AddAny(Languages, "split_part(lower(a.language), '-', 1)");
        Add(From?.ToUniversalTime(), "a.fetched_at >= {0}");
        Add(To?.ToUniversalTime(), "a.fetched_at < {0}");
        Add(Story, "a.story_id = {0}");
        Add(Feed, "a.feed_id = {0}");
        return sql.ToString();

        // One value is written as such: an index gives it newest first, which it cannot do for several.
        void AddAny(string[] values, string column)
        {
            if (values is [var only])
            {
                Add(only, column + " = {0}");
            }
            else if (values.Length > 0)
            {
                Add(values, column + " = ANY ({0})");
            }
        }

        void Add(object? value, string condition)
        {
            if (value is not null)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"@f{parameters.Count}");
                parameters.Add(new NpgsqlParameter(name, value));
                sql.Append(" AND ").AppendFormat(CultureInfo.InvariantCulture, condition, name);
            }
        }
    }
}
