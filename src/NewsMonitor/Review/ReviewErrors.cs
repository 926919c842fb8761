using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Operations.Http;
using Npgsql;

namespace NewsMonitor.Review;

/// <summary>Turns what an endpoint did not foresee into problem details: the caller's mistakes as 4xx with the field, ours as
/// 500.</summary>
sealed partial class ReviewErrors(ILogger<ReviewErrors> log) : IExceptionHandler
{
    /// <summary>PostgreSQL may repeat the value, whatever its length.</summary>
    const int LongestReason = 300;

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = Problem(exception);
        if (problem.ProblemDetails.Status >= StatusCodes.Status500InternalServerError)
        {
            log.LogError(exception, "{Method} {Path} failed.", http.Request.Method, http.Request.Path);
        }

        if (problem.ProblemDetails.Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "5";
        }

        await problem.ExecuteAsync(http);
        return true;
    }

    /// <summary>The status that an exception is answered with.</summary>
    public static int StatusOf(Exception exception) => Problem(exception).StatusCode;

    static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Problem(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } => Problems.Invalid(Field(json.Path), Sentence(json)),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad => Unbound(bad.Message),
        BadHttpRequestException bad => TypedResults.Problem(new ProblemDetails { Status = bad.StatusCode, Detail = bad.Message }),
        DbUpdateConcurrencyException => Problems.Stale(),
        DbUpdateException { InnerException: { } inner } when inner is NpgsqlException or EncoderFallbackException => Problem(inner),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } =>
            Problems.Conflict("Another one with the same id or address exists."),
        // Class 22 is data that PostgreSQL cannot keep, such as U+0000; 54 is a limit of its own.
        PostgresException { SqlState: ['2', '2', ..] or ['5', '4', ..] } bad =>
            Problems.Of(400, "Not valid", $"A value cannot be stored: {TextCut.OnWord(bad.MessageText, LongestReason)}."),
        EncoderFallbackException => Problems.Of(400, "Not valid", "A text holds half a character (a lone surrogate)."),
        // EF wraps what it takes for transient.
        InvalidOperationException { InnerException: NpgsqlException or TimeoutException } wrapped => Problem(wrapped.InnerException!),
        NpgsqlException { IsTransient: true } or TimeoutException or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } =>
            Problems.Of(503, "Not available", "The database does not answer. Nothing was changed; try again shortly."),
        _ => Problems.Of(500, "Failed", "The service failed on this request. Its log says why, under this trace id."),
    };

    /// <summary>Names the parameter that could not be read; ASP.NET says so in its message only.</summary>
    static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Unbound(string message) =>
        message.Contains("no body was provided", StringComparison.Ordinal) ? Problems.Invalid("body", "is missing.")
        : Unreadable().Match(message) is { Success: true } match
        ? Problems.Invalid(JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value), match.Groups["type"].Value switch
        {
            "DateTimeOffset" => $"is '{match.Groups["value"].Value}', which is no ISO 8601 time such as 2026-11-01T08:00:00Z.",
            "int" or "long" => $"is '{match.Groups["value"].Value}', which is no whole number.",
            "bool" => $"is '{match.Groups["value"].Value}'; it may be true or false.",
            _ => $"is '{match.Groups["value"].Value}', which cannot be read.",
        })
        : Problems.Of(400, "Not valid", message);

    [GeneratedRegex("""parameter "(?:Nullable<)?(?<type>\w+)>?\?? (?<name>\w+)" from "(?<value>.{0,40}).*"\.?$""", RegexOptions.Singleline)]
    private static partial Regex Unreadable();

    static string Sentence(JsonException json)
    {
        // The serialiser appends path and line to its message; the path is the field's name here already.
        var end = json.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        var said = end > 0 ? json.Message[..end] : json.Message;
        var at = json.LineNumber is { } line ? $" (line {line + 1}, byte {json.BytePositionInLine + 1})" : "";
        return (Inconvertible().Match(said) is { Success: true } match ? Wanted(match.Groups["type"].Value, json.InnerException?.Message)
            : said) + at;
    }

    /// <summary>The path as the checks of fields write it: <c>terms[2]</c> for the serialiser's <c>$.terms[2]</c>.</summary>
    static string Field(string? path) => path is null or "$" ? "body" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    /// <summary>What may stand where the serialiser wanted a type that only this program knows.</summary>
    static string Wanted(string type, string? reason) => typeof(ReviewErrors).Assembly.GetType(type) is { IsEnum: true } names
        ? $"may be {string.Join(", ", Enum.GetNames(names).Select(name => JsonNamingPolicy.KebabCaseLower.ConvertName(name)))}."
        : type switch
        {
            "System.DateTimeOffset" => "is no ISO 8601 time such as 2026-11-01T08:00:00Z.",
            "System.Int32" or "System.Int64" => "is no whole number.",
            "System.Boolean" => "may be true or false.",
            "System.String" => "is no text.",
            // Inside lists the serialiser names the whole; its inner message says what one value should have been.
            _ when reason?.EndsWith("as a number.", StringComparison.Ordinal) == true => "is no number.",
            _ when reason?.EndsWith("as a string.", StringComparison.Ordinal) == true => "is no text.",
            _ => "has another shape than is wanted here.",
        };

    [GeneratedRegex(@"could not be converted to (?:System\.Nullable`1\[)?(?<type>[\w.]+)")]
    private static partial Regex Inconvertible();
}
