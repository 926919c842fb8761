using System.Text;

namespace FeedParser.Text;

/// <summary>
/// Looks names up by their UTF-8 bytes without making strings: open addressing over a FNV hash of the lower-cased ASCII bytes.
/// </summary>
sealed class NameTable<T>
    where T : struct
{
    readonly (byte[]? Name, T Value)[] slots;
    readonly int longest;
    readonly bool ignoreCase;

    public NameTable(IReadOnlyCollection<KeyValuePair<string, T>> names, bool ignoreCase = true)
    {
        this.ignoreCase = ignoreCase;
        slots = new (byte[]?, T)[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(names.Count * 3))];
        foreach (var (name, value) in names)
        {
            var bytes = Encoding.UTF8.GetBytes(ignoreCase ? name.ToLowerInvariant() : name);
            longest = Math.Max(longest, bytes.Length);
            int at = Hash(bytes) & (slots.Length - 1);
            while (slots[at].Name is not null)
            {
                at = (at + 1) & (slots.Length - 1);
            }

            slots[at] = (bytes, value);
        }
    }

    public bool TryGet(ReadOnlySpan<byte> name, out T value)
    {
        if (name.Length <= longest)
        {
            int at = Hash(name) & (slots.Length - 1);
            for (; slots[at].Name is { } candidate; at = (at + 1) & (slots.Length - 1))
            {
                if (candidate.Length == name.Length && Same(candidate, name))
                {
                    value = slots[at].Value;
                    return true;
                }
            }
        }

        value = default;
        return false;
    }

    bool Same(byte[] candidate, ReadOnlySpan<byte> name) =>
        ignoreCase ? Ascii.EqualsIgnoreCase(candidate, name) : name.SequenceEqual(candidate);

    int Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        int fold = ignoreCase ? 0x20 : 0;
        foreach (byte b in name)
        {
            hash = (hash ^ (uint)(b | fold)) * 16777619;
        }

        return (int)(hash ^ (hash >> 15)) & int.MaxValue;
    }
}
