using Microsoft.AspNetCore.Http.HttpResults;

namespace NewsMonitor.Operations.Http;

/// <summary>RFC 9457 problem details for what an endpoint refuses. Titles are constant, details say what and how to mend it.</summary>
public static class Problems
{
    public static ProblemHttpResult NotFound(string what, object id) =>
        Of(StatusCodes.Status404NotFound, "Not found", $"There is no {what} {id}.");

    /// <summary>One bad field; <paramref name="field"/> is a path such as <c>terms[2]</c>. Several: <see cref="FieldErrors"/>.</summary>
    public static ProblemHttpResult Invalid(string field, string message) => new FieldErrors { { field, message } }.ToProblem();

    public static ProblemHttpResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, "Conflict", detail);

    /// <summary>Somebody else has changed the thing since the caller read it.</summary>
    public static ProblemHttpResult Stale() => Of(StatusCodes.Status412PreconditionFailed, "Changed meanwhile",
        "It was changed since you read it. Read it again, apply your change to what it is now, and send that with its new ETag.");

    public static ProblemHttpResult Of(int status, string title, string detail) =>
        TypedResults.Problem(detail: detail, statusCode: status, title: title);

    /// <summary>Describes the refusals of an endpoint in the API's document; 401, 403 and 429 are described for all.</summary>
    public static TBuilder WithProblems<TBuilder>(this TBuilder endpoint, params int[] statuses) where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
        {
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(
                status,
                status == StatusCodes.Status400BadRequest ? typeof(HttpValidationProblemDetails) : typeof(Microsoft.AspNetCore.Mvc.ProblemDetails),
                ["application/problem+json"]));
        }

        return endpoint;
    }
}
