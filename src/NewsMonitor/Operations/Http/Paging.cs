using System.Buffers.Text;
using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace NewsMonitor.Operations.Http;

/// <summary>One page of a list; <c>nextCursor</c> is null on the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>
    /// Cuts a page out of <paramref name="rows"/>, which were read with one row more than <paramref name="limit"/> to learn whether more follow.
    /// </summary>
    public static Page<T> Of<TRow>(IReadOnlyList<TRow> rows, int limit, Func<TRow, T> view, Func<TRow, string> cursor) => rows.Count > limit
        ? new Page<T>([.. rows.Take(limit).Select(view)], cursor(rows[limit - 1]))
        : new Page<T>([.. rows.Select(view)], null);
}

/// <summary>The two query parameters that every list takes; bind it with <c>[AsParameters]</c>.</summary>
public readonly record struct PageQuery(
    [property: Description("How many items to return, 1 to 200.")] int? Limit,
    [property: Description("nextCursor of the page before.")] string? Cursor)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>
    /// Reads both and notes what is wrong. <paramref name="after"/> holds the <paramref name="keys"/> sort keys of the last row
    /// that the caller has, or null on the first page.
    /// </summary>
    public bool TryRead(FieldErrors errors, int keys, out int limit, out long[]? after)
    {
        limit = Limit ?? DefaultLimit;
        after = null;
        if (limit is < 1 or > MaxLimit)
        {
            errors.Add("limit", $"is {limit}; it may be 1 to {MaxLimit}.");
        }

        if (!string.IsNullOrEmpty(Cursor) && !Cursors.TryRead(Cursor, keys, out after))
        {
            errors.Add("cursor", "is none of ours; pass nextCursor of the page before as it is, or leave it out to start.");
        }

        return !errors.Any;
    }

    /// <summary>The same for a list that is sorted by one text; <paramref name="after"/> is that of the last row that the caller has.</summary>
    public bool TryReadText(FieldErrors errors, out int limit, out string? after)
    {
        after = null;
        if (!string.IsNullOrEmpty(Cursor) && !Cursors.TryReadText(Cursor, out after))
        {
            errors.Add("cursor", "is none of ours; pass nextCursor of the page before as it is, or leave it out to start.");
        }

        return (this with { Cursor = null }).TryRead(errors, 0, out limit, out _);
    }
}

/// <summary>
/// A cursor is the sort keys of the last row that was given out. Rows that come in meanwhile sort before it, so no page skips or repeats.
/// </summary>
public static class Cursors
{
    public static string Of(params ReadOnlySpan<long> keys)
    {
        var text = new StringBuilder();
        foreach (var key in keys)
        {
            text.Append(text.Length == 0 ? "" : ".").Append(key.ToString(CultureInfo.InvariantCulture));
        }

        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text.ToString()));
    }

    /// <summary>A row that sorts by a time and an id.</summary>
    public static string Of(DateTimeOffset at, long id) => Of(at.UtcTicks, id);

    /// <summary>A row that sorts by a text.</summary>
    public static string OfText(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static bool TryReadText(string cursor, out string? text)
    {
        text = cursor.Length <= 1000 && Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) : null;
        return text is not null && !text.Contains('\0', StringComparison.Ordinal);
    }

    public static bool TryRead(string cursor, int keys, out long[]? read)
    {
        read = null;
        if (cursor.Length > 200 || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.');
        var values = new long[keys];
        for (var i = 0; i < keys; i++)
        {
            if (parts.Length != keys || !long.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out values[i]))
            {
                return false;
            }
        }

        read = values;
        return true;
    }

    /// <summary>The time that <see cref="Of(DateTimeOffset, long)"/> wrote; a forged number gives the nearest time that PostgreSQL knows.</summary>
    public static DateTimeOffset Time(long ticks) =>
        new(Math.Clamp(ticks, DateTimeOffset.UnixEpoch.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
}
