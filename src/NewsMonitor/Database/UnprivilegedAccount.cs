namespace NewsMonitor.Database;

/// <summary>
/// The account that runs PostgreSQL's programs when the service itself is root, since PostgreSQL refuses root:
/// <c>postgres</c> where it exists, else <c>nobody</c>, entered through whichever of setpriv, runuser and su is there.
/// </summary>
sealed record UnprivilegedAccount(string Name, string Group, string Switch)
{
    /// <summary>Null when the service does not run as root and so needs none.</summary>
    public static UnprivilegedAccount? WhenRoot()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS() || !Environment.IsPrivilegedProcess)
            return null;
        var passwd = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(f => f.Length > 3).ToList();
        var entry = passwd.Find(f => f[0] == "postgres") ?? passwd.Find(f => f[0] == "nobody") ?? throw new DatabaseSetupException(
            "PostgreSQL refuses to run as root and there is no user postgres or nobody to run it as: "
            + "start the service as an ordinary user, or set ConnectionStrings__Monitor.");
        return new(entry[0], entry[3], FindSwitch());
    }

    /// <summary>The command line that runs a program as this account.</summary>
    public IReadOnlyList<string> Wrap(IReadOnlyList<string> command) => Path.GetFileName(Switch) switch
    {
        "setpriv" => [Switch, "--reuid", Name, "--regid", Group, "--init-groups", "--", .. command],
        "runuser" => [Switch, "-u", Name, "--", .. command],
        _ => [Switch, "-s", "/bin/sh", Name, "-c", string.Join(' ', command.Select(Quote))],
    };

    static string FindSwitch()
    {
        string[] folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];
        // BusyBox has a setpriv too, but one that cannot change the user.
        return (from name in (string[])["setpriv", "runuser", "su"]
                from folder in folders
                let path = Path.Combine(folder, name)
                where File.Exists(path) && !(name == "setpriv" && IsBusyBox(path))
                select path).FirstOrDefault()
            ?? throw new DatabaseSetupException(
                "PostgreSQL refuses to run as root and none of setpriv, runuser and su is installed to run it as another user: "
                + "start the service as an ordinary user, or set ConnectionStrings__Monitor.");
    }

    static bool IsBusyBox(string path) => File.ResolveLinkTarget(path, true)?.Name == "busybox";

    static string Quote(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
