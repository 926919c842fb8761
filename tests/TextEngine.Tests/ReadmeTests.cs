using System.Text;
using TextEngine.WatchTerms;

namespace TextEngine.Tests;

public class ReadmeTests
{
    [Fact]
    public void TheExampleOfTheReadmePrintsWhatItSays()
    {
        var printed = new StringBuilder();

        // The example as the README has it; Example below proves that it is the same.
        var watches = WatchSet.Compile(
        [
            new WatchDefinition
            {
                Id = "qaani",
                Terms = ["قاآني", "إسماعيل قاآني"],
                Context = ["فيلق القدس"],                    // what a doubtful spelling needs in the same article
                Not = ["أحمر قاني"],                         // cancels a hit that it covers
                Examples = new(["زيارة لقاآني"], ["إبراهيم اللقاني"]), // checked by every compilation
            },
            new WatchDefinition { Id = "visit", Query = "(قاآني OR Qaani) NEAR/10 (بغداد OR Baghdad) NOT title:رياضة" },
        ]);

        foreach (var hit in watches.Match(new ArticleText("زيارة لقآني", "Esmail Qaani left Baghdad.")))
        {
            printed.AppendLine($"{hit.Watch} {hit.Field} {hit.Start} {hit.Surface}");
        }

        var lines = Example();
        Assert.Equal(lines.Where(line => line.StartsWith("// ", StringComparison.Ordinal)).Select(line => line[3..]),
            printed.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        var source = Repository.Read("tests", "TextEngine.Tests", "ReadmeTests.cs");
        Assert.All(lines.Where(line => !line.StartsWith("//", StringComparison.Ordinal)),
            line => Assert.Contains(line.Trim().Replace("Console.WriteLine", "printed.AppendLine", StringComparison.Ordinal), source, StringComparison.Ordinal));
    }

    static List<string> Example() => [.. Repository.Read("src", "TextEngine", "README.md").Split('\n')
        .SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```").Where(line => line.Length > 0)];
}
