using System.Security.Claims;

namespace NewsMonitor.Operations.Http;

/// <summary>Authorisation policies by role; each role may do what the ones before it may.</summary>
public static class Policies
{
    /// <summary>Sees everything but secrets, keys and the audit.</summary>
    public const string Reader = "reader";

    /// <summary>Also triages alerts, saves views, tries watches.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>Also changes feeds, watches, recipients, silences and keys.</summary>
    public const string Admin = "admin";

    /// <summary>Who history and audit say did it: the name of the key.</summary>
    public static string Actor(this ClaimsPrincipal user) => user.Identity?.Name ?? "anonymous";
}
