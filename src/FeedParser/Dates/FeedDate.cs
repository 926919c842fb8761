using System.Text;

namespace FeedParser.Dates;

/// <summary>
/// Reads the dates of feeds: RFC 822 (RSS), RFC 3339 and W3C-DTF (Atom, Dublin Core), and what is written instead of them. What cannot
/// be read is null, never a guess.
/// </summary>
static class FeedDate
{
    // No date is longer; what is longer is text that happens to stand in a date's place.
    const int Longest = 160;

    /// <summary>The moment in UTC, or null.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest)
        {
            return null;
        }

        var clean = text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text.Trim() : Clean(text);
        return Iso8601.Parse(clean) ?? WordyDate.Parse(clean);
    }

    // Digits of every script become ASCII, white space single, marks of direction go.
    static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (char c in text.Trim())
        {
            if (c is (>= '\u0660' and <= '\u0669') or (>= '\u06F0' and <= '\u06F9'))
            {
                clean.Append((char)('0' + (c & 15)));
            }
            else if (char.IsWhiteSpace(c))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (c is >= '\uFF10' and <= '\uFF19')
            {
                clean.Append((char)(c - '\uFF10' + '0'));
            }
            else if (c is not ('\u200E' or '\u200F' or '\u061C' or '\u200B' or '\uFEFF' or (>= '\u202A' and <= '\u202E')))
            {
                clean.Append(c == '\u2212' ? '-' : c);
            }
        }

        return clean.ToString();
    }
}
