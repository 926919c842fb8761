using NewsMonitor.Stories;

namespace NewsMonitor.Tests.Stories;

public class TextDifferenceTests
{
    [Fact]
    public void SentencesThatOnlyOneArticleHasAreNamedAsWritten()
    {
        var difference = TextDifference.Between(
            "سوق جديد", "افتتح السوق صباح الأحد. حضر مئة بائع.", "سوق جديد في المدينة", "أفتتح السوق صباح الاحد! وحضر مئتا بائع.");
        Assert.True(difference.TitleChanged);
        Assert.Equal(["وحضر مئتا بائع"], difference.Added);
        Assert.Equal(["حضر مئة بائع"], difference.Removed);
    }

    [Fact]
    public void SpellingIsNoChange()
    {
        var difference = TextDifference.Between("زيارة قاآني", "وصل إلى بغداد.", "زيارة قآني", "وَصَلَ الى بغداد");
        Assert.Equal((false, 0, 0), (difference.TitleChanged, difference.Added.Count, difference.Removed.Count));
    }

    [Fact]
    public void EmptyTextsDifferInNothing()
        => Assert.Empty(TextDifference.Between("", "", "", "").Added);
}
