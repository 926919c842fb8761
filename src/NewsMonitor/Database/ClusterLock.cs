namespace NewsMonitor.Database;

/// <summary>
/// Lets several processes share one private cluster: whoever comes first starts it, whoever leaves last stops it. Both are file locks,
/// which the system releases when a process dies, however it dies.
/// </summary>
sealed class ClusterLock(string dataDirectory) : IDisposable
{
    const int LinuxWouldBlock = 11;
    const int MacWouldBlock = 35;

    FileStream? use;

    /// <summary>Held while the cluster is started or stopped, by one process at a time.</summary>
    public async Task<IDisposable> EnterAsync(TimeProvider time, CancellationToken stop)
    {
        while (true)
        {
            if (TryOpen("postgres.starting", FileShare.None) is { } entered)
                return entered;
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, stop);
        }
    }

    public void Use() => use ??= TryOpen("postgres.users", FileShare.ReadWrite);

    /// <summary>True when no other process uses the cluster any more.</summary>
    public bool Leave()
    {
        Dispose();
        using var alone = TryOpen("postgres.users", FileShare.None);
        return alone is not null;
    }

    public void Dispose()
    {
        use?.Dispose();
        use = null;
    }

    FileStream? TryOpen(string name, FileShare share)
    {
        var path = Path.Combine(dataDirectory, name);
        try
        {
            // Any sharing but None takes a shared lock on Unix.
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DatabaseSetupException(
                $"{path} cannot be written: the data folder belongs to another user. Start the service as that user, give the folder to this "
                + "one (chown -R), or set Monitor__DataDirectory.", e);
        }
        catch (IOException e) when (e.HResult is LinuxWouldBlock or MacWouldBlock)
        {
            return null;
        }
    }
}
