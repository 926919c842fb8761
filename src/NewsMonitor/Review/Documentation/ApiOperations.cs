using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Review.Documentation;

/// <summary>Adds to every operation what all have in common: who may call it, its refusals, headers, examples.</summary>
static class ApiOperations
{
    const string Problem = "application/problem+json";

    static readonly Dictionary<int, (string Title, string Detail)> Refusals = new()
    {
        [400] = ("Not valid", "limit: is 900; it may be 1 to 200."),
        [401] = ("Unauthorized",
            "Send a live key as 'Authorization: Bearer KEY'. An admin makes keys with POST /api/v1/keys or 'monitor key create'."),
        [403] = ("Forbidden", "The key's role does not allow this."),
        [404] = ("Not found", "There is no alert 7."),
        [409] = ("Conflict", "Another one with the same id or address exists."),
        [412] = ("Changed meanwhile",
            "It was changed since you read it. Read it again, apply your change to what it is now, and send that with its new ETag."),
        [422] = ("Key used before", "This Idempotency-Key was used for another request; take a new one."),
        [429] = ("Too Many Requests", "Too many requests; wait as long as Retry-After says."),
    };

    public static async Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var policies = metadata.OfType<IAuthorizeData>().Select(a => a.Policy).ToHashSet();
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [];
        }

        // C# writes the names of properties with a capital; the service reads both.
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Query) ?? [])
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        }

        var role = policies.Contains(Policies.Admin) ? "admin" : policies.Contains(Policies.Reviewer) ? "reviewer" : "reader";
        operation.Description = ((operation.Description is { Length: > 0 } text ? text + "\n\n" : "") + $"Least role: {role}.").Trim();
        operation.Responses ??= [];
        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancel);
        foreach (var status in context.Description.HttpMethod == "POST" ? [401, 403, 409, 422, 429] : new[] { 401, 403, 429 })
        {
            if (status == 403 && operation.Security is { Count: 0 })
            {
                continue;
            }

            operation.Responses.TryAdd($"{status}", new OpenApiResponse
            {
                Description = Refusals[status].Title,
                Content = new Dictionary<string, OpenApiMediaType> { [Problem] = new() { Schema = schema } },
            });
        }

        var method = context.Description.HttpMethod;
        Headers(operation, method, metadata.OfType<IProducesResponseTypeMetadata>().Any(m => m.StatusCode == 412));
        foreach (var (status, response) in operation.Responses)
        {
            foreach (var (type, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                content.Example = type == Problem ? Example(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture))
                    : ApiExamples.Answer(operation.OperationId);
            }
        }

        // It is read as it comes, whatever it says it is.
        if (operation.OperationId == "importFeeds")
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["text/x-opml"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                },
            };
        }

        foreach (var (_, content) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            content.Example = ApiExamples.Request(operation.OperationId);
        }
    }

    static void Headers(OpenApiOperation operation, string? method, bool editable)
    {
        operation.Parameters ??= [];
        if (method == "POST")
        {
            Add(Idempotency.Header, "Makes the request safe to send again: the same key gets the first answer.");
        }

        if (editable)
        {
            Add("If-Match", "ETag of what the change is based on; another is refused with 412.");
        }

        void Add(string name, string description) => operation.Parameters.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    static JsonObject Example(int status)
    {
        var (title, detail) = Refusals.GetValueOrDefault(status, ("Failed", "The service failed on this request."));
        var example = new JsonObject
        {
            ["type"] = $"https://tools.ietf.org/html/rfc9110#section-15.5.{Math.Max(1, status - 399)}",
            ["title"] = title,
            ["status"] = status,
            ["detail"] = detail,
            ["traceId"] = "0af7651916cd43dd8448eb211c80319c",
        };
        if (status == 400)
        {
            example["errors"] = new JsonObject { ["limit"] = new JsonArray("is 900; it may be 1 to 200.") };
        }

        return example;
    }
}
