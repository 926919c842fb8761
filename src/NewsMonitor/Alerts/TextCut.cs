using System.Globalization;
using System.Text;

namespace NewsMonitor.Alerts;

/// <summary>Shortening that leaves whole words, and never half a character: no lone surrogate, no mark without its letter.</summary>
public static class TextCut
{
    public const string Ellipsis = "…";

    /// <summary>How far back from a hard limit a space is looked for; beyond it a script without spaces is assumed.</summary>
    const int LongestWord = 40;

    /// <summary>At most <paramref name="max"/> UTF-16 units, the ellipsis included.</summary>
    public static string OnWord(string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }
        var end = max < 1 ? 0 : EndAtOrBefore(text, max - Ellipsis.Length);
        return end == 0 && max < 1 ? "" : text[..end].TrimEnd() + Ellipsis;
    }

    /// <summary>At most <paramref name="max"/> bytes of UTF-8, the ellipsis included.</summary>
    public static string OnWordInBytes(string text, int max)
    {
        if (Encoding.UTF8.GetByteCount(text) <= max)
        {
            return text;
        }
        var budget = max - Encoding.UTF8.GetByteCount(Ellipsis);
        var units = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            budget -= rune.Utf8SequenceLength;
            if (budget < 0)
            {
                break;
            }
            units += rune.Utf16SequenceLength;
        }
        return units == 0 ? "" : text[..EndAtOrBefore(text, units)].TrimEnd() + Ellipsis;
    }

    /// <summary>The last good place to stop at or before <paramref name="at"/>: after a word, else after a whole character.</summary>
    /// <param name="notBefore">A word's end before this place is not good enough.</param>
    public static int EndAtOrBefore(string text, int at, int notBefore = 1)
    {
        if (at >= text.Length)
        {
            return text.Length;
        }
        for (var i = at; i >= Math.Max(notBefore, at - LongestWord); i--)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                return i;
            }
        }
        return WholeCharacterAtOrBefore(text, at);
    }

    /// <summary>The first good place to begin at or after <paramref name="at"/>, but not past <paramref name="latest"/>.</summary>
    public static int StartAtOrAfter(string text, int at, int latest)
    {
        if (at <= 0)
        {
            return 0;
        }
        for (var i = at; i <= Math.Min(latest, at + LongestWord); i++)
        {
            if (char.IsWhiteSpace(text[i - 1]))
            {
                return i;
            }
        }
        var whole = WholeCharacterAtOrBefore(text, at);
        return whole == at ? at : Math.Min(latest, whole + StringInfo.GetNextTextElementLength(text, whole));
    }

    static int WholeCharacterAtOrBefore(string text, int at)
    {
        // A cluster may be long (an emoji family, stacked marks), so elements are walked from a space or from far enough back. Whole books
        // are written without a space.
        var (from, farthest) = (Math.Max(0, at - 256), Math.Max(0, at - 4096));
        while (from > farthest && !char.IsWhiteSpace(text[from - 1]))
        {
            from--;
        }
        while (from < at)
        {
            var next = from + StringInfo.GetNextTextElementLength(text, from);
            if (next > at)
            {
                return from;
            }
            from = next;
        }
        return from;
    }
}
