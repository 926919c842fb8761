using System.Globalization;
using System.Text;

namespace FeedParser.Json;

/// <summary>
/// The escapes of a JSON string (RFC 8259, 7), read leniently: half of a surrogate pair is left out, where other readers refuse the whole.
/// </summary>
static class Escapes
{
    /// <param name="raw">What stands between the quotes of a well-formed string.</param>
    public static string Read(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            char escaped = raw[++i];
            if (escaped == 'u')
            {
                text.Append((char)ushort.Parse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }

            text.Append(escaped switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => escaped });
        }

        for (int i = text.Length - 1; i >= 0; i--)
        {
            if (char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]))
            {
                i--;
            }
            else if (char.IsSurrogate(text[i]))
            {
                text.Remove(i, 1);
            }
        }

        return text.ToString();
    }
}
