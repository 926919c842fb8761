using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Operations.Logs;

namespace NewsMonitor.Tests.Operations;

public sealed class JsonLinesTests
{
    [Fact]
    public void AnEventIsOneLineWithItsOwnValues()
    {
        var line = Write(log => log.LogWarning(
            new InvalidOperationException("first\nsecond"), "Feed {Feed} at {Url} failed\nbadly, {Failures} times", 7L, "https://example.org/قناة", 3));

        Assert.Equal(1, line.Count(c => c == '\n'));
        using var json = JsonDocument.Parse(line);
        Assert.Equal("warning", json.RootElement.GetProperty("level").GetString());
        Assert.Equal("tests", json.RootElement.GetProperty("source").GetString());
        Assert.Equal("Feed 7 at https://example.org/قناة failed\nbadly, 3 times", json.RootElement.GetProperty("message").GetString());
        Assert.Equal(7, json.RootElement.GetProperty("feed").GetInt64());
        Assert.Equal(3, json.RootElement.GetProperty("failures").GetInt32());
        Assert.Contains("first\nsecond", json.RootElement.GetProperty("exception").GetString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, json.RootElement.GetProperty("time").GetDateTimeOffset().Offset);
    }

    [Fact]
    public void AValueMayNotReplaceWhatEveryLineHas()
    {
        using var json = JsonDocument.Parse(Write(log => log.LogInformation("{Level} {Message} {Time}", "false", "false", "false")));

        Assert.Equal("info", json.RootElement.GetProperty("level").GetString());
        Assert.Equal(1, json.RootElement.EnumerateObject().Count(property => property.Name == "message"));
    }

    [Fact]
    public void ScopesAreIncluded()
    {
        var scopes = new LoggerExternalScopeProvider();
        using (scopes.Push(new Dictionary<string, object?> { ["Delivery"] = 42 }))
        {
            using var json = JsonDocument.Parse(Write(log => log.LogInformation("Sent"), scopes));
            Assert.Equal(42, json.RootElement.GetProperty("delivery").GetInt32());
        }
    }

    static string Write(Action<ILogger> act, IExternalScopeProvider? scopes = null)
    {
        var text = new StringWriter();
        act(new FormatterLogger(new JsonLines(TimeProvider.System), text, scopes));
        return text.ToString();
    }

    sealed class FormatterLogger(JsonLines formatter, TextWriter text, IExternalScopeProvider? scopes) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> line) =>
            formatter.Write(new LogEntry<TState>(logLevel, "tests", eventId, state, exception, line), scopes, text);
    }
}
