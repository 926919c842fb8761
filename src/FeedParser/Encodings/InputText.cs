using System.Text;
using System.Text.Unicode;

namespace FeedParser.Encodings;

/// <summary>
/// Turns a document into valid UTF-8. Which encoding it is in: the byte order mark first (RFC 7303 section 3.3), then the charset of the
/// Content-Type, then the XML declaration (RFC 7303 section 8), then UTF-8; what the bytes contradict gives way to what they fit, and what
/// nothing tells is guessed from the text.
/// </summary>
static class InputText
{
    /// <summary>The document as valid UTF-8 without byte order mark; the input itself where nothing had to change.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> bytes, string? contentType, Problems problems)
    {
        var encoding = Choose(bytes.Span, contentType, problems, out int mark, out var second);
        return encoding is null ? Utf8OrRepaired(bytes[mark..], problems, second) : Decode(bytes.Span[mark..], encoding, problems);
    }

    /// <summary>
    /// The encoding of a document by its start, or by all of it where it is <paramref name="complete"/>; null for UTF-8.
    /// <paramref name="mark"/> bytes are its mark.
    /// </summary>
    public static Encoding? OfStart(ReadOnlySpan<byte> start, bool complete, string? contentType, Problems problems, out int mark)
    {
        // A start may end within a character.
        int whole = start.Length;
        while (!complete && whole > 0 && start.Length - whole < 4 && start[whole - 1] >= 0x80)
        {
            whole--;
        }

        var encoding = Choose(start[..whole], contentType, problems, out mark, out var second);
        var text = start[Math.Min(mark, whole)..whole];
        if (encoding is not null || Utf8.IsValid(text))
        {
            return encoding;
        }

        var (invalid, valid, _) = CountSequences(text);
        return invalid > valid ? second ?? UndeclaredEncoding.Of(text) : null;
    }

    // Null is UTF-8; then second is what the declaration says instead, should the bytes turn out to be no UTF-8.
    static Encoding? Choose(ReadOnlySpan<byte> bytes, string? contentType, Problems problems, out int mark, out Encoding? second)
    {
        second = null;
        var sniffed = Sniff(bytes, out mark);
        if (mark > 0)
        {
            return sniffed is UTF8Encoding ? null : sniffed;
        }

        var charset = Charset(contentType);
        var fromHttp = EncodingNames.Find(charset);
        if (charset is not null && fromHttp is null)
        {
            problems.Add($"Content-Type names an unknown charset '{Shorten(charset)}'; ignored");
        }

        if (sniffed is not null)
        {
            return DeclaredIn(bytes, sniffed) ?? sniffed;
        }

        var label = XmlDeclaration.Encoding(bytes);
        var declared = EncodingNames.Find(label);
        if (label is not null && declared is null)
        {
            problems.Add($"the XML declaration names an unknown encoding '{Shorten(label)}'; ignored", 1);
        }

        var named = Telling(fromHttp, charset) ?? Telling(declared, label);
        if (named is null or UTF8Encoding)
        {
            second = Telling(declared, label) is { } other and not UTF8Encoding ? other : null;
            return null;
        }

        if (named.IsSingleByte ? LooksUtf8(bytes) : fromHttp is not null && LooksUtf8(bytes) && declared is UTF8Encoding)
        {
            problems.Add($"declared as {named.WebName} but written in UTF-8; read as UTF-8", 1);
            return null;
        }

        return named;
    }

    static string Shorten(string text) => text.Length > 30 ? text[..30] : text;

    // 16- and 32-bit encodings would have been seen in the first bytes; US-ASCII says nothing of the bytes that matter.
    static Encoding? Telling(Encoding? encoding, string? label) =>
        encoding is UnicodeEncoding or UTF32Encoding || label?.Contains("ascii", StringComparison.OrdinalIgnoreCase) == true
            ? null
            : encoding;

    // Byte order marks and, for XML without one, the four bytes of its first characters (XML 1.0 appendix F).
    static Encoding? Sniff(ReadOnlySpan<byte> bytes, out int mark)
    {
        mark = 0;
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                mark = 3;
                return Encoding.UTF8;
            case [0xFF, 0xFE, 0, 0, ..]:
                mark = 4;
                return Encoding.UTF32;
            case [0, 0, 0xFE, 0xFF, ..]:
                mark = 4;
                return new UTF32Encoding(bigEndian: true, byteOrderMark: false);
            case [0xFF, 0xFE, ..]:
                mark = 2;
                return Encoding.Unicode;
            case [0xFE, 0xFF, ..]:
                mark = 2;
                return Encoding.BigEndianUnicode;
            case [0, 0, 0, 0x3C, ..]:
                return new UTF32Encoding(bigEndian: true, byteOrderMark: false);
            case [0x3C, 0, 0, 0, ..]:
                return Encoding.UTF32;
            case [0, 0x3C, 0, not 0, ..]:
                return Encoding.BigEndianUnicode;
            case [0x3C, 0, not 0, 0, ..]:
                return Encoding.Unicode;
            case [0x4C, 0x6F, 0xA7, 0x94, ..]:
                return EncodingNames.Page(37);
            default:
                return null;
        }
    }

    // An EBCDIC declaration can be read in any of its code pages and names the right one.
    static Encoding? DeclaredIn(ReadOnlySpan<byte> bytes, Encoding sniffed) => sniffed.IsSingleByte
        ? EncodingNames.Find(XmlDeclaration.Encoding(Encoding.UTF8.GetBytes(sniffed.GetString(bytes[..Math.Min(bytes.Length, 200)]))))
        : null;

    static string? Charset(string? contentType)
    {
        int at = contentType?.IndexOf("charset", StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
        {
            return null;
        }

        var value = contentType.AsSpan(at + 7).TrimStart();
        if (value is not ['=', ..])
        {
            return null;
        }

        value = value[1..].Trim(" \"'");
        int end = value.IndexOfAny("; ,\"'");
        var name = end < 0 ? value : value[..end];
        return name.IsEmpty ? null : name.ToString();
    }

    /// <summary>Valid UTF-8 that shows it: at least three characters beyond ASCII, which hardly happens by chance.</summary>
    static bool LooksUtf8(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return false;
        }

        int leads = 0;
        foreach (byte b in bytes)
        {
            if (b >= 0xC2 && ++leads == 3)
            {
                return true;
            }
        }

        return false;
    }

    static ReadOnlyMemory<byte> Utf8OrRepaired(ReadOnlyMemory<byte> bytes, Problems problems, Encoding? second = null)
    {
        if (Utf8.IsValid(bytes.Span))
        {
            return bytes;
        }

        var (invalid, valid, line) = CountSequences(bytes.Span);
        if (invalid > valid)
        {
            var other = second ?? UndeclaredEncoding.Of(bytes.Span);
            problems.Add($"not UTF-8 as it should be; read as {other.WebName}", line);
            return Decode(bytes.Span, other, problems);
        }

        problems.Add($"{invalid} invalid UTF-8 byte{(invalid == 1 ? "" : "s")} replaced", line);
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.Span));
    }

    static (int Invalid, int Valid, int Line) CountSequences(ReadOnlySpan<byte> bytes)
    {
        int invalid = 0, valid = 0, line = 0, at = 0;
        while (at < bytes.Length)
        {
            int high = bytes[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (high < 0)
            {
                break;
            }

            at += high;
            bool good = Rune.DecodeFromUtf8(bytes[at..], out _, out int consumed) == System.Buffers.OperationStatus.Done;
            (invalid, valid) = good ? (invalid, valid + 1) : (invalid + 1, valid);
            if (!good && line == 0)
            {
                line = 1 + bytes[..at].Count((byte)'\n');
            }

            at += Math.Max(1, consumed);
        }

        return (invalid, valid, line);
    }

    static byte[] Decode(ReadOnlySpan<byte> bytes, Encoding encoding, Problems problems)
    {
        var text = encoding.GetString(bytes);
        int replaced = text.AsSpan().Count('\uFFFD');
        if (replaced > 0)
        {
            problems.Add($"{replaced} byte{(replaced == 1 ? "" : "s")} invalid in {encoding.WebName} replaced");
        }

        return Encoding.UTF8.GetBytes(text);
    }
}
