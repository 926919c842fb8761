namespace NewsMonitor.Pages;

/// <summary>Addresses that feeds name: only http and https ones become links.</summary>
static class Link
{
    public static string? Of(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.AbsoluteUri : null;
}
