using Microsoft.AspNetCore.Http.HttpResults;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Archive;
using NewsMonitor.Watches;
using TextEngine.WatchTerms;

namespace NewsMonitor.Review.WatchEditing;

/// <param name="Text">The text to try it on.</param>
public sealed record PreviewBody(WatchBody? Watch, string? Text, string? Title, string? Source, string? Language);

/// <param name="Fires">Whether the watch would fire.</param>
/// <param name="Expansions">What its terms are found by.</param>
public sealed record PreviewResult(bool Fires, IReadOnlyList<Hit> Hits, IReadOnlyList<Expansion> Expansions);

static class WatchPreview
{
    const int LongestText = 200_000;

    public static Results<Ok<PreviewResult>, ProblemHttpResult> Preview(PreviewBody body)
    {
        var errors = new FieldErrors();
        var set = body.Watch is null ? null : (body.Watch with { Id = body.Watch.Id ?? "preview" }).Compile(errors, "watch.");
        if (body.Watch is null)
        {
            errors.Add("watch", "is missing.");
        }

        errors.Text("text", body.Text, LongestText, required: string.IsNullOrWhiteSpace(body.Title));
        errors.Text("title", body.Title, LongestText, required: false);
        if (errors.Any || set is null)
        {
            return errors.ToProblem();
        }

        var hits = set.Match(new ArticleText(body.Title, body.Text ?? "", body.Source, body.Language));
        return TypedResults.Ok(new PreviewResult(hits.Count > 0, [.. hits.Select(ArticleDocument.HitOf)],
            set.Explain(body.Watch!.Id ?? "preview")));
    }
}
