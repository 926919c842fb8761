using System.Text;
using System.Text.RegularExpressions;

namespace FeedParser.Json;

/// <summary>
/// The escapes of a JSON string (RFC 8259, 7), read leniently: half of a surrogate pair is left out, where other readers refuse the whole.
/// </summary>
static class Escapes
{
    // What has no form in UTF-8 is dropped.
    static readonly Encoding Lenient = Encoding.GetEncoding("utf-8", new EncoderReplacementFallback(""), DecoderFallback.ExceptionFallback);

    /// <param name="raw">What stands between the quotes of a well-formed string; regular expressions have all its escapes.</param>
    public static string Read(string raw) => Lenient.GetString(Lenient.GetBytes(Regex.Unescape(raw)));
}
