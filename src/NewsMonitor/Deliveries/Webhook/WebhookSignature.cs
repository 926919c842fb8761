using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NewsMonitor.Deliveries.Webhook;

/// <summary>The symmetric signature of Standard Webhooks 1.0 (https://www.standardwebhooks.com): HMAC-SHA256 over id, timestamp and body.</summary>
public static class WebhookSignature
{
    const string Prefix = "whsec_";

    /// <summary>Whether this is <c>whsec_</c> with the base64 of 24 to 64 bytes.</summary>
    public static bool IsSecret(string secret) => TryKey(secret, out _);

    /// <summary>The value of <c>webhook-signature</c>: one signature for each secret, so that a receiver may hold either while they rotate.</summary>
    /// <exception cref="FormatException">One of them is no such secret.</exception>
    public static string Of(IEnumerable<string> secrets, string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes($"{id}.{timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}.");
        byte[] signed = [.. head, .. body];
        return string.Join(' ', secrets.Select(s => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key(s), signed))));
    }

    static byte[] Key(string secret) =>
        TryKey(secret, out var key) ? key : throw new FormatException("The signing secret is not whsec_ and the base64 of 24 to 64 bytes.");

    static bool TryKey(string secret, out byte[] key)
    {
        key = new byte[secret.Length];
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)
            || !Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) || length is < 24 or > 64)
        {
            return false;
        }
        key = key[..length];
        return true;
    }
}
