using System.Net;
using NewsMonitor.Database;
using NewsMonitor.Operations;
using NewsMonitor.Review;

namespace NewsMonitor.Pages;

/// <summary>
/// Sign-in by a reverse proxy, from the configuration section <c>Monitor:SignIn</c>. Only requests that come straight from a trusted proxy
/// are believed; the proxy must take away or overwrite the same headers of its own clients.
/// </summary>
/// <param name="UserHeader">Header with the name of the user, such as X-Forwarded-User; null switches this off.</param>
/// <param name="GroupsHeader">Header with the user's groups, separated by commas; null where there is none.</param>
/// <param name="Trusted">Where the proxy connects from.</param>
/// <param name="Admins">Users and groups that are admins.</param>
/// <param name="Reviewers">Users and groups that are reviewers.</param>
/// <param name="Others">Everybody else's role; null turns them away.</param>
sealed record ProxySignIn(
    string? UserHeader, string? GroupsHeader, IReadOnlyList<IPNetwork> Trusted,
    IReadOnlySet<string> Admins, IReadOnlySet<string> Reviewers, Role? Others)
{
    const string Section = "Monitor:SignIn";

    public static ProxySignIn From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var others = section["Others"] ?? "reader";
        var sign = new ProxySignIn(
            Text(section["UserHeader"]), Text(section["GroupsHeader"]), [.. List(section["TrustedProxies"]).Select(Network)],
            List(section["Admins"]).ToHashSet(StringComparer.OrdinalIgnoreCase),
            List(section["Reviewers"]).ToHashSet(StringComparer.OrdinalIgnoreCase),
            others == "none" ? null : Names.TryParse<Role>(others, out var role) ? role
                : throw new SettingException($"Monitor__SignIn__Others is '{others}'; it may be none, reader, reviewer or admin."));
        return sign is { UserHeader: not null, Trusted.Count: 0 }
            ? throw new SettingException(
                "Monitor__SignIn__UserHeader needs Monitor__SignIn__TrustedProxies: the addresses or ranges that the proxy connects from.")
            : sign;
    }

    /// <summary>Whether the request comes from a trusted proxy that names its user.</summary>
    public bool Applies(HttpContext http) => UserHeader is not null && http.Request.Headers.ContainsKey(UserHeader)
        && http.Connection.RemoteIpAddress is { } from
        && Trusted.Any(network => network.Contains(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from));

    /// <summary>The highest role that the user's name or one of the groups gives.</summary>
    public Role? RoleOf(string user, IEnumerable<string> groups)
    {
        string[] names = [user, .. groups];
        return names.Any(Admins.Contains) ? Role.Admin : names.Any(Reviewers.Contains) ? Role.Reviewer : Others;
    }

    static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    public static string[] List(string? value) => (value ?? "")
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new SettingException($"Monitor__SignIn__TrustedProxies: '{text}' is neither an address nor a range such as 10.0.0.0/8.");
}
