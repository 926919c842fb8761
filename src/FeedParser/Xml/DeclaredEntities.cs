using System.Text;
using FeedParser.Text;

namespace FeedParser.Xml;

/// <summary>
/// Entities that a document type declares for itself (XML 1.0 section 4.2). Values are expanded when they are declared, by what was
/// declared before, so that none can contain itself; size and number are bounded, and what an external identifier names is never fetched.
/// </summary>
sealed class DeclaredEntities
{
    const int MostEntities = 1000;
    const int LongestValue = 16 * 1024;
    const int MostExpansion = 1024 * 1024;

    Dictionary<string, byte[]>? values;
    int expanded;

    public bool Any => values is not null;

    public void Declare(ReadOnlySpan<byte> subset)
    {
        while (true)
        {
            int at = subset.IndexOf("<!ENTITY"u8);
            if (at < 0)
            {
                return;
            }

            subset = subset[(at + 8)..].TrimStart(" \t\r\n"u8);
            int nameEnd = subset.IndexOfAny(" \t\r\n>"u8);
            if (nameEnd <= 0)
            {
                continue;
            }

            var name = Encoding.UTF8.GetString(subset[..nameEnd]);
            subset = subset[nameEnd..].TrimStart(" \t\r\n"u8);
            if (subset.IsEmpty || subset[0] is not ((byte)'"' or (byte)'\''))
            {
                continue;
            }

            int end = subset[1..].IndexOf(subset[0]);
            if (end < 0)
            {
                return;
            }

            Keep(name, subset.Slice(1, end));
            subset = subset[(end + 2)..];
        }
    }

    /// <summary>The value of the reference at the start of <paramref name="text"/>; its length in bytes, or 0.</summary>
    public int Read(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> value)
    {
        value = default;
        int end = values is null ? -1 : text[..Math.Min(text.Length, 100)].IndexOf((byte)';');
        if (end < 2 || !values!.TryGetValue(Encoding.UTF8.GetString(text[1..end]), out var known)
            || expanded + known.Length > MostExpansion)
        {
            return 0;
        }

        expanded += known.Length;
        value = known;
        return end + 1;
    }

    void Keep(string name, ReadOnlySpan<byte> value)
    {
        values ??= new(StringComparer.Ordinal);
        if (values.Count == MostEntities || values.ContainsKey(name))
        {
            return;
        }

        var buffer = new ByteBuffer();
        while (!value.IsEmpty && buffer.Length < LongestValue)
        {
            int ampersand = value.IndexOf((byte)'&');
            buffer.Append(ampersand < 0 ? value : value[..ampersand]);
            if (ampersand < 0)
            {
                break;
            }

            value = value[ampersand..];
            int length = Read(value, out var inner);
            if (length > 0)
            {
                buffer.Append(inner);
            }
            else if (value.Length > 1 && value[1] == '#' && (length = Entities.Read(value, out int code, out _)) > 0)
            {
                buffer.AppendRune(code);
            }
            else
            {
                buffer.Append((byte)'&');
                length = 1;
            }

            value = value[length..];
        }

        values[name] = buffer.Span[..Math.Min(buffer.Length, LongestValue)].ToArray();
        buffer.Release();
    }
}
