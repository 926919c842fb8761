namespace NewsMonitor.Review.Documentation;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and the page at <c>/docs</c> that browses it.</summary>
static class ApiDocument
{
    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1");

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "News Monitor API";
            page.SwaggerEndpoint("/openapi/v1.json", "News Monitor API");
        });
    }
}
