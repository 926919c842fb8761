using System.Text;

namespace FeedParser.Encodings;

/// <summary>
/// Encodings by the labels that feeds and servers use, with the meaning that browsers give them (WHATWG Encoding Standard).
/// </summary>
static class EncodingNames
{
    static readonly Dictionary<string, int> CodePages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["us-ascii"] = 1252, ["ascii"] = 1252, ["iso-8859-1"] = 1252, ["iso8859-1"] = 1252, ["latin1"] = 1252, ["latin-1"] = 1252,
        ["l1"] = 1252, ["iso_8859-1"] = 1252, ["iso-8859-9"] = 1254, ["latin5"] = 1254, ["iso-8859-11"] = 874, ["tis-620"] = 874,
        ["gb2312"] = 54936, ["gbk"] = 54936, ["gb_2312-80"] = 54936, ["gb18030"] = 54936, ["gb18030-2000"] = 54936, ["euc-cn"] = 54936,
        ["x-gbk"] = 54936,
        ["hz-gb-2312"] = 52936, ["hz"] = 52936, ["big5"] = 950, ["big5-hkscs"] = 950, ["big5hkscs"] = 950, ["cp950"] = 950,
        ["shift_jis"] = 932, ["shift-jis"] = 932, ["sjis"] = 932, ["x-sjis"] = 932, ["ms_kanji"] = 932, ["windows-31j"] = 932,
        ["euc-jp"] = 51932, ["x-euc-jp"] = 51932, ["iso-2022-jp"] = 50220, ["euc-kr"] = 949, ["ks_c_5601-1987"] = 949, ["ksc5601"] = 949,
        ["uhc"] = 949, ["iso-2022-kr"] = 50225, ["johab"] = 1361, ["iso-8859-8-i"] = 28598, ["iso-8859-6-i"] = 28596,
        ["mac"] = 10000, ["macintosh"] = 10000, ["x-mac-roman"] = 10000, ["mac-cyrillic"] = 10007, ["mac-greek"] = 10006,
        ["mac-turkish"] = 10081, ["mac-iceland"] = 10079, ["mac-latin2"] = 10029, ["mac-roman"] = 10000, ["koi8-u"] = 21866,
        ["utf8"] = 65001, ["u8"] = 65001, ["unicode-1-1-utf-8"] = 65001, ["ucs-4"] = 12001, ["iso-10646-ucs-4"] = 12001, ["csucs4"] = 12001,
        ["csunicode"] = 1200, ["maccyrillic"] = 10007, ["macgreek"] = 10006, ["macroman"] = 10000, ["macturkish"] = 10081,
        ["maclatin2"] = 10029,
        ["shift-jis-2004"] = 932, ["shift-jisx0213"] = 932, ["euc-jis-2004"] = 51932, ["euc-jisx0213"] = 51932, ["iso2022-jp"] = 50220,
        ["iso2022-kr"] = 50225,
        ["ebcdic-cp-us"] = 37, ["ebcdic-cp-ca"] = 37, ["cp500"] = 500, ["cp1026"] = 1026,
    };

    static readonly HashSet<int> Available = [];

    static EncodingNames()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Available.UnionWith(CodePagesEncodingProvider.Instance.GetEncodings().Select(e => e.CodePage));
    }

    /// <summary>The encoding, or null for a label that nobody knows.</summary>
    public static Encoding? Find(string? label)
    {
        label = label?.Trim(' ', '"', '\'', '\t', '\r', '\n');
        if (string.IsNullOrEmpty(label) || label.Length > 40)
        {
            return null;
        }

        var plain = label.Replace('_', '-');
        if (CodePages.TryGetValue(label, out int page) || CodePages.TryGetValue(plain, out page))
        {
            return Page(page);
        }

        // What later editions of the Japanese encodings add is beyond what the framework knows; the rest is the same.
        if (plain.StartsWith("iso-2022-jp-", StringComparison.OrdinalIgnoreCase)
            || plain.StartsWith("iso2022-jp-", StringComparison.OrdinalIgnoreCase))
        {
            return Page(50220);
        }

        return TableEncoding.Find(plain) ?? OfNumber(plain) ?? Known(label) ?? Known(plain)
            ?? (plain.StartsWith("iso8859", StringComparison.OrdinalIgnoreCase) ? Find(plain.Insert(3, "-")) : null);
    }

    public static Encoding Page(int page) => Encoding.GetEncoding(page);

    // "cp1251", "windows1251", "win-1251", "1251": the code page by its number; EBCDIC pages have theirs above 20000.
    static Encoding? OfNumber(string label)
    {
        var number = label.AsSpan().TrimStart("cpwindosbmCPWINDOSBM-");
        return number.Length is >= 2 and <= 5 && int.TryParse(number, System.Globalization.NumberStyles.None, null, out int page)
            && page is >= 37 and < 65000
            ? Available.Contains(page) ? Page(page) : Available.Contains(page + 20000) ? Page(page + 20000) : null
            : null;
    }

    // UTF-7 is a way to smuggle markup past filters; no feed is in it.
    static Encoding? Known(string label) => label.Equals("utf-7", StringComparison.OrdinalIgnoreCase) ? null : Named(label);

    static Encoding? Named(string label)
    {
        try
        {
            return Encoding.GetEncoding(label);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // The framework has no way to ask first.
            return null;
        }
    }
}
