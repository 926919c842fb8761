using Microsoft.AspNetCore.Http;
using NewsMonitor.Pages;

namespace NewsMonitor.Tests.Pages;

/// <summary>The reader's days and language.</summary>
public sealed class ReaderTests
{
    // Where the clock goes back over midnight the day has two midnights; where it goes forward over it, none.
    [Theory]
    [InlineData("Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z")]
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z")]
    [InlineData("Asia/Baghdad", "2026-11-01", "2026-10-31T21:00:00Z")]
    public void ADayBeginsWhenItsFirstMinuteDoes(string zone, string day, string begins)
    {
        var reader = Of($"en|light|{Uri.EscapeDataString(zone)}|latin");
        var at = reader.StartOf(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(DateTimeOffset.Parse(begins, System.Globalization.CultureInfo.InvariantCulture), at);
        Assert.Equal(day, $"{reader.DayOf(at):yyyy-MM-dd}");
        Assert.NotEqual(day, $"{reader.DayOf(at.AddTicks(-1)):yyyy-MM-dd}");
    }

    [Theory]
    [InlineData("ar", "ar")]
    [InlineData("ar-IQ,en;q=0.5", "ar")]
    [InlineData("en;q=0.5,ar;q=0.9", "ar")]
    [InlineData("arn-CL", "en")]
    [InlineData("fr,ar;q=0.5", "en")]
    [InlineData("", "en")]
    public void TheLanguageIsTheOneThatTheBrowserAsksForFirst(string asked, string language) =>
        Assert.Equal(language, Of("", asked).Language);

    static Reader Of(string wishes, string asked = "")
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = $"{Reader.CookieName}={wishes}";
        http.Request.Headers.AcceptLanguage = asked;
        return new Reader(new HttpContextAccessor { HttpContext = http }, TimeProvider.System);
    }
}
