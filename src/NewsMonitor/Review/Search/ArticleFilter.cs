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
        Add(Sources.Length > 0 ? Sources : null, "a.source = ANY ({0})");
        Add(Languages.Length > 0 ? Languages : null, "split_part(lower(a.language), '-', 1) = ANY ({0})");
        Add(From?.ToUniversalTime(), "a.fetched_at >= {0}");
        Add(To?.ToUniversalTime(), "a.fetched_at < {0}");
        Add(Story, "a.story_id = {0}");
        Add(Feed, "a.feed_id = {0}");
        return sql.ToString();

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
