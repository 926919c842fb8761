using System.Text;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Watches;

public class MatchOutputTests
{
    [Fact]
    public void EveryDocumentIsOneJsonObjectAndArabicStaysReadable() => Assert.Equal(
        """
        {"id":"a","hits":[{"watch":"w","term":"قاآني","field":"title","start":6,"length":6,"surface":"لقاآني","why":"proclitic ل"}]}
        {"id":7,"hits":[]}

        """.ReplaceLineEndings("\n"),
        Match("""
            {"id":"a","title":"زيارة لقاآني","text":""}

            {"id":7,"text":"لقاء"}
            """).Output);

    [Fact]
    public void ALineThatCannotBeReadIsToldAndTheOthersGoOn()
    {
        var (output, errors) = Match("{\n{\"id\":\"b\"}\n{\"id\":\"c\",\"text\":\"\\ud800\"}\n{\"id\":\"d\",\"text\":\"قآني\"}");
        Assert.Equal(2, errors.Count);
        Assert.StartsWith("standard input, line 1: not readable as JSON", errors[0], StringComparison.Ordinal);
        Assert.Equal("standard input, line 2: expected an object with \"id\" and \"text\"", errors[1]);
        Assert.Contains("\"id\":\"d\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public void HalfOfASurrogatePairIsNoObstacleAndOffsetsStayThoseOfTheSender()
    {
        var (output, errors) = Match("""{"id":1,"text":"\ud800\n\"x\\ \u0642\u0622\u0646\u064a \udc00"}""");
        Assert.Empty(errors);
        Assert.Contains("\"start\":6,\"length\":4,\"surface\":\"قآني\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryEscapeBesideHalfAPairIsOneUnit()
    {
        // One for the half and for each of eight escapes, and what other grammars escape counts as it is written.
        var (output, errors) = Match("""{"id":1,"text":"\udc00\"\\\/\b\f\n\r\t#[a](b)$^ \u0642\u0622\u0646\u064a"}""");
        Assert.Empty(errors);
        Assert.Contains("\"start\":19,\"length\":4,\"surface\":\"قآني\"", output, StringComparison.Ordinal);
    }

    static (string Output, List<string> Errors) Match(string lines)
    {
        var set = WatchFile.Read("watches: [{id: w, terms: [قاآني]}]").Set!;
        var output = new MemoryStream();
        var errors = new List<string>();
        using (var writer = new MatchOutput(output, true))
        {
            foreach (var document in MatchInput.Read([], new MemoryStream(Encoding.UTF8.GetBytes(lines))))
            {
                if (document.Error is { } error)
                {
                    errors.Add(error);
                }
                else
                {
                    writer.Write(document, set.Match(document.Article));
                }
            }
        }

        return (Encoding.UTF8.GetString(output.ToArray()), errors);
    }
}
