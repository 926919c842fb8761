using System.Security.Cryptography;
using NewsMonitor.Operations;
using NewsMonitor.Tests.Outbound;

namespace NewsMonitor.Tests.Operations;

public sealed class SecretsTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void WorkersThatStartAtOnceInOneFolderShareOneKey()
    {
        for (var round = 0; round < 200; round++)
        {
            var folder = _folder.CreateSubdirectory($"{round}").FullName;
            var workers = new Secrets[8];
            Parallel.For(0, workers.Length, new ParallelOptions { MaxDegreeOfParallelism = workers.Length },
                i => workers[i] = Open(folder));

            var stored = workers[0].Protect("whsec");
            Assert.All(workers, worker => Assert.Equal("whsec", worker.Reveal(stored)));
            Assert.Equal(["secret-key"], Directory.GetFiles(folder).Select(Path.GetFileName));
        }
    }

    [Fact]
    public void AWorkerThatDiedOverTheKeyHoldsUpNobody()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "secret-key.new"), "half");
        var later = new ManualTime(DateTimeOffset.UtcNow.AddSeconds(6));

        var key = Secrets.Open(null, _folder.FullName, later);
        Assert.Equal("whsec", key.Reveal(key.Protect("whsec")));
        Assert.Equal(["secret-key"], Directory.GetFiles(_folder.FullName).Select(Path.GetFileName));
    }

    [Fact]
    public void AnotherKeyReadsNothing()
    {
        var stored = Open(_folder.CreateSubdirectory("one").FullName).Protect("whsec");
        Assert.ThrowsAny<CryptographicException>(() => Open(_folder.CreateSubdirectory("two").FullName).Reveal(stored));
    }

    [Fact]
    public void KeyOfTheWrongSizeIsRefusedWithTheWayToMakeOne() => Assert.Contains(
        "openssl rand -base64 32",
        Assert.Throws<SettingException>(() => Secrets.Open("c2hvcnQ=", _folder.FullName, TimeProvider.System)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void WhatIsTooShortIsNoSecret()
    {
        var secrets = Open(_folder.FullName);
        Assert.Throws<CryptographicException>(() => secrets.Reveal(new byte[7]));
        Assert.Equal([1, 2], secrets.Reveal(secrets.Protect([1, 2])));
    }

    static Secrets Open(string folder) => Secrets.Open(null, folder, TimeProvider.System);
}
