using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Pages;

/// <summary>The page: components rendered on the server, one style sheet, one script, nothing from elsewhere.</summary>
static class PagesSetup
{
    const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; " +
        "base-uri 'none'; frame-ancestors 'none'";

    public static void AddPages(this IServiceCollection services, IConfiguration configuration, string dataDirectory)
    {
        var proxy = ProxySignIn.From(configuration);
        services.AddSingleton(proxy);
        services.AddHttpContextAccessor();
        services.AddScoped<Reader>();
        services.AddRazorComponents();

        // Names and headlines stay letters: as character references, Arabic would weigh four times as much.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddAntiforgery(options => options.Cookie.Name = "nm-form");
        services.AddDataProtection().SetApplicationName("news-monitor")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(dataDirectory, "cookie-keys")));
        services.AddSession(proxy);

        // What the API refuses to the page's own script reads as the page does.
        services.PostConfigure<ProblemDetailsOptions>(options => options.CustomizeProblemDetails += Sentences.Put);

        // Before the API's handler, which has an answer for everything.
        services.Insert(0, ServiceDescriptor.Singleton<IExceptionHandler, PageErrors>());
        services.AddAuthorizationBuilder()
            .AddPolicy(Session.Reviewer, policy => policy.AddAuthenticationSchemes(Session.Person)
            .RequireRole(Policies.Reviewer, Policies.Admin))
            .AddPolicy(Session.Admin, policy => policy.AddAuthenticationSchemes(Session.Person).RequireRole(Policies.Admin));
    }

    /// <summary>Must come before the endpoints: every HTML answer carries the headers, errors included.</summary>
    public static void UsePages(this WebApplication app)
    {
        var proxy = app.Services.GetRequiredService<ProxySignIn>();
        app.Use(async (http, next) =>
        {
            // At the last moment, since the handling of an exception throws away what was set before.
            http.Response.OnStarting(() =>
            {
                if (!http.Request.Path.StartsWithSegments("/api") && !http.Request.Path.StartsWithSegments("/docs"))
                {
                    http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
                }

                http.Response.Headers.XContentTypeOptions = "nosniff";
                http.Response.Headers["Referrer-Policy"] = "same-origin";
                return Task.CompletedTask;
            });
            if (Session.IsForeignWrite(http, proxy))
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                await http.Response.WriteAsync(
                    $"A change with the page's sign-in needs the header {Session.PageHeader}; other clients send an API key.");
                return;
            }

            await next();
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseStatusCodePages(bare => PageErrors.IsForPeople(bare.HttpContext)
            ? PageErrors.ShowAsync(bare.HttpContext, bare.HttpContext.Response.StatusCode)
            : Task.CompletedTask);
        app.UseAntiforgery();
        app.MapAssets();
        var page = new AuthorizationPolicyBuilder(Session.Person).RequireRole(Policies.Reader, Policies.Reviewer, Policies.Admin).Build();
        app.MapRazorComponents<Shell>().RequireAuthorization(page);
        var forms = app.MapGroup("").RequireAuthorization(page).ExcludeFromDescription();
        forms.MapSession();
        forms.MapTriage();
        forms.MapTrials();
    }
}
