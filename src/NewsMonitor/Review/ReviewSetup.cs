using System.Diagnostics;
using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Deliveries.Endpoints;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;
using NewsMonitor.Review.Archive;
using NewsMonitor.Review.Documentation;
using NewsMonitor.Review.Keys;
using NewsMonitor.Review.Live;
using NewsMonitor.Review.Overview;
using NewsMonitor.Review.Triage;
using NewsMonitor.Review.Views;
using NewsMonitor.Review.WatchEditing;

namespace NewsMonitor.Review;

/// <summary>Puts the API together: who may come in, how errors look, what is mapped where.</summary>
public static class ReviewSetup
{
    public static IServiceCollection AddReview(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Options.Create(configuration.Read<ReviewOptions>(ReviewOptions.Section)));
        services.AddSingleton<KeyGuesses>();
        services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Reader, policy => policy.RequireRole(Roles(Role.Reader)))
            .AddPolicy(Policies.Reviewer, policy => policy.RequireRole(Roles(Role.Reviewer)))
            .AddPolicy(Policies.Admin, policy => policy.RequireRole(Roles(Role.Admin)));
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);
        services.AddExceptionHandler<ReviewErrors>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            AlertJson.Apply(options.SerializerOptions);
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json", "application/problem+json", "application/x-ndjson", "application/atom+xml", "text/csv",
                "text/html", "text/css", "text/javascript", "image/svg+xml", "text/x-opml"];
        });
        services.AddSingleton<AlertSignal>();
        services.AddHostedService(provider => provider.GetRequiredService<AlertSignal>());
        services.AddApiDocument();
        return services;
    }

    public static void MapReview(this WebApplication app)
    {
        WarnOfPlainHttp(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages(bare =>
        {
            // The API speaks JSON whatever a browser asks it for; the framework would answer in plain text.
            bare.HttpContext.Request.Headers.Accept = "application/problem+json";
            return TypedResults.Problem(statusCode: bare.HttpContext.Response.StatusCode).ExecuteAsync(bare.HttpContext);
        });
        app.UseResponseCompression();
        app.UseAuthentication();
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api"), branch => branch.Use(BoundBody).UseMiddleware<RateLimits>());
        app.UseAuthorization();
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api"), branch => branch.UseMiddleware<Idempotency>());
        app.MapApiDocument();
        app.MapUnsubscribe();
        var api = app.MapGroup("/api/v1").RequireAuthorization(Policies.Reader);
        api.MapAlerts();
        api.MapViews();
        api.MapWatches();
        api.MapStories();
        api.MapRecipientEndpoints();
        api.MapSilenceEndpoints();
        api.MapDeliveryEndpoints();
        api.MapAlertFeed();
        api.MapArticles();
        api.MapKeys();
        api.MapAudit();
        api.MapStatus();
        api.MapFeedEndpoints();
    }

    /// <summary>Keys travel in the clear over plain HTTP; on loopback nobody listens.</summary>
    static void WarnOfPlainHttp(WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        foreach (var url in app.Urls.Where(url => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)))
        {
            var host = BindingAddress.Parse(url).Host;
            if (host != "localhost" && !(IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)))
            {
                app.Logger.LogWarning("The API listens on {Url} without TLS: keys can be read on the way. Put a proxy with TLS before it.",
                    url);
            }
        }
    });

    static Task BoundBody(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = http.RequestServices.GetRequiredService<IOptions<ReviewOptions>>().Value.MaxBodyBytes;
        }

        return next(http);
    }

    static string[] Roles(Role least) => [.. Enum.GetValues<Role>().Where(role => role >= least).Select(role => Names.Kebab(role))];

    /// <summary>Adds what every problem carries: the trace id to find it in the log, and words for the bare statuses.</summary>
    static void Complete(ProblemDetailsContext context)
    {
        context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
        context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            401 => "Send a live key as 'Authorization: Bearer KEY'. An admin makes keys with POST /api/v1/keys or 'monitor key create'.",
            403 => "The key's role does not allow this.",
            404 => "There is nothing at this address.",
            405 => "This address does not take this method.",
            413 => "The body is too large.",
            415 => "Send the body as application/json.",
            429 => "Too many requests; wait as long as Retry-After says.",
            _ => null,
        };
    }
}
