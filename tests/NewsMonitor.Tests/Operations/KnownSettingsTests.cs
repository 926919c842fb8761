using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using NewsMonitor.Operations;
using NewsMonitor.Stories;
using NewsMonitor.Tests.House;

namespace NewsMonitor.Tests.Operations;

public sealed partial class KnownSettingsTests
{
    [Fact]
    public void ASettingThatNothingReadsIsNamedWithThoseThatAre()
    {
        var unread = KnownSettings.Unread(Configured(
            ("Monitor:Fetch:Concurency", "5"), ("Monitor:Fetsh:Concurrency", "5"), ("Monitor:Fetch:perhost", "2"),
            ("Monitor:Fetch:MaxBytes", "9999"), ("Monitor:SecretKey_FILE", "/run/secret"), ("Monitor:Smtp:Password_FILE", "/run/password"),
            ("Monitor:Role", "web"), ("Monitor:Database:Settings:shared_buffers", "1GB"), ("Monitor:Stories:GrowthThresholds:0", "3"),
            ("Other:Fetch:X", "1"))).ToList();
        Assert.Collection(
            unread,
            sentence =>
            {
                Assert.StartsWith("Monitor__Fetch__Concurency is no setting", sentence, StringComparison.Ordinal);
                Assert.Contains("Monitor__Fetch__ has ", sentence, StringComparison.Ordinal);
                Assert.Contains("Concurrency", sentence, StringComparison.Ordinal);
            },
            sentence => Assert.Matches("^Monitor__Fetsh is no setting .*AdminKey.*Fetch__…", sentence));
    }

    [Fact]
    public void EverySettingThatTheReadmeNamesIsRead()
    {
        var table = Regex.Match(File.ReadAllText(Repository.Path("README.md")), @"\| key \| default.*?\n\n", RegexOptions.Singleline).Value;
        var named = new List<(string, string?)>();
        foreach (var row in table.Split('\n').Where(row => row.StartsWith("| `Monitor__", StringComparison.Ordinal)))
        {
            var prefix = "";
            foreach (var key in Key().Matches(row.Split('|')[1]).Select(m => m.Groups[1].Value))
            {
                // A row names its section once: `Monitor__Fetch__Concurrency`, `PerHost`.
                var whole = key.StartsWith("Monitor__", StringComparison.Ordinal) ? key : prefix + key;
                prefix = whole[..(whole.LastIndexOf("__", StringComparison.Ordinal) + 2)];
                named.Add((whole.Replace("__", ":", StringComparison.Ordinal), "1"));
            }
        }

        Assert.True(named.Count > 40, $"only {named.Count} settings were found in the table");
        Assert.Empty(KnownSettings.Unread(Configured([.. named])));
    }

    [Theory]
    [InlineData("Monitor:Stories:GrowthThresholds", "3, 7")]
    [InlineData("Monitor:Stories:GrowthThresholds:0", "3")]
    public void AListIsOneTextOrOneSettingForEach(string key, string value)
    {
        var options = Configured((key, value)).Read<StoryOptions>("Monitor:Stories");
        Assert.Equal(3, options.GrowthThresholds![0]);
        Assert.Equal(value.Split(',').Length, options.GrowthThresholds.Length);
    }

    static IConfiguration Configured(params (string Key, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build();

    [GeneratedRegex("`([A-Za-z_]+)`")]
    private static partial Regex Key();
}
