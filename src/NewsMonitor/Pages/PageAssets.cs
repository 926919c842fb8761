using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace NewsMonitor.Pages;

/// <summary>
/// Style sheet, script and icon, kept inside the assembly: the page ships with the service whatever folder it runs from. Addresses
/// carry a hash of the content, so that browsers may keep them for ever.
/// </summary>
static class PageAssets
{
    const string Root = "/assets/";

    static readonly FrozenDictionary<string, Asset> All = Load();

    sealed record Asset(byte[] Content, string Type, string Hash);

    public static string Link(string name) => $"{Root}{name}?v={All[name].Hash}";

    public static void MapAssets(this IEndpointRouteBuilder app) => app.MapGet(Root + "{name}", (string name, HttpContext http) =>
    {
        if (!All.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.Type, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}\""));
    }).AllowAnonymous().ExcludeFromDescription();

    static FrozenDictionary<string, Asset> Load()
    {
        const string Prefix = "Pages.Assets.";
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(n => n[Prefix.Length..], n =>
        {
            using var stream = assembly.GetManifestResourceStream(n)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return new Asset(content, Type(n), Convert.ToHexStringLower(SHA256.HashData(content))[..12]);
        });
    }

    static string Type(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"No media type is known for {other} assets."),
    };
}
