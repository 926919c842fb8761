namespace FeedParser.Encodings;

/// <summary>
/// Reads the encoding out of an XML declaration (XML 1.0 sections 2.8 and 4.3.3), wherever white space or junk put it near the start.
/// </summary>
static class XmlDeclaration
{
    const int Window = 1024;

    /// <summary>The label in <c>encoding="…"</c>, or null.</summary>
    public static string? Encoding(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, Window)];
        int start = head.IndexOf("<?xml"u8);
        if (start < 0)
        {
            return null;
        }

        head = head[(start + 5)..];
        int end = head.IndexOf((byte)'>');
        head = end < 0 ? head : head[..end];
        int name = head.IndexOf("encoding"u8);
        if (name < 0)
        {
            return null;
        }

        var value = head[(name + 8)..].TrimStart(" \t\r\n="u8);
        if (value.IsEmpty || value[0] is not ((byte)'"' or (byte)'\''))
        {
            return null;
        }

        int close = value[1..].IndexOf(value[0]);
        return close < 0 ? null : Latin1(value.Slice(1, close)).Trim();
    }

    static string Latin1(ReadOnlySpan<byte> bytes) => System.Text.Encoding.Latin1.GetString(bytes);
}
