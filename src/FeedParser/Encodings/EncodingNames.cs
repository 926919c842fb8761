using System.Text;

namespace FeedParser.Encodings;

/// <summary>Encodings by the labels that feeds and servers use, with the meaning that browsers give them (WHATWG Encoding Standard).</summary>
static class EncodingNames
{
    static readonly Dictionary<string, int> CodePages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["us-ascii"] = 1252, ["ascii"] = 1252, ["iso-8859-1"] = 1252, ["iso8859-1"] = 1252, ["latin1"] = 1252, ["latin-1"] = 1252,
        ["l1"] = 1252, ["iso_8859-1"] = 1252, ["iso-8859-9"] = 1254, ["latin5"] = 1254, ["iso-8859-11"] = 874, ["tis-620"] = 874,
        ["gb2312"] = 54936, ["gbk"] = 54936, ["gb_2312-80"] = 54936, ["gb18030"] = 54936, ["gb18030-2000"] = 54936, ["euc-cn"] = 54936, ["x-gbk"] = 54936,
        ["hz-gb-2312"] = 52936, ["hz"] = 52936, ["big5"] = 950, ["big5-hkscs"] = 950, ["big5hkscs"] = 950, ["cp950"] = 950,
        ["shift_jis"] = 932, ["shift-jis"] = 932, ["sjis"] = 932, ["x-sjis"] = 932, ["ms_kanji"] = 932, ["windows-31j"] = 932,
        ["euc-jp"] = 51932, ["x-euc-jp"] = 51932, ["iso-2022-jp"] = 50220, ["euc-kr"] = 949, ["ks_c_5601-1987"] = 949, ["ksc5601"] = 949,
        ["uhc"] = 949, ["iso-2022-kr"] = 50225, ["johab"] = 1361, ["iso-8859-8-i"] = 28598, ["iso-8859-6-i"] = 28596,
        ["mac"] = 10000, ["macintosh"] = 10000, ["x-mac-roman"] = 10000, ["mac-cyrillic"] = 10007, ["mac-greek"] = 10006,
        ["mac-turkish"] = 10081, ["mac-iceland"] = 10079, ["mac-latin2"] = 10029, ["mac-roman"] = 10000, ["koi8-u"] = 21866,
        ["ebcdic-cp-us"] = 37, ["ebcdic-cp-ca"] = 37, ["cp500"] = 500, ["cp1026"] = 1026, ["ptcp154"] = 0,
    };

    static EncodingNames() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding, or null for a label that nobody knows.</summary>
    public static Encoding? Find(string? label)
    {
        label = label?.Trim(' ', '"', '\'', '\t', '\r', '\n');
        if (string.IsNullOrEmpty(label) || label.Length > 40)
        {
            return null;
        }

        if (CodePages.TryGetValue(label, out int page) || CodePages.TryGetValue(label.Replace('_', '-'), out page))
        {
            return page == 0 ? null : Page(page);
        }

        if (label.StartsWith("cp", StringComparison.OrdinalIgnoreCase) && int.TryParse(label.AsSpan(2), out page))
        {
            return Page(page);
        }

        // UTF-7 is a way to smuggle markup past filters; no feed is in it.
        return label.Equals("utf-7", StringComparison.OrdinalIgnoreCase) ? null : Named(label) ?? Named(label.Replace('_', '-'));
    }

    public static Encoding Page(int page) => Encoding.GetEncoding(page) is { } known ? known : Encoding.UTF8;

    static Encoding? Named(string label)
    {
        try
        {
            return Encoding.GetEncoding(label);
        }
        catch (ArgumentException)
        {
            // The framework has no way to ask first.
            return null;
        }
    }
}
