namespace NewsMonitor.Tests.House;

/// <summary>Where the tests find the repository's own files, and the material beside it that only some machines have.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>A folder of ../shared, or null where this checkout has none beside it.</summary>
    public static string? Shared(string folder)
    {
        for (var directory = new DirectoryInfo(Root).Parent; directory is not null; directory = directory.Parent)
        {
            var shared = System.IO.Path.Combine(directory.FullName, "shared", folder);
            if (Directory.Exists(shared))
            {
                return shared;
            }
        }

        Console.WriteLine($"shared/{folder} is not beside this checkout: the tests on it have nothing to look at.");
        return null;
    }

    static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "Monitor.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"No Monitor.sln above {AppContext.BaseDirectory}.");
    }
}
