using System.Net;
using System.Net.Sockets;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>A configuration folder of its own, with the owner's watches, given feeds and one webhook.</summary>
public sealed class Setting : IDisposable
{
    public const string WebhookSecret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("monitor-config-");

    public Setting(string watches, IEnumerable<Uri> feeds, Uri? webhook = null)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "watches.yaml"), watches);
        var outlines = feeds.Select((f, i) => $"""<outline type="rss" text="Feed {i}" xmlUrl="{f}"/>""");
        File.WriteAllText(Path.Combine(_folder.FullName, "feeds.opml"),
            $"""<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body>{string.Concat(outlines)}</body></opml>""");
        if (webhook is not null)
        {
            File.WriteAllText(Path.Combine(_folder.FullName, "recipients.yaml"),
                $"recipients:\n  - id: desk\n    kind: webhook\n    url: {webhook}\n    secret: {WebhookSecret}\n");
        }
    }

    public Dictionary<string, string> Settings(string connectionString) => new()
    {
        ["ConnectionStrings__Monitor"] = connectionString,
        ["Monitor__ConfigDirectory"] = _folder.FullName,
        ["Monitor__DataDirectory"] = Path.Combine(_folder.FullName, "data"),
        ["Monitor__Outbound__AllowedHosts"] = "127.0.0.1",
    };

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
