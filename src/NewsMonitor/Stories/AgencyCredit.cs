using NewsMonitor.Articles;
using TextEngine.Normalisation;

namespace NewsMonitor.Stories;

/// <summary>
/// Whose text an article is. Newsrooms that print an agency's text credit it in the dateline or after the last sentence; ten of them are
/// one source that was seen ten times.
/// </summary>
static class AgencyCredit
{
    const int DatelineWords = 10, CreditWords = 6;

    static readonly Dictionary<string, string> Agencies = new[]
    {
        "reuters: reuters رويترز رویترز", "afp: afp ا.ف.ب", "ap: ap", "anadolu: anadolu الأناضول", "xinhua: xinhua شينخوا شینهوا",
        "tass: tass تاس", "ina: واع", "spa: واس", "wam: وام", "kuna: كونا", "petra: بترا", "sana: سانا sana",
        "irna: irna إرنا ايرنا ایرنا", "isna: isna ایسنا إيسنا",
        "tasnim: تسنیم tasnim", "mehr: مهرنیوز", "dpa: dpa", "efe: efe", "ansa: ansa", "upi: upi", "sputnik: سبوتنيك sputnik",
    }.SelectMany(line => line[(line.IndexOf(':') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => (Word: Fold(word), Name: line[..line.IndexOf(':')])))
        .DistinctBy(a => a.Word).ToDictionary(a => a.Word, a => a.Name);

    static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Names =
        Agencies.GetAlternateLookup<ReadOnlySpan<char>>();

    [ThreadStatic]
    static WordReader? _reader;

    /// <summary>The agency that the article credits, or the newsroom's host.</summary>
    public static string OriginOf(Article article) => Of(article.Text) ?? article.SourceHost;

    static string? Of(string text)
    {
        var reader = _reader ??= new WordReader();
        reader.Read(Edges(text));
        var words = reader.Words;
        for (var i = 0; i < words.Length; i++)
        {
            if (i >= DatelineWords && i < words.Length - CreditWords)
            {
                continue;
            }

            // A credit stands by itself: in brackets, or between the place and a dash. In a sentence the name is only mentioned.
            if (Names.TryGetValue(reader.LettersOf(words[i]), out var agency) && StandsAlone(words, i))
            {
                return agency;
            }
        }

        return null;
    }

    static bool StandsAlone(ReadOnlySpan<Word> words, int i)
    {
        const WordGap Signs = WordGap.Quote | WordGap.Break | WordGap.Line | WordGap.Stop;
        var before = i == 0 || (words[i].Gap & Signs) != 0;
        var after = i == words.Length - 1 || (words[i + 1].Gap & Signs) != 0;
        return before && after;
    }

    // Only the edges are read: a text may be long, and its middle holds no credit.
    static string Edges(string text) => text.Length <= 400 ? text : text[..200] + "\n…\n" + text[^120..];

    static string Fold(string word)
    {
        var reader = new WordReader();
        reader.Read(word);
        return new string(reader.Letters);
    }
}
