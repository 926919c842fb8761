using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Deliveries;
using NewsMonitor.Outbound;
using NewsMonitor.Pages;
using NewsMonitor.Tests.House;
using TextEngine.WatchTerms;

namespace NewsMonitor.Tests.Pages;

/// <summary>Whole sentences of the service in Arabic: none is forgotten, none is left over, and what stands in them is kept.</summary>
public sealed partial class SentencesTests
{
    /// <summary>Refusals that only programs meet: of a command, of a key, of the Atom feed, of the samples.</summary>
    static readonly string[] NotForThePage =
        ["KeyCommand.cs", "ApiKeyAuthentication.cs", "AlertAtom.cs", "ProxyAuthentication.cs", "DedupInput.cs", "MatchInput.cs"];

    /// <summary>Sentences that are put together of parts, so that no literal holds them.</summary>
    static readonly string[] PutTogether =
    [
        "{0} (line {1}, byte {2})", "expected ) for the ( at line {0}, column {1}",
        "{0} is not a public address ({1}). To reach it, name it in Monitor__Outbound__AllowedHosts.",
        "{0} is at {1}, which is not a public address ({2}). To reach it, name it in Monitor__Outbound__AllowedHosts.", "unexpected {0}",
        "by hand",
    ];

    [Fact]
    public void EveryRefusalThatMayReachThePageIsThereInArabic() => None(Refusals().Where(said => Put(said) == said));

    [Fact]
    public void NoSentenceIsLeftOver()
    {
        var written = Literals("src/NewsMonitor", "src/TextEngine").Concat(NotThere()).ToHashSet();
        var left = from key in ArabicSentences.All.Keys.Except(PutTogether)
                   where !key.StartsWith("{0} answered {1}", StringComparison.Ordinal) && !written.Any(Same(key).IsMatch)
                   select key;
        None(left);
    }

    [Theory]
    [InlineData("line 2, column 13: the query ends here; expected a word, a \"phrase\" or (",
        "السطر 2، العمود 13: انتهى الاستعلام هنا؛ المتوقع كلمة أو \"عبارة\" أو قوس فاتح")]
    [InlineData("the recipient is disabled: by hand", "المستلم متوقف: يدويا")]
    [InlineData("the recipient is disabled: HTTP 410: Gone fishing", "المستلم متوقف: \u2068HTTP 410: Gone fishing\u2069")]
    [InlineData("HTTP 503: try later", "HTTP 503: try later")]
    [InlineData("line 1, column 1: a watch needs terms, a query, or both\nis missing.",
        "السطر 1، العمود 1: تحتاج المراقبة إلى مصطلحات أو استعلام أو كليهما\nلا بد منه.")]
    public void WhatStandsInASentenceIsKeptAndOthersWordsStayAsTheyCame(string said, string arabic) => Assert.Equal(arabic, Put(said));

    [Fact]
    public void WhatIsNotThereIsNamedInArabic()
    {
        Assert.Contains("There is no feed 7.", NotThere());
        Assert.DoesNotContain(NotThere(), said => Put(said).Any(char.IsAsciiLetter));
    }

    // The reason is the engine's; the texts around it are the reader's and stay as they are.
    [Fact]
    public void TheReasonOfACounterExampleIsPutIntoArabic()
    {
        var watch = new WatchDefinition
        {
            Id = "w", Name = "w", Terms = ["قاآني"], Examples = new([], ["زيارة لقاآني"]),
        };
        var wrong = Assert.Throws<WatchDefinitionException>(() => WatchSet.Compile([watch]));
        var said = Put(Assert.Single(wrong.Problems).Message);
        Assert.Contains("لقاآني", said, StringComparison.Ordinal);
        Assert.False(said.Any(char.IsAsciiLetter), said);
    }

    [Fact]
    public void NumbersStandInTheReadersDigitsAndEnglishStaysEnglish()
    {
        Assert.Equal("السطر ١٢، العمود ٣: لا بد منه.", Put("line 12, column 3: is missing.", "ar|light||arabic"));
        Assert.Equal("line 12, column 3: is missing.", Put("line 12, column 3: is missing.", "en|light||latin"));
    }

    [Theory]
    [InlineData("(a OR")]
    [InlineData("a)")]
    [InlineData("\"a")]
    [InlineData("a NEAR b")]
    [InlineData("a NEAR/0 b")]
    [InlineData("colour:red")]
    [InlineData("title:")]
    [InlineData("source:-")]
    [InlineData("NOT a")]
    [InlineData("x~")]
    [InlineData("x*")]
    [InlineData("…")]
    [InlineData("(a NOT b) NEAR/3 c")]
    public void AQueryIsRefusedInArabic(string query)
    {
        var watch = new WatchDefinition { Id = "w", Name = "w", Query = query };
        var wrong = Assert.Throws<WatchDefinitionException>(() => WatchSet.Compile([watch]));
        Assert.All(wrong.Problems, problem => Assert.NotEqual(problem.Message, Put(problem.Message)));
    }

    [Theory]
    [InlineData("ftp://a.example/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://printer.local/")]
    public void AnAddressIsRefusedInArabic(string url)
    {
        var said = new AddressGuard(AllowedHosts.None).Refuse(new Uri(url))!;
        Assert.NotEqual(said, Put(said));
    }

    [Fact]
    public void ARecipientIsRefusedInArabic()
    {
        var said = from kind in Enum.GetValues<RecipientKind>()
                   from target in new[] { "", "x", "https://user:pass@a.example/x y" }
                   from secrets in new string[][] { [], ["a b"], ["a", "b"] }
                   let settings = new RecipientSettings
                   {
                       QuietHours = "late", TimeZone = "Mars", Language = "?", GroupSeconds = -1, Escalate = new Escalation("X", 0),
                   }
                   let recipient = new RecipientDefinition
                   {
                       Id = "X", Kind = kind, Target = target, Secrets = secrets, Settings = settings,
                   }
                   from problem in recipient.Problems()
                   select problem.Message;
        Assert.DoesNotContain(said, text => Put(text) == text);
    }

    // One sentence with the name of the thing in it, which the code gives by itself.
    static IEnumerable<string> NotThere() =>
        from file in Sources("src/NewsMonitor")
        from thing in NotFound().Matches(File.ReadAllText(file))
        select $"There is no {thing.Groups[1].Value} 7.";

    static void None(IEnumerable<string> left) =>
        Assert.True(!left.Any(), string.Join('\n', left.Distinct().Order(StringComparer.Ordinal)));

    static string Put(string said, string wishes = "ar|light||latin")
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = $"{Reader.CookieName}={wishes}";
        return Sentences.In(new Reader(new HttpContextAccessor { HttpContext = http }, TimeProvider.System), said);
    }

    // What an endpoint, a query, a file or a check refuses, as it stands in the code, with "7" for what is put in.
    static IEnumerable<string> Refusals() =>
        from file in Sources("src/NewsMonitor", "src/TextEngine/WatchTerms")
        where !NotForThePage.Contains(Path.GetFileName(file)) && !file.Contains("Commands", StringComparison.Ordinal)
        let text = File.ReadAllText(file)
        from call in Call().Matches(text)
        from said in Texts(text[call.Index..], oneStatement: true).Where(IsSentence)
        select said;

    // Titles of problems and names have a word or two; what ends in a space is put together.
    static bool IsSentence(string text) =>
        Word().Count(text) > 2 && text.Contains(' ', StringComparison.Ordinal) && !text.EndsWith(' ')
        && text is not ("No feed found" or "Key used before") || text == "is missing.";

    static IEnumerable<string> Literals(params string[] folders) => Sources(folders).SelectMany(file => Texts(File.ReadAllText(file)));

    static IEnumerable<string> Sources(params string[] folders) =>
        from folder in folders
        from file in Directory.EnumerateFiles(Repository.Path(folder.Split('/')), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && Path.GetFileName(file) != "ArabicSentences.cs"
        select file;

    /// <summary>The string literals of a piece of code; those that "+" joins are one.</summary>
    static IEnumerable<string> Texts(string code, bool oneStatement = false)
    {
        var text = new StringBuilder();
        for (var i = 0; i < code.Length; i++)
        {
            if (oneStatement && code[i] == ';')
            {
                yield break;
            }

            if (code[i] != '"' || (i > 0 && code[i - 1] == '\''))
            {
                continue;
            }

            if (code.AsSpan(i).StartsWith("\"\"\"") && code.IndexOf("\"\"\"", i + 3, StringComparison.Ordinal) is var end and > 0)
            {
                yield return code[(i + 3)..end];
                i = end + 2;
                continue;
            }

            var interpolated = i > 0 && code[i - 1] == '$';
            for (i++; i < code.Length && code[i] != '"'; i++)
            {
                if (interpolated && code[i] == '{' && code[i + 1] != '{')
                {
                    i = Hole(code, i);
                    text.Append('7');
                }
                else
                {
                    i += code[i] == '\\' ? 1 : 0;
                    text.Append(code[i]);
                }
            }

            if (!Joined().IsMatch(code[Math.Min(code.Length, i + 1)..Math.Min(code.Length, i + 60)]))
            {
                yield return text.ToString();
                text.Clear();
            }
        }
    }

    /// <summary>Where the interpolation that begins here ends.</summary>
    static int Hole(string code, int start)
    {
        var (depth, quoted) = (0, false);
        for (var i = start; i < code.Length; i++)
        {
            quoted ^= code[i] == '"';
            depth += quoted ? 0 : code[i] switch { '{' or '(' or '[' => 1, '}' or ')' or ']' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return code.Length - 1;
    }

    static Regex Same(string key) => new("^" + Placeholder().Replace(Regex.Escape(key), ".+?") + "$", RegexOptions.Singleline);

    [GeneratedRegex(@"[eE]rrors\.Add\(|Problems\.(Invalid|Conflict|Of)\(|new (Watch|Opml)Problem\(|new (Query|Outbound)Exception\("
        + @"|(throw (Wrong|At)|Verdict\.(Dead|Retry))\(|yield return \(|return \(\[\],")]
    private static partial Regex Call();

    [GeneratedRegex("NotFound\\(\"([a-z ]+)\"")]
    private static partial Regex NotFound();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*\+\s*\$?""")]
    private static partial Regex Joined();

    [GeneratedRegex(@"\\\{\d}")]
    private static partial Regex Placeholder();
}
