using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Pages;

/// <summary>The page: components rendered on the server, one style sheet, one script, nothing from elsewhere.</summary>
static class PagesSetup
{
    const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <param name="dataDirectory">Where the keys that protect cookies are kept, so that a restart signs nobody out.</param>
    public static void AddPages(this IServiceCollection services, string dataDirectory)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<Reader>();
        services.AddRazorComponents();
        services.AddAntiforgery(options => options.Cookie.Name = "nm-form");
        services.AddDataProtection().SetApplicationName("news-monitor")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(dataDirectory, "cookie-keys")));
        services.AddSession();
        services.AddAuthorizationBuilder()
            .AddPolicy(Session.Reviewer, policy => policy.AddAuthenticationSchemes(Session.Scheme).RequireRole(Policies.Reviewer, Policies.Admin))
            .AddPolicy(Session.Admin, policy => policy.AddAuthenticationSchemes(Session.Scheme).RequireRole(Policies.Admin));
    }

    /// <summary>Must come before the endpoints: every HTML answer carries the headers, errors included.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.Use(async (http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments("/api") && !http.Request.Path.StartsWithSegments("/docs"))
            {
                http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            }

            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers["Referrer-Policy"] = "same-origin";
            if (Session.IsForeignWrite(http))
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                await http.Response.WriteAsync($"A change with the page's cookie needs the header {Session.PageHeader}; other clients send an API key.");
                return;
            }

            await next();
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapAssets();
        var page = new AuthorizationPolicyBuilder(Session.Scheme).RequireRole(Policies.Reader, Policies.Reviewer, Policies.Admin).Build();
        app.MapRazorComponents<Shell>().RequireAuthorization(page);
        var forms = app.MapGroup("").RequireAuthorization(page).ExcludeFromDescription();
        forms.MapSession();
        forms.MapTriage();
    }
}
