using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace NewsMonitor.Operations.Http;

/// <summary>ETag and If-Match over PostgreSQL's row version: an editor who has not seen the latest change is told so instead of undoing it.</summary>
public static class EntityTag
{
    public static void Tag(this HttpContext http, uint version) => http.Response.Headers.ETag = $"\"{version}\"";

    /// <summary>
    /// Null when the request may change the row: it names this version in If-Match, or names none. EF's concurrency token holds
    /// what happens between this look and the save; that failure becomes the same 412.
    /// </summary>
    public static ProblemHttpResult? Refusal(this HttpContext http, uint version)
    {
        var wanted = http.Request.GetTypedHeaders().IfMatch;
        if (wanted.Count == 0)
        {
            return http.Request.Headers.IfMatch.Count == 0
                ? null
                : Problems.Invalid("If-Match", "is not an entity tag; pass the ETag header as it came, with its quotes.");
        }

        return wanted.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag.Equals($"\"{version}\"", StringComparison.Ordinal))
            ? null
            : Problems.Stale();
    }
}
