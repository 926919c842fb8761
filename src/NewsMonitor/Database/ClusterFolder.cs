using System.Diagnostics;

namespace NewsMonitor.Database;

/// <summary>The folder of a private cluster, and how programs are run in it: as the right account, with a clean environment.</summary>
sealed class ClusterFolder(string path, UnprivilegedAccount? account)
{
    // The folder may lie below one that the account cannot enter, such as /root. The service opens it for the programs, and an open
    // folder is reached through its number without asking the folders above.
    const int Opened = 9;

    bool enteredByNumber;

    public string Path { get; } = path;
    public bool HasCluster => File.Exists(System.IO.Path.Combine(Path, "PG_VERSION"));

    /// <summary>What the programs are given as their data folder.</summary>
    public string Name => enteredByNumber ? $"/proc/self/fd/{Opened}" : Path;

    /// <summary>Gives the folder to the account and finds out how the account reaches it.</summary>
    public async Task PrepareAsync(CancellationToken stop)
    {
        if (!OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (account is null)
            return;
        var (code, said) = await ExecuteAsync(["chown", "-R", $"{account.Name}:{account.Group}", Path], null, stop);
        if (code != 0)
            throw new DatabaseSetupException($"The folder {Path} cannot be given to the user {account.Name}, who runs PostgreSQL: {said}");
        enteredByNumber = false;
        if ((await RunAsync(["/bin/sh", "-c", "cd \"$0\" && ls", Path], null, stop)).Code == 0)
            return;
        enteredByNumber = OperatingSystem.IsLinux();
        if (!enteredByNumber || (await RunAsync(["ls", Name], null, stop)).Code != 0)
            throw new DatabaseSetupException(
                $"PostgreSQL runs as the user {account.Name}, who may not enter {Path}: "
                + "set Monitor__DataDirectory to a folder that every user can reach, such as /var/lib/news-monitor.");
    }

    /// <summary>Writes a file as the account, so that root never follows a link that the account has laid.</summary>
    public async Task WriteAsync(string name, string text, CancellationToken stop)
    {
        var (code, said) = await RunAsync(["/bin/sh", "-c", "cat > \"$0\"", $"{Name}/{name}"], text, stop);
        if (code != 0)
            throw new DatabaseSetupException($"{Path}/{name} cannot be written: {said}");
    }

    public Task<(int Code, string Said)> RunAsync(IReadOnlyList<string> command, string? input, CancellationToken stop)
    {
        command = account?.Wrap(command) ?? command;
        return ExecuteAsync(
            enteredByNumber ? ["/bin/sh", "-c", $"exec {Opened}<\"$1\"; shift; exec \"$@\"", "sh", Path, .. command] : command, input, stop);
    }

    static async Task<(int Code, string Said)> ExecuteAsync(IReadOnlyList<string> command, string? input, CancellationToken stop)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The service's environment holds secrets, and PG* variables would redirect the programs.
        foreach (var name in start.Environment.Keys.Where(name => name is not ("PATH" or "TZ" or "TMPDIR" or "LD_LIBRARY_PATH")).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var errors = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        var lines = $"{await output}\n{await errors}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (process.ExitCode, string.Join("; ", lines.TakeLast(4)));
    }
}
