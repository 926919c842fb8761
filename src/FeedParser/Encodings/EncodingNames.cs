using System.Text;
using System.Text.RegularExpressions;

namespace FeedParser.Encodings;

/// <summary>
/// Encodings by the labels that feeds and servers use, with the meaning that browsers give them (WHATWG Encoding Standard), compared as
/// Unicode Technical Standard 22 section 1.4 has it: letters and digits count, case and punctuation do not.
/// </summary>
static partial class EncodingNames
{
    // ISO 8859-7 has had the euro sign since 2003; the framework's table is of 1987.
    const int Greek = 28597;

    const int Big5 = 950;

    static readonly Dictionary<string, int> CodePages = new(StringComparer.Ordinal)
    {
        ["usascii"] = 1252, ["ascii"] = 1252, ["latin1"] = 1252, ["l1"] = 1252, ["latin"] = 1252, ["iso8859"] = 1252, ["latin5"] = 1254,
        ["latin7"] = 28603, ["l7"] = 28603, ["iso885911"] = 874, ["tis620"] = 874, ["thai"] = 874, ["isoir166"] = 874,
        ["elot928"] = Greek, ["ecma118"] = Greek, ["greek8"] = Greek,
        ["gb2312"] = 54936, ["gbk"] = 54936, ["gb231280"] = 54936, ["gb23121980"] = 54936, ["gb18030"] = 54936, ["gb180302000"] = 54936,
        ["euccn"] = 54936, ["eucgb2312cn"] = 54936, ["xgbk"] = 54936, ["hzgb2312"] = 52936, ["hzgb"] = 52936, ["hz"] = 52936,
        ["big5"] = Big5, ["big5hkscs"] = Big5, ["hkscs"] = Big5, ["cp950"] = Big5, ["ms950"] = Big5, ["big5tw"] = Big5, ["xxbig5"] = Big5,
        ["cnbig5"] = Big5, ["csbig5"] = Big5,
        ["shiftjis"] = 932, ["sjis"] = 932, ["xsjis"] = 932, ["mskanji"] = 932, ["windows31j"] = 932, ["csshiftjis"] = 932, ["ms932"] = 932,
        ["eucjp"] = 51932, ["xeucjp"] = 51932, ["ujis"] = 51932, ["cseucpkdfmtjapanese"] = 51932,
        ["iso2022jp"] = 50220, ["csiso2022jp"] = 50220, ["iso2022kr"] = 50225,
        ["euckr"] = 949, ["ksc56011987"] = 949, ["ksc56011989"] = 949, ["ksc5601"] = 949, ["ksx1001"] = 949, ["uhc"] = 949,
        ["korean"] = 949, ["johab"] = 1361, ["iso88598i"] = 28598, ["csiso88598i"] = 28598, ["logical"] = 28598, ["iso88596i"] = 28596,
        ["mac"] = 10000, ["macintosh"] = 10000, ["xmacroman"] = 10000, ["macroman"] = 10000, ["macgreek"] = 10006, ["maccyrillic"] = 10007,
        ["xmacukrainian"] = 10017, ["maccentraleurope"] = 10029, ["maccenteuro"] = 10029, ["maclatin2"] = 10029, ["maciceland"] = 10079,
        ["macturkish"] = 10081, ["koi8u"] = 21866, ["koi8ru"] = 21866,
        ["utf8"] = 65001, ["u8"] = 65001, ["unicode11utf8"] = 65001, ["unicode20utf8"] = 65001, ["xunicode20utf8"] = 65001,
        ["ucs4"] = 12001, ["iso10646ucs4"] = 12001, ["csucs4"] = 12001, ["csunicode"] = 1200,
        ["cspc775baltic"] = 775, ["cspc850multilingual"] = 850, ["cspc862latinhebrew"] = 862, ["cpgr"] = 869, ["cpis"] = 861,
        ["ebcdiccpus"] = 37, ["ebcdiccpca"] = 37, ["cp500"] = 500, ["cp1026"] = 1026,
    };

    // What later editions of the Japanese encodings add is beyond what the framework knows; the rest is the same.
    static readonly (string Prefix, int Page)[] Editions =
    [
        ("iso2022jp", 50220), ("shiftjis", 932), ("sjis", 932), ("eucjis", 51932), ("jisx0213", 51932), ("tis620", 874),
    ];

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

        var key = Key(label);
        if (CodePages.TryGetValue(key, out int page))
        {
            return Page(page);
        }

        foreach (var (prefix, edition) in Editions)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                return Page(edition);
            }
        }

        if (Iso8859().Match(label) is { Success: true } part)
        {
            return OfPart(int.Parse(part.Groups[1].ValueSpan));
        }

        var hyphened = label.Replace('_', '-');
        var found = TableEncoding.Find(key) ?? OfNumber(hyphened) ?? Known(key, label) ?? Known(key, hyphened);
        return found?.CodePage is Greek or Big5 ? Page(found.CodePage) : found;
    }

    public static Encoding Page(int page) => page switch
    {
        Greek => TableEncoding.Find("iso88597")!,
        Big5 => new Big5Encoding(),
        _ => Encoding.GetEncoding(page),
    };

    static string Key(string label) =>
        string.Create(label.Count(char.IsAsciiLetterOrDigit), label, static (target, source) =>
        {
            int used = 0;
            foreach (char c in source)
            {
                if (char.IsAsciiLetterOrDigit(c))
                {
                    target[used++] = char.ToLowerInvariant(c);
                }
            }
        });

    // "iso8859-5", "ISO_8859-5:1988", "iso-8859_5".
    [GeneratedRegex(@"^iso[-_ ]?8859[-_ ]?(1?[0-9])([-_:](19|20)[0-9][0-9])?$", RegexOptions.IgnoreCase)]
    private static partial Regex Iso8859();

    static Encoding? OfPart(int part) => part switch
    {
        1 => Page(1252),
        9 => Page(1254),
        11 => Page(874),
        10 or 14 or 16 => TableEncoding.Find($"iso8859{part}"),
        >= 2 and <= 8 or 13 or 15 => Page(28590 + part),
        _ => null,
    };

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
    static Encoding? Known(string key, string label) => key == "utf7" ? null : Named(label);

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
