using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Alerts;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Operations;
using NewsMonitor.Operations.Http;

namespace NewsMonitor.Review.Triage;

/// <summary>Where a key's owner can subscribe to the alerts, with nothing but this address.</summary>
public sealed record FeedAddress(Uri Url);

/// <summary>
/// The alerts as an Atom feed (RFC 4287). Feed readers send no Authorization header, so its address holds a private token: made of an API
/// key, it dies with that key and gives away nothing of it.
/// </summary>
public static class AlertAtom
{
    const int Entries = 100;
    const string Atom = "http://www.w3.org/2005/Atom";

    public static void MapAlertFeed(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alerts.atom", FeedAsync).AllowAnonymous().WithTags("Alerts").WithName("alertFeed")
            .WithSummary("The newest alerts as an Atom feed, for the private token of alerts.atom/address")
            .Produces<string>(200, "application/atom+xml").WithProblems(400, 401);
        api.MapGet("/alerts.atom/address", AddressAsync).WithTags("Alerts").WithName("alertFeedAddress")
            .WithSummary("Your key's own address of the Atom feed");
    }

    static async Task<Results<Ok<FeedAddress>, ProblemHttpResult>> AddressAsync(
        HttpContext http, MonitorDbContext db, [FromServices] Secrets secrets, [FromServices] Func<Uri> publicUrl, TimeProvider clock,
        CancellationToken cancel)
    {
        var header = http.Request.Headers.Authorization.ToString();
        var sent = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : "";
        return await ApiKeys.FindAsync(db, sent, clock.GetUtcNow(), cancel) is { } key
            ? TypedResults.Ok(new FeedAddress(new Uri(publicUrl(), $"api/v1/alerts.atom?token={Token(secrets, key)}")))
            : Problems.Of(401, "Unauthorized", "Send a live key as 'Authorization: Bearer KEY'.");
    }

    static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FeedAsync(
        string? token, [AsParameters] AlertQuery query, HttpContext http, MonitorDbContext db, [FromServices] Secrets secrets,
        [FromServices] Func<Uri> publicUrl, TimeProvider clock, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (!await IsGoodAsync(token, db, secrets, clock.GetUtcNow(), cancel))
        {
            return Problems.Of(401, "Unauthorized",
                "The feed's address needs its token; GET /api/v1/alerts.atom/address with your key gives it.");
        }
        if (!query.TryRead(errors, out var filter))
        {
            return errors.ToProblem();
        }
        var rows = await filter.Apply(db).NewestFirst(null).Take(Entries).Rows(db).ToListAsync(cancel);
        var self = new Uri(publicUrl(), http.Request.Path.ToString().TrimStart('/') + http.Request.QueryString);
        http.Response.Headers.CacheControl = "private, max-age=60";
        return TypedResults.Bytes(Write([.. rows.Select(r => r.Document())], publicUrl(), self, clock.GetUtcNow()),
            "application/atom+xml; charset=utf-8");
    }

    static string Token(Secrets secrets, ApiKey key) => string.Create(
        CultureInfo.InvariantCulture,
        $"{key.Id}.{System.Buffers.Text.Base64Url.EncodeToString(secrets.Sign($"atom\n{key.Id}\n{Convert.ToHexString(key.Hash)}")[..18])}");

    static async Task<bool> IsGoodAsync(string? token, MonitorDbContext db, Secrets secrets, DateTimeOffset now, CancellationToken cancel)
    {
        if (token is null || !long.TryParse(token.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }
        var key = await db.Set<ApiKey>().AsNoTracking()
            .FirstOrDefaultAsync(k => k.Id == id && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now), cancel);
        return key is not null && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token(secrets, key)));
    }

    /// <summary>The feed's bytes. Pure.</summary>
    public static byte[] Write(IReadOnlyList<AlertDocument> alerts, Uri site, Uri self, DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("id", Atom, Tag(site, "alerts" + Filter(self)));
            xml.WriteElementString("title", Atom, "News Monitor: alerts");
            xml.WriteElementString("updated", Atom, Time(alerts.Count > 0 ? alerts.Max(Updated) : now));
            Link(xml, "self", self.AbsoluteUri, "application/atom+xml");
            Link(xml, "alternate", site.AbsoluteUri, "text/html");
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, "News Monitor");
            xml.WriteEndElement();
            foreach (var alert in alerts)
            {
                Entry(xml, alert, site);
            }
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    static void Entry(XmlWriter xml, AlertDocument alert, Uri site)
    {
        xml.WriteStartElement("entry", Atom);
        xml.WriteElementString("id", Atom, Tag(site, $"alert:{alert.Id.ToString(CultureInfo.InvariantCulture)}"));
        // As HTML, since a headline may look like it: readers are in doubt about plain text that holds "<" or "&amp;".
        xml.WriteStartElement("title", Atom);
        xml.WriteAttributeString("type", "html");
        xml.WriteString(Html($"[{alert.Watch.Name}] {alert.Title}"));
        xml.WriteEndElement();
        xml.WriteElementString("published", Atom, Time(alert.RaisedAt));
        xml.WriteElementString("updated", Atom, Time(Updated(alert)));
        Link(xml, "alternate", new Uri(site, $"alerts/{alert.Id.ToString(CultureInfo.InvariantCulture)}").AbsoluteUri, "text/html");
        if (Uri.TryCreate(alert.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            Link(xml, "related", url.AbsoluteUri, null);
        }
        Category(xml, alert.Watch.Id, alert.Watch.Name);
        Category(xml, Names.Kebab(alert.Watch.Severity), null);
        xml.WriteStartElement("content", Atom);
        xml.WriteAttributeString("type", "html");
        var marked = string.Concat(Run.Of(alert.Excerpt).Select(r => r.Marked ? $"<mark>{Html(r.Text)}</mark>" : Html(r.Text)));
        xml.WriteString($"<p dir=\"auto\">{marked}</p><p><bdi>{Html(alert.Source ?? "")}</bdi></p>");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    static void Link(XmlWriter xml, string rel, string href, string? type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        if (type is not null)
        {
            xml.WriteAttributeString("type", type);
        }
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }

    static void Category(XmlWriter xml, string term, string? label)
    {
        xml.WriteStartElement("category", Atom);
        xml.WriteAttributeString("term", Clean(term));
        if (label is not null)
        {
            xml.WriteAttributeString("label", Clean(label));
        }
        xml.WriteEndElement();
    }

    /// <summary>A name for good (RFC 4151), whatever address the service moves to within its host. A tag's authority is a DNS name.</summary>
    static string Tag(Uri site, string what) =>
        $"tag:{(site.HostNameType == UriHostNameType.IPv6 ? "localhost" : site.IdnHost)},2026:{what}";

    /// <summary>What tells one selection of alerts from another in their address, whoever reads it: all but the token.</summary>
    static string Filter(Uri self) => string.Join('&', self.Query.TrimStart('?').Split('&')
        .Where(part => part.Length > 0 && !part.StartsWith("token=", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
        is { Length: > 0 } filter ? "?" + filter : "";

    /// <summary>Readers sort by it, so what changed in one moment is told apart by less than a millisecond, always the same way.</summary>
    static DateTimeOffset Updated(AlertDocument alert) => alert.UpdatedAt.AddMicroseconds(alert.Id % 1000);

    static string Time(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    static string Html(string text) => WebUtility.HtmlEncode(Clean(text));

    /// <summary>Leaves out what XML cannot hold, and controls and signs of lost characters, which show as boxes.</summary>
    static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune != Rune.ReplacementChar
        && rune.Value is not (0xFFFE or 0xFFFF) && (rune.Value is '\t' or '\n' || !Rune.IsControl(rune))));
}
