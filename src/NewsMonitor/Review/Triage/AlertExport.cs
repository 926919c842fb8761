using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Review.Triage;

/// <summary>The alert list in one piece, for spreadsheets and scripts; it takes the list's filters.</summary>
static class AlertExport
{
    const int DefaultRows = 10_000;
    const int MostRows = 100_000;

    /// <summary>Excel takes a file for UTF-8 only with the byte order mark; a headline such as =HYPERLINK(…) must reach it as
    /// text.</summary>
    static readonly CsvWriterOptions Excel = new() { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> CsvAsync(
        [AsParameters] AlertQuery query, [Description("How many alerts at most, 1 to 100000.")] int? limit, HttpContext http,
        MonitorDbContext db,
        CancellationToken cancel)
    {
        if (Read(query, limit, db, out var rows) is { } problem)
        {
            return problem;
        }

        // The first row is read before anything is written: what the database refuses can still be answered with its reason.
        await using var reading = rows.AsAsyncEnumerable().GetAsyncEnumerator(cancel);
        var more = await reading.MoveNextAsync();
        Head(http, "text/csv; charset=utf-8; header=present", "alerts.csv");
        await using var csv = CsvWriter.Create(http.Response.Body, Excel, leaveOpen: true);
        await csv.WriteRecordAsync(Array.ConvertAll(Columns, column => column.Name), cancel);
        for (; more; more = await reading.MoveNextAsync())
        {
            var document = reading.Current.Document();
            await csv.WriteRecordAsync(Array.ConvertAll(Columns, column => column.Value(document) ?? ""), cancel);
        }

        await csv.FlushAsync(cancel);
        return TypedResults.Empty;
    }

    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> JsonLinesAsync(
        [AsParameters] AlertQuery query, [Description("How many alerts at most, 1 to 100000.")] int? limit, HttpContext http,
        MonitorDbContext db,
        CancellationToken cancel)
    {
        if (Read(query, limit, db, out var rows) is { } problem)
        {
            return problem;
        }

        Head(http, "application/x-ndjson; charset=utf-8", "alerts.jsonl");
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancel))
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, row.Document(), AlertJson.Options, cancel);
            await http.Response.Body.WriteAsync("\n"u8.ToArray(), cancel);
        }

        return TypedResults.Empty;
    }

    static readonly (string Name, Func<AlertDocument, string?> Value)[] Columns =
    [
        ("id", a => a.Id.ToString(CultureInfo.InvariantCulture)),
        ("raisedAt", a => Time(a.RaisedAt)),
        ("status", a => Names.Kebab(a.Status)),
        ("severity", a => Names.Kebab(a.Watch.Severity)),
        ("watch", a => a.Watch.Name),
        ("title", a => a.Title),
        ("source", a => a.Source),
        ("language", a => a.Language),
        ("publishedAt", a => a.PublishedAt is { } at ? Time(at) : null),
        ("url", a => a.Url),
        ("assignee", a => a.Assignee),
        ("articles", a => a.Story.ArticleCount.ToString(CultureInfo.InvariantCulture)),
        ("sources", a => a.Story.SourceCount.ToString(CultureInfo.InvariantCulture)),
        ("found", a => string.Join(" | ", a.Hits.Select(h => h.Surface).Distinct(StringComparer.Ordinal))),
        ("excerpt", a => a.Excerpt.Text),
    ];

    static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    static void Head(HttpContext http, string type, string file)
    {
        http.Response.ContentType = type;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{file}\"";
    }

    static ProblemHttpResult? Read(AlertQuery query, int? limit, MonitorDbContext db, out IQueryable<AlertRow> rows)
    {
        var errors = new FieldErrors();
        query.TryRead(errors, out var filter);
        if (limit is < 1 or > MostRows)
        {
            errors.Add("limit", $"is {limit}; it may be 1 to {MostRows}.");
        }

        rows = filter.Apply(db).NewestFirst(null).Take(limit ?? DefaultRows).Rows(db);
        return errors.Any ? errors.ToProblem() : null;
    }
}
