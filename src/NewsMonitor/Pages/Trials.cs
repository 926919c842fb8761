using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Articles;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Deliveries.Endpoints;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Archive;
using NewsMonitor.Review.WatchEditing;
using NewsMonitor.Watches;
using TextEngine.WatchTerms;

namespace NewsMonitor.Pages;

/// <param name="Text">What to try it on; the latest articles where it is empty.</param>
sealed record Trial(WatchBody? Watch, string? Text);

/// <summary>A watch tried while it is being written, of which nothing is stored; and a recipient tried with a real message.</summary>
static class Trials
{
    const int Latest = 200, LongestText = 200_000, Excerpted = 240;

    public static void MapTrials(this IEndpointRouteBuilder app)
    {
        app.MapPost("/do/watches/try", TryAsync);
        app.MapPost("/do/recipients/{id}/test", TestAsync).RequireAuthorization(Session.Admin);
    }

    // The API's own test, whose answer a person reads here.
    static async Task<Results<Ok<TestResult>, ProblemHttpResult>> TestAsync(
        string id, HttpContext http, MonitorDbContext db, Secrets secrets, MessageMaker messages, Func<RecipientKind, IChannel> channels,
        TimeProvider clock, Reader reader, CancellationToken stop)
    {
        var answer = await RecipientTest.RunAsync(id, http, db, secrets, messages, channels, clock, stop);
        return answer.Result is Ok<TestResult> { Value: { } met }
            ? TypedResults.Ok(met with { Said = Sentences.In(reader, met.Said) })
            : answer;
    }

    static async Task<Results<RazorComponentResult<WatchTrial>, ProblemHttpResult>> TryAsync(Trial trial, MonitorDbContext db,
        CancellationToken stop)
    {
        var errors = new FieldErrors();
        var watch = trial.Watch is null ? null
            : trial.Watch with { Id = string.IsNullOrWhiteSpace(trial.Watch.Id) ? "new" : trial.Watch.Id };
        errors.Text("text", trial.Text, LongestText, required: false);
        if (watch?.Compile(errors) is not { } set || errors.Any)
        {
            return errors.ToProblem();
        }

        int? articles = null;
        var fired = new List<(string, string, IReadOnlyList<Hit>, long?)>();
        if (!string.IsNullOrWhiteSpace(trial.Text))
        {
            var hits = Hits(set.Match(new ArticleText(null, trial.Text, null, null)));
            fired.AddRange(hits.Count > 0 ? [("", trial.Text, hits, null)] : []);
        }
        else
        {
            var latest = await db.Set<Article>().AsNoTracking().OrderByDescending(a => a.FetchedAt).ThenByDescending(a => a.Id)
                .Take(Latest).ToListAsync(stop);
            articles = latest.Count;
            foreach (var article in latest)
            {
                if (Hits(set.Match(new ArticleText(article.Title, article.Text, article.Source, article.Language))) is { Count: > 0 } hits)
                {
                    var excerpt = Excerpt.Cut(article.Title, article.Text, hits, Excerpted);
                    fired.Add((article.Title, excerpt.Text, InExcerpt(excerpt, hits), article.Id));
                }
            }
        }

        return new RazorComponentResult<WatchTrial>(new Dictionary<string, object?>
        {
            [nameof(WatchTrial.Articles)] = articles,
            [nameof(WatchTrial.Fired)] = fired,
            [nameof(WatchTrial.Expansions)] = set.Explain(watch.Id!),
        });
    }

    static List<Hit> Hits(IReadOnlyList<WatchHit> hits) => [.. hits.Select(ArticleDocument.HitOf)];

    // The places of the excerpt, each with the reason of the hit that is written so.
    static List<Hit> InExcerpt(Excerpt excerpt, List<Hit> hits) => [.. excerpt.Highlights.Select(m =>
    {
        var surface = excerpt.Text.Substring(m.Start, m.Length);
        var hit = hits.Find(h => h.Surface == surface) ?? hits[0];
        return hit with { Start = m.Start, Length = m.Length };
    })];
}
