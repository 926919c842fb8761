using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using NewsMonitor.Database;
using NewsMonitor.Review;

namespace NewsMonitor.Pages;

/// <summary>
/// Signing in to the page with an API key: the key is checked once and then stands behind a cookie that scripts cannot read. Whom a
/// trusted reverse proxy vouches for needs neither.
/// </summary>
static class Session
{
    public const string Scheme = "Session";

    /// <summary>Whoever may look at the page: the proxy's user, else the cookie's.</summary>
    public const string Person = "Person";

    /// <summary>Policy of forms that change alerts, and of those that change anything else.</summary>
    public const string Reviewer = "page-reviewer", Admin = "page-admin";

    const string KeyId = "key";

    /// <summary>
    /// The page's script sends it with every change. No other site can: a custom header needs this origin's leave, which nobody is given.
    /// </summary>
    public const string PageHeader = "X-Monitor-Page";

    const string CookieName = "nm-session", Either = "KeyOrSession";

    /// <summary>The API takes a key; without one, the proxy's user or the page's cookie. What a browser is not signed in for is answered as
    /// the API does.</summary>
    public static void AddSession(this IServiceCollection services, ProxySignIn proxy) => services.AddAuthentication(Either)
        .AddPolicyScheme(Either, null, scheme => scheme.ForwardDefaultSelector = http => http.Request.Headers.Authorization.Count > 0
            ? ApiKeyAuthentication.SchemeName
            : proxy.Applies(http) ? ProxyAuthentication.SchemeName
            : http.Request.Cookies.ContainsKey(CookieName) ? Scheme : ApiKeyAuthentication.SchemeName)
        .AddPolicyScheme(Person, null, scheme => scheme.ForwardDefaultSelector = http => proxy.Applies(http)
            ? ProxyAuthentication.SchemeName : Scheme)
        .AddScheme<AuthenticationSchemeOptions, ProxyAuthentication>(ProxyAuthentication.SchemeName, null)
        .AddCookie(Scheme, cookie =>
    {
        cookie.Cookie.Name = CookieName;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/sign-in";
        cookie.ReturnUrlParameter = "returnTo";
        cookie.AccessDeniedPath = "/not-allowed";
        cookie.Events.OnValidatePrincipal = StillAllowedAsync;
        cookie.Events.OnSigningIn = context =>
        {
            // Behind a proxy with TLS the request itself is plain.
            context.CookieOptions.Secure |= context.Request.Headers["X-Forwarded-Proto"] == "https";
            return Task.CompletedTask;
        };
        cookie.Events.OnRedirectToLogin = context => Refuse(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Refuse(context, StatusCodes.Status403Forbidden);
    });

    public static bool IsFromProxy(ClaimsPrincipal user) => user.Identity?.AuthenticationType == ProxyAuthentication.SchemeName;

    /// <summary>A change through the API that rides on the cookie, or on the proxy's own sign-in, but does not come from the
    /// page.</summary>
    public static bool IsForeignWrite(HttpContext http, ProxySignIn proxy) =>
        (http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/do/recipients"))
        && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)
        && http.Request.Headers.Authorization.Count == 0 && (http.Request.Cookies.ContainsKey(CookieName) || proxy.Applies(http))
        && !http.Request.Headers.ContainsKey(PageHeader);

    static Task Refuse(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        // A script is told; following it to another page would look to it like success.
        if (context.Request.Path.StartsWithSegments("/api") || context.Request.Headers.Accept == Triage.Fragment
            || context.Request.Headers.ContainsKey(PageHeader))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            // Relative, since behind a proxy with TLS this side does not know the address that the browser asked.
            context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
        }

        return Task.CompletedTask;
    }

    public static void MapSession(this IEndpointRouteBuilder app)
    {
        app.MapPost("/do/sign-in", SignInAsync).AllowAnonymous();
        app.MapPost("/do/sign-out", async (HttpContext http) =>
        {
            await http.SignOutAsync(Scheme);
            return Results.LocalRedirect("/sign-in");
        });
        app.MapPost("/do/preferences", Prefer).AllowAnonymous();
    }

    static IResult Prefer(
        HttpContext http, [FromForm] string language, [FromForm] string theme, [FromForm] string? zone, [FromForm] string? digits,
        [FromForm] string? returnTo)
    {
        var wishes = new[] { language, theme, zone ?? "", digits ?? "" };
        http.Response.Cookies.Append(Reader.CookieName, string.Join('|', wishes.Select(Uri.EscapeDataString)),
            new CookieOptions { MaxAge = TimeSpan.FromDays(400), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
        return Results.LocalRedirect(Local(returnTo));
    }

    static async Task<IResult> SignInAsync(
        HttpContext http, [FromForm] string key, [FromForm] string? returnTo, MonitorDbContext db, KeyGuesses guesses, TimeProvider clock)
    {
        var from = http.Connection.RemoteIpAddress;
        var home = Local(returnTo);
        var secret = key.Trim();
        var found = guesses.RefusedUntil(from, secret) is null ? await ApiKeys.FindAsync(db, secret, clock.GetUtcNow(), http.RequestAborted)
            : null;
        if (found is null)
        {
            guesses.Wrong(from);
            return Results.LocalRedirect($"/sign-in?wrong=true&returnTo={Uri.EscapeDataString(home)}");
        }

        guesses.Right(secret);
        await http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.Name, found.Name),
                new Claim(ClaimTypes.Role, Names.Kebab(found.Role)),
                new Claim(KeyId, found.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ],
            Scheme)));
        return Results.LocalRedirect(home);
    }

    /// <summary>An address on this page, whatever a form or link says.</summary>
    public static string Local(string? returnTo) =>
        returnTo is ['/', not '/' and not '\\', ..] or "/" && !returnTo.Any(char.IsControl) ? returnTo : "/";

    // A revoked key ends its sessions at the next request.
    static async Task StillAllowedAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var db = http.RequestServices.GetRequiredService<MonitorDbContext>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var key = long.TryParse(context.Principal?.FindFirstValue(KeyId), out var id)
            ? await db.Set<ApiKey>().FindAsync([id], http.RequestAborted) : null;
        if (key is null || key.RevokedAt is not null || key.ExpiresAt <= now)
        {
            context.RejectPrincipal();
            await http.SignOutAsync(Scheme);
        }
    }
}
