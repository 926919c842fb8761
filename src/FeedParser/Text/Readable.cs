using System.Text;
using System.Text.Unicode;

namespace FeedParser.Text;

/// <summary>The last step from UTF-8 to a text for people: no-break spaces at the ends go, and wrong encodings made twice are undone.</summary>
static class Readable
{
    /// <summary>The text, or null when nothing visible is in it.</summary>
    public static string? Finish(ReadOnlySpan<byte> utf8)
    {
        while (utf8.StartsWith("\u00A0"u8))
        {
            utf8 = utf8[2..].TrimStart(" \n"u8);
        }

        while (utf8.EndsWith("\u00A0"u8))
        {
            utf8 = utf8[..^2].TrimEnd(" \n"u8);
        }

        if (utf8.IsEmpty)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(utf8);
        return utf8.IndexOfAny((byte)0xC2, (byte)0xC3) < 0 ? text : Undo(text);
    }

    // UTF-8 that was taken for windows-1252 shows as pairs of its characters; controls of the C1 range are windows-1252 in truth.
    static string Undo(string text)
    {
        bool pairs = false, controls = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            controls |= c is >= '\u0080' and <= '\u009F';
            pairs |= c is >= '\u00C2' and <= '\u00F4' && i + 1 < text.Length && Entities.ToC1(text[i + 1]) is >= 0x80 and <= 0xBF;
        }

        return (pairs ? Twice(text) : null) ?? (controls ? WithoutControls(text) : text);
    }

    // Only when every character has a place in windows-1252 and the bytes are valid UTF-8, which text as it was meant never is.
    static string? Twice(string text)
    {
        var bytes = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            int b = Entities.ToC1(text[i]);
            if (b < 0)
            {
                return null;
            }

            bytes[i] = (byte)b;
        }

        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }

    static string WithoutControls(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (char)Entities.FromC1(source[i]);
        }
    });
}
