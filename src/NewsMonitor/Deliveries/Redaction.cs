using System.Text;

namespace NewsMonitor.Deliveries;

/// <summary>Takes what a far side said down to one safe line: it may well echo the address or token that it was called with.</summary>
static class Redaction
{
    const int LongestLine = 300;

    public static string Line(string? said, Address to)
    {
        var line = new StringBuilder();
        foreach (var c in said ?? "")
        {
            var gap = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!gap || (line.Length > 0 && line[^1] != ' '))
            {
                line.Append(gap ? ' ' : c);
            }
        }
        foreach (var secret in Secrets(to).OrderByDescending(s => s.Length))
        {
            line.Replace(secret, "•••");
        }
        return Alerts.TextCut.OnWord(line.ToString().Trim(), LongestLine);
    }

    static IEnumerable<string> Secrets(Address to)
    {
        foreach (var secret in to.Secrets)
        {
            yield return secret;
            yield return Uri.EscapeDataString(secret);
            if (secret.StartsWith("whsec_", StringComparison.Ordinal))
            {
                yield return secret["whsec_".Length..];
            }
            foreach (var part in secret.Split(':', StringSplitOptions.RemoveEmptyEntries).Where(p => p.Length >= 8))
            {
                yield return part;
            }
        }
        // The path of a chat webhook is its password, and any query may hold a token.
        if (to.Kind is not (RecipientKind.Email or RecipientKind.Telegram) && Uri.TryCreate(to.Target, UriKind.Absolute, out var url))
        {
            yield return to.Target;
            if (url.PathAndQuery.Length > 8)
            {
                yield return url.PathAndQuery;
            }
            if (url.Query.Length > 1)
            {
                yield return url.Query[1..];
            }
        }
    }
}
