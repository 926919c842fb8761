using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Database;
using Npgsql;

namespace NewsMonitor.Tests.Database;

/// <summary>Runs as root and as an ordinary user; what only one of them can meet says so.</summary>
public sealed class LocalClusterTests : IDisposable
{
    readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("monitor-cluster-");

    string Data => Path.Combine(temporary.FullName, "data");
    string PidFile => Path.Combine(Data, "postgres", "postmaster.pid");

    public void Dispose() => temporary.Delete(true);

    [Fact]
    public async Task WhatWasStoredIsThereAtTheNextStart()
    {
        await using (var cluster = await StartAsync())
            await ExecuteAsync(cluster, "CREATE TABLE kept AS SELECT 42 AS answer");
        Assert.False(File.Exists(PidFile), "the cluster still runs");

        await using (var cluster = await StartAsync())
            Assert.Equal(42, await ScalarAsync(cluster, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task TextIsUnicodeWhateverTheMachineSpeaks()
    {
        await using var cluster = await StartAsync();

        Assert.Equal(5, await ScalarAsync(cluster, "SELECT length('قاآني')"));
        Assert.Equal("é", await ScalarAsync(cluster, "SELECT lower('É')"));
    }

    [Fact]
    public async Task ProcessesShareTheClusterAndTheLastOneStopsIt()
    {
        var first = await StartAsync();
        var second = await StartAsync();
        var process = await File.ReadAllTextAsync(PidFile);

        await first.DisposeAsync();
        Assert.Equal(1, await ScalarAsync(second, "SELECT 1"));
        Assert.Equal(process, await File.ReadAllTextAsync(PidFile));

        await second.DisposeAsync();
        Assert.False(File.Exists(PidFile), "the cluster still runs");
    }

    [Fact]
    public async Task ManyThatStartAtOnceMakeOneCluster()
    {
        var clusters = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(StartAsync)));

        foreach (var cluster in clusters)
            Assert.Equal(1, await ScalarAsync(cluster, "SELECT 1"));
        foreach (var cluster in clusters)
            await cluster.DisposeAsync();
        Assert.False(File.Exists(PidFile), "the cluster still runs");
    }

    [Fact]
    public async Task AClusterThatOutlivedItsServiceIsAdopted()
    {
        await (await StartAsync()).DisposeAsync();
        await PgCtlAsync("start"); // runs with no service, as after a kill -9 of the service

        var process = await File.ReadAllTextAsync(PidFile);
        await using (var cluster = await StartAsync())
        {
            Assert.Equal(1, await ScalarAsync(cluster, "SELECT 1"));
            Assert.Equal(process, await File.ReadAllTextAsync(PidFile));
        }
        Assert.False(File.Exists(PidFile), "the cluster still runs");
    }

    [Fact]
    public async Task AKilledServerIsStartedAgainWithEverythingCommitted()
    {
        var killed = await StartAsync();
        await ExecuteAsync(killed, "CREATE TABLE kept AS SELECT 42 AS answer");
        var process = int.Parse((await File.ReadAllLinesAsync(PidFile))[0], CultureInfo.InvariantCulture);
        Process.GetProcessById(process).Kill();

        await using (var cluster = await StartAsync())
            Assert.Equal(42, await ScalarAsync(cluster, "SELECT answer FROM kept"));
        await killed.DisposeAsync();
    }

    [Fact]
    public async Task AStalePidFileThatNamesAnotherProcessIsNotTakenForTheServer()
    {
        await (await StartAsync()).DisposeAsync();
        // The same user's process: PostgreSQL alone would refuse to start beside it.
        var folder = new ClusterFolder(Path.Combine(Data, "postgres"), UnprivilegedAccount.WhenRoot());
        await folder.PrepareAsync(CancellationToken.None);
        await folder.RunAsync(["/bin/sh", "-c", "cd /; sleep 60 >/dev/null 2>&1 & echo $! > $0/postmaster.pid", folder.Name], null, default);
        var other = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(PidFile), CultureInfo.InvariantCulture));

        await using (var cluster = await StartAsync())
            Assert.Equal(1, await ScalarAsync(cluster, "SELECT 1"));
        Assert.False(other.HasExited);
        other.Kill();
    }

    [Fact]
    public async Task AHalfMadeClusterIsMadeAnew()
    {
        Directory.CreateDirectory(Path.Combine(Data, "postgres.new", "base"));
        await File.WriteAllTextAsync(Path.Combine(Data, "postgres.new", "PG_VERSION"), "15");

        await using var cluster = await StartAsync();

        Assert.Equal(1, await ScalarAsync(cluster, "SELECT 1"));
    }

    [Fact]
    public async Task AFolderTooDeepForASocketWorks()
    {
        var deep = Path.Combine([temporary.FullName, .. Enumerable.Repeat("a-rather-long-folder-name", 8)]);

        await using var cluster = await StartAsync(deep);

        Assert.Equal(1, await ScalarAsync(cluster, "SELECT 1"));
    }

    [Fact]
    public async Task AFolderThatOnlyTheServiceMayEnterWorks()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(temporary.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using (var cluster = await StartAsync())
            await ExecuteAsync(cluster, "CREATE TABLE kept AS SELECT 42 AS answer");
        await using (var cluster = await StartAsync())
            Assert.Equal(42, await ScalarAsync(cluster, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task AClusterOfAVersionThatIsNotInstalledIsNamed()
    {
        Directory.CreateDirectory(Path.Combine(Data, "postgres"));
        await File.WriteAllTextAsync(Path.Combine(Data, "postgres", "PG_VERSION"), "13\n");

        var refusal = await Assert.ThrowsAsync<DatabaseSetupException>(StartAsync);

        Assert.Contains("PostgreSQL 13", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("install postgresql-13", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProgramFolderWithoutProgramsIsNamed()
    {
        var refusal = await Assert.ThrowsAsync<DatabaseSetupException>(() => LocalCluster.StartAsync(
            Data, new() { ProgramDirectory = temporary.FullName }, TimeProvider.System, NullLogger.Instance, CancellationToken.None));

        Assert.Contains(temporary.FullName, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongSettingIsReportedInPostgresWords()
    {
        var refusal = await Assert.ThrowsAsync<DatabaseSetupException>(() => LocalCluster.StartAsync(
            Data, new() { Settings = new() { ["shared_buffers"] = "plenty" } }, TimeProvider.System, NullLogger.Instance, CancellationToken.None));

        Assert.Contains("shared_buffers", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("setpriv")]
    [InlineData("runuser")]
    [InlineData("su")]
    public async Task RootBecomesTheAccountThroughEachTool(string tool)
    {
        var path = (string[])[$"/usr/bin/{tool}", $"/usr/sbin/{tool}", $"/bin/{tool}", $"/sbin/{tool}"];
        if (UnprivilegedAccount.WhenRoot() is not { } account || path.FirstOrDefault(File.Exists) is not { } found)
        {
            Console.WriteLine($"Not shown here: needs root and {tool}.");
            return;
        }
        var command = (account with { Switch = found }).Wrap(["/bin/echo", "it's", "-n $HOME"]);

        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true })!;

        Assert.Equal("it's -n $HOME\n", await process.StandardOutput.ReadToEndAsync());
        command = (account with { Switch = found }).Wrap(["id", "-un"]);
        using var id = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true })!;
        Assert.Equal(account.Name + "\n", await id.StandardOutput.ReadToEndAsync());
    }

    Task<LocalCluster> StartAsync() => StartAsync(Data);

    static Task<LocalCluster> StartAsync(string data) =>
        LocalCluster.StartAsync(data, PostgresFixture.TestSettings, TimeProvider.System, NullLogger.Instance, CancellationToken.None);

    async Task PgCtlAsync(string verb)
    {
        var folder = new ClusterFolder(Path.Combine(Data, "postgres"), UnprivilegedAccount.WhenRoot());
        await folder.PrepareAsync(CancellationToken.None);
        var (code, said) = await folder.RunAsync(
            [PostgresPrograms.Find(null, null).PgCtl, verb, "-D", folder.Name, "-w", "-l", $"{folder.Name}/start.log"], null, CancellationToken.None);
        Assert.True(code == 0, said);
    }

    static async Task<object?> ScalarAsync(LocalCluster cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    static async Task ExecuteAsync(LocalCluster cluster, string sql) => await ScalarAsync(cluster, sql);
}
