using System.Security.Cryptography;
using NewsMonitor.Operations;

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
            Parallel.For(0, workers.Length, new ParallelOptions { MaxDegreeOfParallelism = workers.Length }, i => workers[i] = Secrets.Open(null, folder));

            var stored = workers[0].Protect("whsec");
            Assert.All(workers, worker => Assert.Equal("whsec", worker.Reveal(stored)));
            Assert.Equal(["secret-key"], Directory.GetFiles(folder).Select(Path.GetFileName));
        }
    }

    [Fact]
    public void AWorkerThatDiedOverTheKeyHoldsUpNobody()
    {
        var draft = Path.Combine(_folder.FullName, "secret-key.new");
        File.WriteAllText(draft, "half");
        File.SetLastWriteTimeUtc(draft, DateTime.UtcNow.AddMinutes(-1));

        Assert.Equal("whsec", Secrets.Open(null, _folder.FullName) is var key ? key.Reveal(key.Protect("whsec")) : null);
        Assert.Equal(["secret-key"], Directory.GetFiles(_folder.FullName).Select(Path.GetFileName));
    }

    [Fact]
    public void AnotherKeyReadsNothing()
    {
        var stored = Secrets.Open(null, _folder.CreateSubdirectory("one").FullName).Protect("whsec");
        Assert.ThrowsAny<CryptographicException>(() => Secrets.Open(null, _folder.CreateSubdirectory("two").FullName).Reveal(stored));
    }

    [Fact]
    public void KeyOfTheWrongSizeIsRefusedWithTheWayToMakeOne() => Assert.Contains(
        "openssl rand -base64 32",
        Assert.Throws<InvalidOperationException>(() => Secrets.Open("c2hvcnQ=", _folder.FullName)).Message,
        StringComparison.Ordinal);
}
