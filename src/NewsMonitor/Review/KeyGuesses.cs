using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;

namespace NewsMonitor.Review;

/// <summary>
/// Locks out addresses that try keys. Behind a proxy many people share one address, so a key that has lately worked keeps working
/// while its address is locked; only keys that are not known to be good are refused unseen.
/// </summary>
sealed class KeyGuesses(IOptions<ReviewOptions> options, TimeProvider clock)
{
    const int MostAddresses = 10_000;
    readonly ConcurrentDictionary<IPAddress, (int Wrong, DateTimeOffset Until)> _addresses = new();
    readonly ConcurrentDictionary<string, DateTimeOffset> _good = new(StringComparer.Ordinal);

    /// <summary>When the address may try again, or null when this key may be looked at now.</summary>
    public DateTimeOffset? RefusedUntil(IPAddress? from, string secret)
    {
        var now = clock.GetUtcNow();
        return _addresses.TryGetValue(from ?? IPAddress.None, out var seen) && seen.Wrong >= options.Value.WrongKeysBeforeLockout
            && seen.Until > now
            && !(_good.TryGetValue(Digest(secret), out var last) && last > now - options.Value.Lockout)
            ? seen.Until
            : null;
    }

    public void Wrong(IPAddress? from)
    {
        var now = clock.GetUtcNow();
        Trim(_addresses, seen => seen.Until <= now);
        _addresses.AddOrUpdate(
            from ?? IPAddress.None,
            _ => (1, now + options.Value.Lockout),
            (_, seen) => (seen.Until > now ? seen.Wrong + 1 : 1, now + options.Value.Lockout));
    }

    public void Right(string secret)
    {
        var now = clock.GetUtcNow();
        Trim(_good, last => last <= now - options.Value.Lockout);
        _good[Digest(secret)] = now;
    }

    static string Digest(string secret) => Convert.ToHexString(ApiKeys.Hash(secret));

    /// <summary>Forgets what has run out, and everything when a flood of addresses leaves nothing to forget.</summary>
    static void Trim<TKey, TValue>(ConcurrentDictionary<TKey, TValue> map, Func<TValue, bool> old) where TKey : notnull
    {
        if (map.Count < MostAddresses)
        {
            return;
        }

        foreach (var pair in map.Where(pair => old(pair.Value)))
        {
            map.TryRemove(pair);
        }

        if (map.Count >= MostAddresses)
        {
            map.Clear();
        }
    }
}
