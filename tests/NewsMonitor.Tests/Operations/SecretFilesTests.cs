using Microsoft.Extensions.Configuration;
using NewsMonitor.Operations;

namespace NewsMonitor.Tests.Operations;

public sealed class SecretFilesTests : IDisposable
{
    readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void TheFilesTextIsTheValueWithoutItsLastLineEnd()
    {
        File.WriteAllText(file, "Host=db;Password= with spaces \r\n");

        var configuration = Build(("ConnectionStrings__Monitor_FILE", file), ("ConnectionStrings__Monitor", ""));

        Assert.Equal("Host=db;Password= with spaces ", configuration.GetConnectionString("Monitor"));
    }

    [Fact]
    public void OtherProgramsVariablesAreLeftAlone()
    {
        var configuration = Build(("SSL_CERT_FILE", "/nowhere"), ("POSTGRES_PASSWORD_FILE", "/nowhere"));

        Assert.Empty(configuration.AsEnumerable());
    }

    [Fact]
    public void AMissingFileIsNamedWithItsKey()
    {
        var refusal = Assert.Throws<SettingException>(() => Build(("Monitor__AdminKey_FILE", "/nowhere/key")));

        Assert.Contains("Monitor__AdminKey_FILE is /nowhere/key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AKeyThatIsGivenBothWaysIsRefused()
    {
        var refusal = Assert.Throws<SettingException>(() => Build(("Monitor__AdminKey_FILE", file), ("Monitor__AdminKey", "secret-word")));

        Assert.Contains("Monitor__AdminKey", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", refusal.Message, StringComparison.Ordinal);
    }

    static IConfigurationRoot Build(params (string Name, string Value)[] environment) => new ConfigurationBuilder()
        .AddSecretFiles(environment.ToDictionary(variable => variable.Name, variable => variable.Value)).Build();
}
