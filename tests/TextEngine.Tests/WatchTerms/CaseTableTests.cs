using Xunit.Abstractions;

namespace TextEngine.Tests.WatchTerms;

/// <summary>cases.txt: real ways of writing names, and what only looks like them.</summary>
public class CaseTableTests(ITestOutputHelper output)
{
    [Fact]
    public void EveryLineFiresWhatItSaysAndNothingElse()
    {
        var failures = new List<string>();
        foreach (var line in CaseTable.Read())
        {
            var set = CaseSets.All[line.Set];
            var hits = set.Match(line.Article);
            var found = string.Join("; ", hits.GroupBy(hit => hit.Watch).Select(watch => $"{watch.Key}={string.Join(",", watch.Select(hit => hit.Surface).Distinct())}"));
            var why = string.Join("; ", hits.Select(hit => hit.Why));
            if (found != line.Expected)
            {
                failures.Add($"line {line.Number}: {line.Text} | expected {line.Expected} | found {found} ({why})");
            }
        }

        failures.ForEach(output.WriteLine);
        Assert.Empty(failures);
    }

    [Fact]
    public void AThirdOfTheLinesAreFalseFriends()
    {
        var lines = CaseTable.Read().ToList();
        Assert.InRange(lines.Count, 400, int.MaxValue);
        Assert.InRange(lines.Count(line => line.Expected.Length == 0), lines.Count / 3, lines.Count);
    }
}
