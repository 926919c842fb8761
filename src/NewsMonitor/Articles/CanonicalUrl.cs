using System.Collections.Frozen;
using NewsMonitor.Outbound;

namespace NewsMonitor.Articles;

/// <summary>
/// One address for one page: without tracking parameters, AMP and mobile variants, fragments and redirectors. It is for comparing, not
/// for visiting: scheme and www are evened out too.
/// </summary>
public static class CanonicalUrl
{
    static readonly FrozenSet<string> Tracking = FrozenSet.ToFrozenSet(
    [
        "fbclid", "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "igshid", "igsh",
        "li_fat_id", "mc_cid",
        "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "vero_id", "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid", "wickedid", "_openstat",
        "xtor", "ncid",
        "ocid", "cmpid", "cmp", "ito", "smid", "smtyp", "sr_share", "maca", "wt_mc", "wtmc", "taid", "traffic_source", "ns_campaign",
        "ns_mchannel",
        "ns_source", "ns_linkname", "ns_fee", "at_medium", "at_campaign", "at_custom1", "at_custom2", "at_custom3", "at_custom4",
        "at_link_id",
        "at_link_type", "at_link_origin", "at_format", "at_bbc_team", "at_ptr_name", "at_campaign_type", "pk_campaign", "pk_kwd",
        "pk_source",
        "mtm_campaign", "mtm_source", "mtm_medium", "partner", "feedtype", "feedname", "rss", "fromrss", "from_rss", "source_rss", "_ga",
        "_gl", "spm",
        "share", "guccounter", "guce_referrer", "guce_referrer_sig", "ref_src", "ref_url", "amp", "outputtype", "_amp", "usqp", "amp_js_v",
        "amp_gsa",
        "campaign_id", "emc", "regi_id", "segment_id", "user_id_hash", "cvid", "soc_src", "soc_trk", "tse_id",
    ], StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string> RefValues = FrozenSet.ToFrozenSet(
        ["rss", "feed", "rssfeed", "rss-feed", "twitter", "facebook", "newsletter", "home", "homepage", "push", "telegram"],
            StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string> MobileHosts = FrozenSet.ToFrozenSet(["www", "m", "mobile", "amp", "wap", "touch"],
        StringComparer.Ordinal);

    /// <summary>Null for what is no http(s) address; of one that is too long for an index a part, with a hash of the whole.</summary>
    public static string? Of(string? url)
    {
        if (!Uri.TryCreate(url?.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;
        for (var depth = 0; depth < 3 && Wrapped(uri) is { } inner; depth++) uri = inner;
        var port = uri.IsDefaultPort ? "" : ":" + uri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // "#!" and "#/" name a page of a single-page site; every other fragment is a place within the page.
        var fragment = uri.Fragment.StartsWith("#!", StringComparison.Ordinal) || uri.Fragment.StartsWith("#/", StringComparison.Ordinal)
            ? uri.Fragment : "";
        return ArticleIdentity.Bounded($"https://{Host(uri)}{port}{Path(uri.AbsolutePath)}{Query(uri.Query)}{fragment}");
    }

    /// <summary>True for an address that names one page rather than a site's front.</summary>
    public static bool NamesAPage(string canonical) =>
        Uri.TryCreate(canonical, UriKind.Absolute, out var uri)
            && (uri.AbsolutePath.Length > 1 || uri.Query.Length > 1 || uri.Fragment.Length > 1);

    // "m.example.org" is "example.org" on a small screen; a bare "m.org" is a site.
    static string Host(Uri uri)
    {
        if (uri.HostNameType == UriHostNameType.IPv6) return uri.Host;
        var host = HostName.Of(uri).TrimEnd('.').ToLowerInvariant();
        while (host.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 && MobileHosts.Contains(host[..dot])
            && host.IndexOf('.', dot + 1) > 0) host = host[(dot + 1)..];
        return host;
    }

    static string Path(string path)
    {
        var semicolon = path.IndexOf(";jsessionid=", StringComparison.OrdinalIgnoreCase);
        if (semicolon >= 0) path = path[..semicolon];
        if (path.EndsWith(".amp.html", StringComparison.OrdinalIgnoreCase)) path = path[..^9] + ".html";
        else if (path.EndsWith(".amp", StringComparison.OrdinalIgnoreCase)) path = path[..^4];
        path = path.TrimEnd('/');
        if (path.EndsWith("/amp", StringComparison.OrdinalIgnoreCase)) path = path[..^4].TrimEnd('/');
        if (path.StartsWith("/amp/", StringComparison.OrdinalIgnoreCase)) path = path[4..];
        return path.Length == 0 ? "/" : path;
    }

    static string Query(string query)
    {
        if (query.Length < 2) return "";
        var kept = query[1..].Split('&').Where(p => p.Length > 0 && !IsTracking(p)).ToList();
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    static bool IsTracking(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? parameter : parameter[..equals];
        var value = equals < 0 ? "" : parameter[(equals + 1)..];
        return name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase) || Tracking.Contains(name)
            || (name.ToLowerInvariant() is "ref" or "source" or "src" or "from" or "via" && RefValues.Contains(value));
    }

    // Google's link pages and AMP caches carry the address of the page itself.
    static Uri? Wrapped(Uri uri)
    {
        var host = HostName.Of(uri).ToLowerInvariant();
        string? inner = null;
        if (host.EndsWith(".cdn.ampproject.org", StringComparison.Ordinal)) inner = AfterCache(uri, ["/c/s/", "/v/s/"], ["/c/", "/v/"]);
        else if (host is "www.google.com" or "google.com")
        {
            inner = AfterCache(uri, ["/amp/s/"], ["/amp/"]);
            if (inner is null && uri.AbsolutePath == "/url")
                inner = uri.Query.TrimStart('?').Split('&').Select(p => p.Split('=', 2))
                    .Where(p => p is [("url" or "q"), _]).Select(p => Uri.UnescapeDataString(p[1])).FirstOrDefault();
        }
        return Uri.TryCreate(inner, UriKind.Absolute, out var read) && read.Scheme is "http" or "https" ? read : null;
    }

    static string? AfterCache(Uri uri, string[] secure, string[] plain)
    {
        foreach (var (prefixes, scheme) in new[] { (secure, "https://"), (plain, "http://") })
            foreach (var prefix in prefixes)
                if (uri.PathAndQuery.StartsWith(prefix, StringComparison.Ordinal)) return scheme + uri.PathAndQuery[prefix.Length..];
        return null;
    }
}
