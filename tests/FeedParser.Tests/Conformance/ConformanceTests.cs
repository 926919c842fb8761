namespace FeedParser.Tests.Conformance;

public class ConformanceTests
{
    static readonly string[] Files = [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Conformance"), "*.txt")
        .Select(f => Path.GetFileName(f)).Order()];

    public static TheoryData<string> Tables => [.. Files];

    [Theory]
    [MemberData(nameof(Tables))]
    public void EveryCaseOfTheTableHolds(string table)
    {
        var failures = new List<string>();
        int count = 0;
        foreach (var test in Case.Load(table))
        {
            count++;
            var actual = test.Actual(FeedReader.Read(test.Document()));
            if (actual != test.Expected)
            {
                failures.Add($"{test}\n    {test.Snippet}\n    expected: {test.Expected}\n    actual:   {actual}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {count} cases fail:\n{string.Join('\n', failures)}");
        Assert.True(count > 0);
    }

    [Fact]
    public void TheTablesHoldSeveralHundredCases() =>
        Assert.True(Files.Sum(f => Case.Load(f).Count()) >= 500);
}
