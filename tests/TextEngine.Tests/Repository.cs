namespace TextEngine.Tests;

/// <summary>Files of the repository, found by walking up from where the tests run.</summary>
static class Repository
{
    public static string Read(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine([folder.FullName, .. path]);
            if (File.Exists(Path.Combine(folder.FullName, "Monitor.sln")) && File.Exists(file))
            {
                return File.ReadAllText(file).ReplaceLineEndings("\n");
            }
        }

        throw new FileNotFoundException($"{Path.Combine(path)} is not in the repository above {AppContext.BaseDirectory}");
    }
}
