using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NewsMonitor.Operations;

namespace NewsMonitor.Deliveries;

/// <summary>Links that stop a recipient's email with one request, as RFC 8058 wants them: the token proves itself and names nobody else.</summary>
public sealed class Unsubscribing(Secrets secrets)
{
    public Uri Link(Uri publicUrl, Recipient recipient) => new(publicUrl, $"unsubscribe/{recipient.Id}/{Token(recipient)}");

    /// <summary>Whether the token is that of this recipient at this address.</summary>
    public bool IsToken(Recipient recipient, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token), Encoding.ASCII.GetBytes(Token(recipient)));

    string Token(Recipient recipient) => Base64Url.EncodeToString(secrets.Sign($"unsubscribe\n{recipient.Id}\n{recipient.Target}")[..18]);
}
