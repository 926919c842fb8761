using System.Diagnostics;
using System.Globalization;

namespace NewsMonitor.Database;

/// <summary>The folder that holds initdb, pg_ctl and postgres, and their major version (15 to 18).</summary>
sealed record PostgresPrograms(string Directory, int Version)
{
    public const int Oldest = 15;
    public const int Newest = 18;

    public string InitDb => Path.Combine(Directory, "initdb");
    public string PgCtl => Path.Combine(Directory, "pg_ctl");

    /// <summary>
    /// Looks in the configured folder alone, else in PATH and the places where distributions put them, newest first.
    /// A folder made by one major version can only be opened by that version, so an existing cluster states what it wants.
    /// </summary>
    public static PostgresPrograms Find(string? configured, int? wanted)
    {
        var found = (configured is null ? Places() : [configured]).Select(Inspect).OfType<PostgresPrograms>().ToList();
        if (configured is not null && found.Count == 0)
            throw new DatabaseSetupException(
                $"Monitor__Database__ProgramDirectory is {configured}, but initdb, pg_ctl and postgres are not all there.");
        if (wanted is not null)
            return found.Find(p => p.Version == wanted) ?? throw new DatabaseSetupException(
                $"The database in the data folder was made by PostgreSQL {wanted}, which is not installed here: install postgresql-{wanted}, "
                + "or set ConnectionStrings__Monitor to use another database.");
        var usable = found.Where(p => p.Version is >= Oldest and <= Newest).ToList();
        if (usable.Count > 0)
            return usable[0];
        var tooOld = found.Count > 0 ? $" (found only version {string.Join(", ", found.Select(p => p.Version).Distinct())})" : "";
        throw new DatabaseSetupException(
            $"PostgreSQL {Oldest} to {Newest} is not installed here{tooOld}: install it (Debian, Ubuntu: apt install postgresql; "
            + "Fedora: dnf install postgresql-server; macOS: brew install postgresql@18), "
            + "or set ConnectionStrings__Monitor to use a database elsewhere.");
    }

    static IEnumerable<string> Places()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            // Links in PATH lead to the real folder, which also holds the programs that nobody linked.
            var initdb = Path.Combine(folder, "initdb");
            if (folder.Length > 0 && File.Exists(initdb))
                yield return Path.GetDirectoryName(File.ResolveLinkTarget(initdb, true)?.FullName ?? initdb)!;
        }
        (string Root, string Pattern, string Below)[] known =
        [
            ("/usr/lib/postgresql", "*", "bin"), ("/usr", "pgsql-*", "bin"), ("/usr/libexec", "postgresql*", ""),
            ("/opt/homebrew/opt", "postgresql@*", "bin"), ("/usr/local/opt", "postgresql@*", "bin"),
        ];
        foreach (var (root, pattern, below) in known.Where(k => System.IO.Directory.Exists(k.Root)))
        {
            foreach (var folder in System.IO.Directory.GetDirectories(root, pattern).OrderByDescending(TrailingNumber))
                yield return Path.Combine(folder, below);
        }
    }

    static int TrailingNumber(string folder)
    {
        var name = Path.GetFileName(folder);
        var digits = name[(name.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1)..];
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    static PostgresPrograms? Inspect(string folder)
    {
        string[] needed = ["initdb", "pg_ctl", "postgres"];
        if (!needed.All(p => File.Exists(Path.Combine(folder, p))))
            return null;
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", or "18beta1" before a release.
        using var process = Process.Start(
            new ProcessStartInfo(Path.Combine(folder, "postgres"), ["--version"]) { RedirectStandardOutput = true })!;
        var words = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        var digits = words.Length > 2 ? new string([.. words[2].TakeWhile(char.IsAsciiDigit)]) : "";
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var version) ? new(folder, version) : null;
    }
}
