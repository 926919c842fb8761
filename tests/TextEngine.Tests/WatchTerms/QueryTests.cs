using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

public class QueryTests
{
    static IReadOnlyList<WatchHit> Match(string query, string text, string? title = null, string? source = null, string? language = null) =>
        WatchSet.Compile([new WatchDefinition { Id = "w", Query = query }]).Match(new ArticleText(title, text, source, language));

    [Theory]
    [InlineData("قاآني بغداد", "قاآني في بغداد", true)]
    [InlineData("قاآني بغداد", "قاآني في دمشق", false)]
    [InlineData("قاآني AND بغداد", "وصل إلى بغداد قآني", true)]
    [InlineData("قاآني OR سليماني", "سليماني في بغداد", true)]
    [InlineData("قاآني NOT بغداد", "قاآني في دمشق", true)]
    [InlineData("قاآني NOT بغداد", "قاآني في بغداد", false)]
    [InlineData("قاآني AND NOT (بغداد OR دمشق)", "قاآني في دمشق", false)]
    [InlineData("a OR b c", "a", true)]
    [InlineData("a OR b c", "b", false)]
    [InlineData("(a OR b) c", "b c", true)]
    [InlineData("\"قائد فيلق القدس\"", "وقائد فيلق القدس", true)]
    [InlineData("\"قائد فيلق القدس\"", "قائد من فيلق القدس", false)]
    [InlineData("«فيلق القدس»", "فيلق القدس", true)]
    [InlineData("a NEAR/2 b", "a x b", true)]
    [InlineData("a NEAR/2 b", "b x a", true)]
    [InlineData("a NEAR/2 b", "a x x b", false)]
    [InlineData("a NEAR/2 (b OR c)", "a x c", true)]
    [InlineData("a NEAR/2 b NEAR/2 c", "a b c", true)]
    [InlineData("a NEAR/2 b NEAR/2 c", "a b x x c", false)]
    [InlineData("\"one two\" NEAR/3 three", "one two x x three", true)]
    [InlineData("\"a b c\"~2", "c a b", true)]
    [InlineData("\"a b\"~3", "b x x a", true)]
    [InlineData("\"a b\"~3", "b x x x a", false)]
    [InlineData("bagh*", "Baghdad", true)]
    [InlineData("bagh*", "bag", false)]
    [InlineData("عراق*", "والعراقيون", true)]
    [InlineData("baghdad~", "bagdad", true)]
    [InlineData("baghdad~", "bahgdad", true)]
    [InlineData("baghdad~", "bahdad", true)]
    [InlineData("baghdad~", "bgdad", false)]
    [InlineData("=Quds", "Quds", true)]
    [InlineData("=Quds", "quds", false)]
    [InlineData("=قاآني", "قآني", false)]
    [InlineData("=قاآني", "لقاآني", false)]
    [InlineData("I.R.G.C.", "the IRGC", true)]
    [InlineData("x \"y", "", null)]
    public void TheLanguageMeansWhatItSays(string query, string text, bool? fires)
    {
        if (fires is { } expected)
        {
            Assert.Equal(expected, Match(query, text).Count > 0);
        }
        else
        {
            Assert.Throws<WatchDefinitionException>(() => Match(query, text));
        }
    }

    [Fact]
    public void FieldsAreTitleSourceAndLanguage()
    {
        Assert.NotEmpty(Match("title:رياضة", "نص", "أخبار الرياضة"));
        Assert.Empty(Match("title:رياضة", "رياضة", "أخبار"));
        Assert.NotEmpty(Match("title:(a OR b)", "x", "b"));
        Assert.NotEmpty(Match("قاآني source:reuters.com", "قاآني", null, "www.reuters.com"));
        Assert.NotEmpty(Match("قاآني source:\"BBC Arabic\"", "قاآني", null, "BBC Arabic"));
        Assert.Empty(Match("قاآني source:bbc", "قاآني", null, "Reuters"));
        Assert.NotEmpty(Match("قاآني lang:ar", "قاآني", null, null, "ar-IQ"));
        Assert.Empty(Match("قاآني lang:ar", "قاآني", null, null, "fa"));
        Assert.Empty(Match("قاآني lang:ar", "قاآني"));
    }

    [Fact]
    public void TheContractsExampleReadsAsMeant()
    {
        const string query = "(قاآني OR Qaani) NEAR/30 (بغداد OR Baghdad) NOT title:رياضة";
        Assert.Equal(["قاآني", "بغداد"], Match(query, "وصل قاآني إلى بغداد").Select(hit => hit.Surface));
        Assert.Empty(Match(query, "وصل قاآني إلى بغداد", "أخبار الرياضة"));
        Assert.Empty(Match(query, "وصل قاآني إلى دمشق"));
    }

    [Fact]
    public void NearNeverJoinsTheTitleWithTheText() => Assert.Empty(Match("a NEAR/5 b", "b", "a"));

    [Theory]
    [InlineData("", 1, 1, "a watch needs terms, a query, or both")]
    [InlineData("(a OR b", 1, 8, "expected ) for the ( at line 1, column 1")]
    [InlineData("a OR", 1, 5, "the query ends here; expected a word")]
    [InlineData("a )", 1, 3, "closes nothing")]
    [InlineData("a AND OR b", 1, 7, "expected a word")]
    [InlineData("a\nAND \"b", 2, 5, "never closed")]
    [InlineData("a NEAR b", 1, 3, "expected NEAR/ and a number")]
    [InlineData("a NEAR/x b", 1, 3, "expected NEAR/ and a number")]
    [InlineData("a NEAR/0 b", 1, 3, "from 1 to 1000")]
    [InlineData("a NEAR/3 (b c)", 1, 10, "NEAR/n joins words")]
    [InlineData("NOT a", 1, 1, "holds for articles without any of its words")]
    [InlineData("a OR NOT b", 1, 1, "holds for articles without any of its words")]
    [InlineData("lang:ar", 1, 1, "holds for articles without any of its words")]
    [InlineData("source:x", 1, 1, "source:, lang: and NOT only narrow a query")]
    [InlineData("author:x", 1, 1, "author: is no field; expected title:, source: or lang:")]
    [InlineData("x lang:!", 1, 8, "is no language; expected a code such as ar")]
    [InlineData("a !!!", 1, 3, "expected a word with a letter or digit, found !!!")]
    [InlineData("ab~", 1, 1, "three letters or more")]
    [InlineData("a*", 1, 1, "two letters or more")]
    [InlineData("\"a\"~3", 1, 1, "needs two words or more")]
    [InlineData("\"a b\"~", 1, 1, "a number of words from 1 to 1000")]
    public void AMistakeIsToldWithItsPlaceAndWhatWasExpected(string query, int line, int column, string message)
    {
        var wrong = Assert.Throws<WatchDefinitionException>(() => Match(query, "x"));
        var problem = Assert.Single(wrong.Problems);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (problem.Line, problem.Column));
    }

    [Fact]
    public void BracketsThatNestTooDeepAreRefusedRatherThanRead()
    {
        var query = new string('(', 10_000) + "a" + new string(')', 10_000);
        Assert.Throws<WatchDefinitionException>(() => Match(query, "a"));
        Assert.Throws<WatchDefinitionException>(() => Match(string.Concat(Enumerable.Repeat("NOT ", 10_000)) + "a", "a"));
    }
}
