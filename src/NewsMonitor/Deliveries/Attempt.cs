using System.Security.Cryptography;
using NewsMonitor.Operations;

namespace NewsMonitor.Deliveries;

/// <summary>One try to send a message to a recipient, whose secrets are opened for it alone.</summary>
static class Attempt
{
    public static async Task<Verdict> SendAsync(
        this Func<RecipientKind, IChannel> channels, Message message, Recipient recipient, Secrets secrets, DateTimeOffset now, CancellationToken stop)
    {
        try
        {
            return await channels(recipient.Kind).SendAsync(message, RecipientSecret.AddressOf(recipient, secrets, now), stop);
        }
        catch (CryptographicException e)
        {
            // The key can be put back, and then the message goes.
            return Verdict.Retry(null, e.Message);
        }
    }
}
