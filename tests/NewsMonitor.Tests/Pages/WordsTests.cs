using System.Text.RegularExpressions;
using NewsMonitor.Alerts;
using NewsMonitor.Deliveries;
using NewsMonitor.Feeds;
using NewsMonitor.Pages;
using NewsMonitor.Tests.House;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Pages;

/// <summary>The interface in two languages: no text is forgotten, and numbers stand with the right form of their noun.</summary>
public sealed partial class WordsTests
{
    [Fact]
    public void EveryTextOfThePageIsThereInArabic() => Assert.Empty(
        Written().Concat(Named()).Distinct().Where(key => !Words.Named.ContainsKey(key) && !Words.Arabic.ContainsKey(key)).Order());

    [Fact]
    public void NoArabicTextIsLeftOver() => Assert.Empty(
        Words.Arabic.Keys.Except(Written()).Except(Named()).Except(EngineReasons()).Order());

    [Fact]
    public void EveryReasonOfTheEngineIsThereInArabic() => Assert.Empty(EngineReasons().Except(Words.Arabic.Keys));

    [Fact]
    public void PlaceholdersAreTheSameInBothLanguages() => Assert.Empty(
        from pair in Words.Arabic
        where !Placeholders(pair.Key).SetEquals(Placeholders(pair.Value))
        select pair.Key);

    // A counted noun has another form after 3, 11 and 100, so a number that is put in stands before no noun.
    [Fact]
    public void NoNumberThatIsPutInStandsBeforeANounThatWouldHaveToAgree() => Assert.Empty(
        from pair in Words.Arabic.Concat(ArabicSentences.All)
        from counted in CountedNoun().Matches(pair.Key)
        where Regex.IsMatch(pair.Value, $@"\{{{counted.Groups[1].Value}\}} \p{{IsArabic}}{{2,}}")
        select pair.Value);

    // The same thing has one name in both tables, and vowel signs stand nowhere.
    [Fact]
    public void ASentenceOfBothTablesReadsTheSame() => Assert.Empty(
        from pair in Words.Arabic
        where ArabicSentences.All.TryGetValue(pair.Key, out var other) && other != pair.Value
        select pair.Key);

    [Fact]
    public void NoArabicTextHasVowelSigns() => Assert.DoesNotContain(
        Words.Arabic.Values.Concat(ArabicSentences.All.Values).Concat(Words.Named.Values.Select(both => both.Arabic)),
        text => VowelSign().IsMatch(text));

    [Theory]
    [InlineData(1, "1 article", "مقال واحد")]
    [InlineData(2, "2 articles", "مقالان")]
    [InlineData(3, "3 articles", "3 مقالات")]
    [InlineData(10, "10 articles", "10 مقالات")]
    [InlineData(11, "11 articles", "11 مقالا")]
    [InlineData(99, "99 articles", "99 مقالا")]
    [InlineData(100, "100 articles", "100 مقال")]
    [InlineData(103, "103 articles", "103 مقالات")]
    [InlineData(0, "0 articles", "0 مقال")]
    public void ANumberStandsWithTheRightFormOfItsNoun(long count, string english, string arabic)
    {
        Assert.Equal(english, string.Format(null, Words.Counted(false, "article", count), count));
        Assert.Equal(arabic, string.Format(null, Words.Counted(true, "article", count), count));
    }

    // What the pages ask for: Reader["…"], Reader.Format("…"), and both sides of conditions inside the brackets.
    static IEnumerable<string> Written() =>
        from file in Directory.EnumerateFiles(Repository.Path("src", "NewsMonitor", "Pages"), "*.*", SearchOption.TopDirectoryOnly)
        where Path.GetExtension(file) is ".razor" or ".cs" && !Path.GetFileName(file).StartsWith("Words", StringComparison.Ordinal)
        let text = File.ReadAllText(file)
        from use in Use().Matches(text).Concat(Table().Matches(text)).Select(m => m.Groups["inside"].Value)
        from literal in Literal().Matches(use)
        let key = Regex.Unescape(literal.Groups["text"].Value)
        where key.Length > 0 && !Prefixes.Contains(key) && !Words.Nouns.ContainsKey(key)
            && !key.StartsWith("alert.", StringComparison.Ordinal)
        select key;

    static readonly string[] Prefixes =
        ["to:", "did:", "kind:", "route:", "state:", "theme:", "why:", "fault:", "refused:", "by:", "script:"];

    // Values of enums that are shown by their names.
    static IEnumerable<string> Named() =>
    [
        .. Enum.GetNames<AlertStatus>(), .. Enum.GetNames<Severity>(), .. Enum.GetNames<FeedState>(), .. Enum.GetNames<FetchResult>(),
        .. Enum.GetNames<DeliveryStatus>(), .. Enum.GetNames<DeliveryMode>(), .. Enum.GetNames<AlertStatus>().Select(s => "to:" + s),
        .. Enum.GetNames<AlertChange>().Select(c => "did:" + c), .. Enum.GetNames<RecipientKind>().Select(k => "kind:" + k),
        .. Enum.GetNames<RouteDecision>().Select(d => "route:" + d), .. Enum.GetNames<FeedState>().Where(s => s != "Healthy")
        .Select(s => "state:" + s),
        .. Enum.GetNames<LookReason>().Select(r => "why:" + r), .. Enum.GetNames<FeedFault>().Select(f => "fault:" + f),
        .. ScriptNames().Select(s => "script:" + s),
        "alert.raised", "alert.updated", "digest", "test", "notice", "Name", "Severity", "Terms", "Query", "Context", "Except",
        "Who is told",
    ];

    // The parts that the engine makes its reasons of, read where it writes them.
    static IEnumerable<string> EngineReasons()
    {
        var folder = Repository.Path("src", "TextEngine", "WatchTerms");
        var reasons = ReasonPart().Matches(File.ReadAllText(Path.Combine(folder, "Reasons.cs"))).Select(m => m.Groups[1].Value);
        var explanations = Literal().Matches(File.ReadAllText(Path.Combine(folder, "Explanation.cs"))).Select(m => m.Groups["text"].Value)
            .Where(text => text.Contains(' ', StringComparison.Ordinal) && !text.Contains('{', StringComparison.Ordinal)
                && char.IsAsciiLetter(text[0]));
        return reasons.Concat(explanations).SelectMany(r => r.Split("; ")).Where(r => r != "proclitic ").Distinct();
    }

    // The scripts that the engine tells apart, read where it names them.
    static IEnumerable<string> ScriptNames() =>
        from line in File.ReadAllText(Repository.Path("src", "TextEngine", "WatchTerms", "Script.cs")).Split("enum Script", 2)[1]
            .Split('{', '}')[1].Split(',')
        where line.Trim() is not ("" or "Other")
        select line.Trim();

    static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Value)];

    [GeneratedRegex("""[Rr]eader(\.Format\(|\[)(?<inside>(?:[^"\]\)]|"(?:[^"\\]|\\.)*")*)""")]
    private static partial Regex Use();

    [GeneratedRegex("""\("(?:[^"\\]|\\.)+", (?<inside>"(?:[^"\\]|\\.)+")\)[,\s]""")]
    private static partial Regex Table();

    [GeneratedRegex("""
        "(?<text>(?:[^"\\]|\\.)*)"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Literal();

    [GeneratedRegex("""(?:WordTraits\.\w+,|Append\(why,|\?|:|return)\s"([a-z][^"]+)(?=")""")]
    private static partial Regex ReasonPart();

    [GeneratedRegex(@"\{(\d)\} (?:\w+ )?(?:characters|entries|values|ids|words|times|days|addresses|articles|alerts|stories)\b")]
    private static partial Regex CountedNoun();

    [GeneratedRegex("[\u064B-\u0652]")]
    private static partial Regex VowelSign();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}
