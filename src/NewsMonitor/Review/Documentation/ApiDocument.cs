using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace NewsMonitor.Review.Documentation;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and the page at <c>/docs</c> that browses it.</summary>
static class ApiDocument
{
    const string Scheme = "key";

    static readonly (string Name, string Description)[] Tags =
    [
        ("Alerts", "What was raised, and what reviewers made of it."),
        ("Archive", "Articles and the stories they make, searched with the query language of the watches."),
        ("Sources", "The feeds that are watched, how they are doing, and OPML."),
        ("Watches", "What is looked for; tried on texts and on the archive before it is saved."),
        ("Delivery", "Who is told, what was sent, what is kept quiet."),
        ("Operations", "Keys, audit, status."),
    ];

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(ApiOperations.CompleteAsync);
        options.AddSchemaTransformer(CompleteAsync);
    });

    /// <summary>
    /// What may be null may be left out; times and names are texts, which their converters hide; a problem also carries its trace and, by
    /// field, what is wrong.
    /// </summary>
    static Task CompleteAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        foreach (var property in context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable))
        {
            schema.Required?.Remove(property.Name);
        }

        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset) || type.IsEnum)
        {
            var mayBeNull = type != context.JsonTypeInfo.Type && context.JsonPropertyInfo is not null && type == typeof(DateTimeOffset);
            schema.Type = JsonSchemaType.String | (mayBeNull ? JsonSchemaType.Null : 0);
            // Whether it may be null, the property says that refers to it.
            schema.Enum = schema.Enum?.Where(value => value is not null && !value.IsJsonNullSentinel()).ToList();
        }

        if (type.IsAssignableTo(typeof(ProblemDetails)))
        {
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
            schema.Properties["traceId"] =
                new OpenApiSchema { Type = JsonSchemaType.String, Description = "Finds the request in the log." };
            schema.Properties["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What is wrong, by the path of the field.",
                AdditionalProperties =
                    new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            };
        }

        return Task.CompletedTask;
    }

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "News Monitor API";
            page.SwaggerEndpoint("/openapi/v1.json", "News Monitor API");
            page.EnablePersistAuthorization();
        });
    }

    /// <summary>In what only answers hold, everything that is never null always stands; a request may leave out what has a
    /// default.</summary>
    static void RequireWhatIsAlwaysThere(OpenApiDocument document)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? []).Select(o => o.Value))
        {
            foreach (var content in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                Collect(content.Value.Schema);
            }
        }

        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (schema is OpenApiSchema { Properties: { Count: > 0 } properties } answer && !asked.Contains(name)
                && !name.EndsWith("Details", StringComparison.Ordinal))
            {
                answer.Required = properties.Where(p => !MayBeNull(p.Value)).Select(p => p.Key).ToHashSet();
            }
        }

        void Collect(IOpenApiSchema? schema)
        {
            if (schema is null || (schema is OpenApiSchemaReference { Reference.Id: { } name } && !asked.Add(name)))
            {
                return;
            }

            foreach (var part in (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).Values.Concat(schema.OneOf ?? [])
                .Append(schema.Items))
            {
                Collect(part);
            }
        }
    }

    static bool MayBeNull(IOpenApiSchema schema) =>
        schema.Type?.HasFlag(JsonSchemaType.Null) == true || schema.OneOf?.Any(option => option.Type == JsonSchemaType.Null) == true;

    static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo
        {
            Title = "News Monitor",
            Version = typeof(ApiDocument).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "1",
            Summary = "Review what watches found in the news.",
            Description = """
                Send a key as `Authorization: Bearer KEY`. Roles: a **reader** sees, a **reviewer** also triages and tries watches, an **admin** also
                changes feeds, watches, recipients and keys.

                Errors are RFC 9457 problem details; those of single fields stand in `errors` by path. Lists are `{"items":[…],"nextCursor":…}`; pass
                `nextCursor` as `cursor` to go on until it is null; a page of a search may hold few items, or none, and still have more behind
                it. What can be edited has an `ETag`: send it as `If-Match`, and a change that would undo somebody
                else's is refused with 412. A POST with an `Idempotency-Key` is done once however often it is sent. `RateLimit` tells how many
                requests remain in this minute.
                """,
            License = new OpenApiLicense { Name = "Proprietary", Identifier = "LicenseRef-Proprietary" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "This service" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, `nm_…`." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        RequireWhatIsAlwaysThere(document);
        var used = document.Paths.Values.SelectMany(path => path.Operations ?? [])
            .SelectMany(o => o.Value.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Name).ToHashSet(StringComparer.Ordinal);
        document.Tags = Tags.Where(tag => used.Contains(tag.Name))
            .Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description })
            .Concat(used.Except(Tags.Select(tag => tag.Name)).Select(name => new OpenApiTag { Name = name, Description = name + "." }))
            .ToHashSet();
        return Task.CompletedTask;
    }
}
