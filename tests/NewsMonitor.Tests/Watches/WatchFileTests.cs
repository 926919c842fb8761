using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Watches;

public class WatchFileTests
{
    const string Example = """
        watches:
          - id: qaani
            name: Esmail Qaani
            severity: high
            terms: ["قاآني", "إسماعيل قاآني", "Qaani", "Esmail Ghaani"]
            context: ["فيلق القدس", "الحرس الثوري", "IRGC"]
            not: ["أحمر قاني"]
            examples: {match: ["زيارة لقاآني"], noMatch: ["إبراهيم اللقاني"]}
            recipients: [desk]
          - id: qaani-in-baghdad
            name: Qaani in Baghdad
            query: '(قاآني OR Qaani) NEAR/30 (بغداد OR Baghdad) NOT title:رياضة'
            crossScript: false
        """;

    [Fact]
    public void ReadsTheExampleOfTheContract()
    {
        var file = WatchFile.Read(Example);
        Assert.Empty(file.Problems);
        Assert.Equal(["qaani", "qaani-in-baghdad"], file.Watches.Select(watch => watch.Definition.Id));
        Assert.Equal(["high", "medium"], file.Watches.Select(watch => watch.Severity));
        Assert.Equal(["desk"], file.Watches[0].Recipients);
        Assert.Equal([true, false], file.Watches.Select(watch => watch.Definition.CrossScript));
    }

    [Theory]
    [InlineData("name: \"a\\0b\"", 7)]
    [InlineData("recipients: [\"desk\\0\"]", 14)]
    [InlineData("examples: {match: [\"x \\0\"]}", 20)]
    public void WhatNoDatabaseTextMayHoldIsRefusedInItsPlace(string field, long column)
    {
        var problem = Assert.Single(WatchFile.Read($"watches:\n- id: a\n  terms: [x]\n  {field}").Problems);
        Assert.Contains("U+0000", problem.Message, StringComparison.Ordinal);
        Assert.Equal((4, column + 2), (problem.Line, problem.Column));
    }

    [Fact]
    public void WhatIsWrittenReadsBackAsTheSame()
    {
        var first = WatchFile.Read(Example);
        var second = WatchFile.Read(WatchFileWriter.Write(first.Watches));
        Assert.Empty(second.Problems);
        Assert.Equal(WatchFileWriter.Write(first.Watches), WatchFileWriter.Write(second.Watches));
    }

    [Fact]
    public void AWatchThatIsSwitchedOffIsCheckedAndFindsNothing()
    {
        var file = WatchFile.Read("watches:\n  - {id: on, terms: [saffron]}\n  - {id: off, terms: [saffron], enabled: false}");
        Assert.Equal(["on"], file.Set!.Match(new("", "saffron")).Select(hit => hit.Watch));
        Assert.Contains("enabled: false", WatchFileWriter.Write(file.Watches), StringComparison.Ordinal);
        Assert.NotEmpty(WatchFile.Read("watches:\n  - {id: off, query: 'a AND (', enabled: false}").Problems);
    }

    [Fact]
    public void TheSeedWatchesAreAccepted()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "seeds", "watches.yaml");
            if (File.Exists(path))
            {
                Assert.Empty(WatchFile.Read(File.ReadAllText(path)).Problems);
                return;
            }
        }

        Assert.Fail("seeds/watches.yaml was not found above the tests");
    }

    [Theory]
    [InlineData("watches:\n  - id: a\n    termz: [x]", "line 3, column 5: unknown key termz; a watch has id, name")]
    [InlineData("watch:\n  - id: a", "line 1, column 1: unknown key watch; expected watches")]
    [InlineData("watches:\n  - id: a\n    terms: [x]\n  - id: a\n    terms: [y]", "line 4, column 9: id a is already used on line 2")]
    [InlineData("watches:\n  - id: a\n    query: '(x OR'", "line 3, column 18: watch a, query: the query ends here")]
    [InlineData("watches:\n  - id: a\n    query: |\n      x OR\n      (y", "line 5, column 9: watch a, query: expected ) for the (")]
    [InlineData("watches:\n  - id: a\n    query: >\n      x OR\n      yy OR\n      (z",
        "line 6, column 9: watch a, query: expected ) for the (")]
    [InlineData("watches:\n  - id: a\n    query: >-\n      x AND\n\n      OR\n      z", "line 6, column 7: watch a, query: ")]
    [InlineData("watches:\n  - id: a\n    query: x OR\n      (y OR z", "line 4, column 14: watch a, query: expected ) for the (")]
    [InlineData("watches:\n  - id: a\n    query: \"\\\"x y\\\" OR (z\"", "line 3, column 26: watch a, query: expected ) for the (")]
    [InlineData("watches:\n  - id: a\n    terms: [x, '!']", "line 3, column 17: watch a, terms[1]: \"!\" has no letter or digit")]
    [InlineData("watches:\n  - id: a\n    terms: [x]\n    examples: {match: [y]}", "line 4, column 24: watch a, examples.match[0]: the watch does not fire")]
    [InlineData("watches:\n  - id: a\n    terms: [x]\n    severity: huge", "line 4, column 15: severity \"huge\" is unknown; expected low")]
    [InlineData("watches:\n  - id: a b\n    terms: [x]", "line 2, column 9: id \"a b\" is no slug")]
    [InlineData("watches:\n  - id: a\n    terms: x", "line 3, column 12: terms is no list")]
    [InlineData("watches:\n  - id: a", "line 2, column 9: watch a, terms: a watch needs terms, a query, or both")]
    [InlineData("watches: [\n", "not readable as YAML")]
    [InlineData("", "the file is empty")]
    public void AMistakeIsToldWithItsPlaceAndNothingIsUsed(string yaml, string expected)
    {
        var file = WatchFile.Read(yaml);
        Assert.Contains(file.Problems, problem => problem.ToString().Contains(expected, StringComparison.Ordinal));
        Assert.Empty(file.Watches);
        Assert.Null(file.Set);
    }
}
