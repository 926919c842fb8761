using System.Text;

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

    // UTF-8 that was taken for Latin-1 shows as pairs of Latin-1 characters; controls of the C1 range are windows-1252 in truth.
    static string Undo(string text)
    {
        bool pairs = false, controls = false, latin = true;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            controls |= c is >= '\u0080' and <= '\u009F';
            latin &= c <= '\u00FF';
            pairs |= c is >= '\u00C2' and <= '\u00F4' && i + 1 < text.Length && text[i + 1] is >= '\u0080' and <= '\u00BF';
        }

        if (pairs && latin)
        {
            var bytes = Encoding.Latin1.GetBytes(text);
            if (System.Text.Unicode.Utf8.IsValid(bytes))
            {
                return Encoding.UTF8.GetString(bytes);
            }
        }

        return controls ? string.Create(text.Length, text, static (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = (char)Entities.FromC1(source[i]);
            }
        }) : text;
    }
}
