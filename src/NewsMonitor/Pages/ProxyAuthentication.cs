using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using NewsMonitor.Database;

namespace NewsMonitor.Pages;

/// <summary>The user that a trusted reverse proxy names, with the role that the settings give to the name or its groups.</summary>
sealed class ProxyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    ProxySignIn proxy)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Proxy";
    const int LongestName = 200;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Read());

    AuthenticateResult Read()
    {
        if (!proxy.Applies(Context))
        {
            return AuthenticateResult.NoResult();
        }

        // Two names, in two headers or joined by a comma, can only mean that the proxy let a client's own header through.
        if (Request.Headers[proxy.UserHeader!] is not [{ Length: > 0 and <= LongestName } name]
            || name.Any(c => c == ',' || char.IsControl(c)))
        {
            return AuthenticateResult.Fail("The proxy names no user, or several.");
        }

        var groups = proxy.GroupsHeader is null ? [] : ProxySignIn.List(Request.Headers[proxy.GroupsHeader]);
        if (proxy.RoleOf(name.Trim(), groups) is not { } role)
        {
            return AuthenticateResult.Fail("This user has no role here.");
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name.Trim()), new Claim(ClaimTypes.Role, Names.Kebab(role))],
            SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    // A browser that has come through the proxy gains nothing by a form for keys.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => RefuseAsync();

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => RefuseAsync();

    Task RefuseAsync()
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return PageErrors.IsForPeople(Context) ? PageErrors.ShowAsync(Context, StatusCodes.Status403Forbidden) : Task.CompletedTask;
    }
}
