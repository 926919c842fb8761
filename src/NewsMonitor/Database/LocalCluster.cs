using System.Globalization;
using System.Text;
using Npgsql;

namespace NewsMonitor.Database;

/// <summary>
/// Local mode's PostgreSQL: a private cluster in the data folder, reachable only through a Unix socket inside it. The first process
/// that wants it starts it, later ones share it, the last one stops it. After a kill -9 the cluster still runs: the next start adopts it.
/// </summary>
sealed class LocalCluster : IAsyncDisposable
{
    const string Role = "monitor";
    const string Database = "monitor";
    const int SocketPathLimit = 103; // the shorter of Linux's 107 and macOS's 103 bytes
    static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    readonly string data;
    readonly DatabaseOptions options;
    readonly TimeProvider time;
    readonly ILogger log;
    readonly UnprivilegedAccount? account;
    readonly ClusterFolder folder;
    readonly ClusterLock use;
    DirectoryInfo? shortcut;

    LocalCluster(string data, DatabaseOptions options, TimeProvider time, ILogger log)
    {
        this.data = data;
        (this.options, this.time, this.log) = (options, time, log);
        account = UnprivilegedAccount.WhenRoot();
        folder = new(Path.Combine(data, "postgres"), account);
        use = new(data);
    }

    public string ConnectionString { get; private set; } = "";

    // PostgreSQL names its socket by the port, also where it listens on none.
    int Port => options.Settings.TryGetValue("port", out var port) ? int.Parse(port, CultureInfo.InvariantCulture) : 5432;
    string SocketName => $".s.PGSQL.{Port}";

    /// <summary>Makes, starts or joins the cluster of a data folder.</summary>
    public static async Task<LocalCluster> StartAsync(
        string dataDirectory, DatabaseOptions options, TimeProvider time, ILogger log, CancellationToken stop)
    {
        if (OperatingSystem.IsWindows())
            throw new DatabaseSetupException("Local mode needs Linux or macOS: set ConnectionStrings__Monitor to a PostgreSQL database.");
        var data = Path.GetFullPath(dataDirectory);
        try
        {
            Directory.CreateDirectory(data);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new DatabaseSetupException(
                $"The data folder {data} cannot be made ({e.Message}): set Monitor__DataDirectory to a folder that this user can write.", e);
        }
        var cluster = new LocalCluster(data, options, time, log);
        try
        {
            using (await cluster.use.EnterAsync(time, stop))
            {
                cluster.use.Use();
                await cluster.StartOrJoinAsync(stop);
            }
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    async Task StartOrJoinAsync(CancellationToken stop)
    {
        var connect = Connect();
        if (await AcceptsAsync(connect, stop))
        {
            log.LogInformation("Joined the PostgreSQL that already runs in {Folder}", folder.Path);
        }
        else
        {
            var programs = PostgresPrograms.Find(options.ProgramDirectory, VersionOfCluster());
            if (!folder.HasCluster)
                await InitialiseAsync(programs, stop);
            await folder.PrepareAsync(stop);
            await ConfigureAsync(folder, stop);
            await UntilAcceptsAsync(connect, programs, stop);
        }
        ConnectionString = await CreateDatabaseAsync(connect, stop);
    }

    int? VersionOfCluster() => folder.HasCluster
        ? int.Parse(File.ReadAllText(Path.Combine(folder.Path, "PG_VERSION")), CultureInfo.InvariantCulture)
        : null;

    /// <summary>Makes the cluster beside its place and moves it there when whole, so that a crash leaves no half of one.</summary>
    async Task InitialiseAsync(PostgresPrograms programs, CancellationToken stop)
    {
        log.LogInformation("Making a PostgreSQL {Version} cluster in {Folder}", programs.Version, folder.Path);
        var fresh = new ClusterFolder(folder.Path + ".new", account);
        if (Directory.Exists(fresh.Path))
            Directory.Delete(fresh.Path, true);
        await fresh.PrepareAsync(stop);
        List<string> command =
        [
            programs.InitDb, "-D", fresh.Name, "-U", Role, "--auth-local=peer", "--auth-host=reject", "--encoding=UTF8", "--no-instructions",
        ];
        string[][] locales = programs.Version >= 17
            ? [["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]]
            : [["--locale=C.UTF-8"], ["--locale=C"]];
        foreach (var locale in locales)
        {
            var (code, said) = await fresh.RunAsync([.. command, .. locale], null, stop);
            if (code == 0)
            {
                Directory.Move(fresh.Path, folder.Path);
                return;
            }
            if (locale != locales[^1] && said.Contains("invalid locale", StringComparison.Ordinal))
                continue;
            throw new DatabaseSetupException($"PostgreSQL's initdb could not make a cluster in {folder.Path}: {said}");
        }
    }

    async Task ConfigureAsync(ClusterFolder target, CancellationToken stop)
    {
        var text = new StringBuilder("""
            # Written by News Monitor at every start. Put your own settings into tuning.conf beside this file.
            listen_addresses = ''
            unix_socket_directories = '.'
            max_connections = 200
            timezone = 'UTC'
            log_timezone = 'UTC'
            default_text_search_config = 'pg_catalog.simple'
            logging_collector = on
            log_filename = 'postgresql-%a.log'
            log_truncate_on_rotation = on
            log_rotation_age = 1d
            log_rotation_size = 0
            log_checkpoints = off
            # No query here runs for so long that compiling it would pay.
            jit = off

            """);
        foreach (var (name, value) in options.Settings)
            text.Append(CultureInfo.InvariantCulture, $"{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'\n");
        text.Append("include_if_exists = 'tuning.conf'\n");
        await target.WriteAsync("postgresql.conf", text.ToString(), stop);
        // Only the service's own account gets in, whoever else can reach the socket.
        await target.WriteAsync("pg_hba.conf", "local all all peer map=monitor\n", stop);
        await target.WriteAsync("pg_ident.conf", $"monitor \"{Environment.UserName}\" {Role}\n", stop);
    }

    /// <summary>
    /// True when the process that postmaster.pid names is this cluster's. After a crash that number may belong to any other process of the
    /// same user, or to one that nobody has buried yet; PostgreSQL would take either for a running server, so its stale files go.
    /// </summary>
    async Task<bool> IsRunningAsync(CancellationToken stop)
    {
        var file = Path.Combine(folder.Path, "postmaster.pid");
        if (!OperatingSystem.IsLinux() || !File.Exists(file))
            return false;
        var process = (await File.ReadAllLinesAsync(file, stop)).FirstOrDefault("").Trim();
        if (process.Length > 0 && process.All(char.IsAsciiDigit)
            && (await folder.RunAsync(["/bin/sh", "-c", $"[ /proc/{process}/cwd -ef \"$0\" ]", folder.Name], null, stop)).Code == 0)
            return true;
        log.LogInformation("PostgreSQL in {Folder} was not stopped properly the last time; it recovers", folder.Path);
        File.Delete(file);
        File.Delete(Path.Combine(folder.Path, SocketName + ".lock"));
        return false;
    }

    async Task StartServerAsync(PostgresPrograms programs, CancellationToken stop)
    {
        log.LogInformation("Starting PostgreSQL {Version} in {Folder}", programs.Version, folder.Path);
        var deadline = time.GetUtcNow() + StartLimit;
        while (true)
        {
            await folder.WriteAsync("start.log", "", stop);
            var (code, said) = await folder.RunAsync(
                [programs.PgCtl, "start", "-D", folder.Name, "-w", "-t", $"{StartLimit.TotalSeconds}", "-l", $"{folder.Name}/start.log"],
                null, stop);
            if (code == 0)
                return;
            var reason = Reason(said);
            // The last processes of a killed server need a moment to notice and go.
            if (!reason.Contains("still in use", StringComparison.Ordinal) || time.GetUtcNow() > deadline)
                throw new DatabaseSetupException($"The private PostgreSQL in {folder.Path} did not start: {reason}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, stop);
        }
    }

    /// <summary>What the server said last before it gave up, on one line.</summary>
    string Reason(string? otherwise = null)
    {
        var logs = Path.Combine(folder.Path, "log");
        var newest = Directory.Exists(logs) ? Directory.GetFiles(logs).OrderByDescending(File.GetLastWriteTimeUtc).Take(1) : [];
        foreach (var file in newest.Prepend(Path.Combine(folder.Path, "start.log")).Where(File.Exists))
        {
            var lines = File.ReadAllLines(file);
            var fatal = Array.FindLastIndex(lines, line => line.Contains("FATAL", StringComparison.Ordinal));
            if (fatal >= 0)
                return string.Join("; ", lines[Math.Max(0, fatal - 1)..]);
        }
        return otherwise ?? $"see start.log and log/ in {folder.Path}";
    }

    /// <summary>The way to the cluster's own database; through a short link where the socket's path would be too long for the system.</summary>
    NpgsqlConnectionStringBuilder Connect()
    {
        var socket = folder.Path;
        if (Encoding.UTF8.GetByteCount($"{socket}/{SocketName}") > SocketPathLimit)
        {
            shortcut = Directory.CreateTempSubdirectory("news-monitor-");
            socket = File.CreateSymbolicLink(Path.Combine(shortcut.FullName, "pg"), folder.Path).FullName;
        }
        return new() { Host = socket, Port = Port, Username = Role, Database = "postgres", Pooling = false, Timeout = 5 };
    }

    static async Task<bool> AcceptsAsync(NpgsqlConnectionStringBuilder connect, CancellationToken stop)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connect.ConnectionString);
            await connection.OpenAsync(stop);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            throw new DatabaseSetupException(
                $"The PostgreSQL that runs in {connect.Host} was started by another user: stop that service first, or start this one as that user.", e);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Starts the server, or waits for one that still recovers from a crash or is just being stopped.</summary>
    async Task UntilAcceptsAsync(NpgsqlConnectionStringBuilder connect, PostgresPrograms programs, CancellationToken stop)
    {
        var deadline = time.GetUtcNow() + StartLimit;
        while (!await AcceptsAsync(connect, stop))
        {
            if (!await IsRunningAsync(stop))
            {
                await StartServerAsync(programs, stop);
                continue;
            }
            if (time.GetUtcNow() > deadline)
                throw new DatabaseSetupException($"The private PostgreSQL in {folder.Path} runs but accepts no connection: {Reason()}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, stop);
        }
    }

    async Task<string> CreateDatabaseAsync(NpgsqlConnectionStringBuilder connect, CancellationToken stop)
    {
        await using (var connection = new NpgsqlConnection(connect.ConnectionString))
        {
            await connection.OpenAsync(stop);
            await using var exists = new NpgsqlCommand($"SELECT 1 FROM pg_database WHERE datname = '{Database}'", connection);
            if (await exists.ExecuteScalarAsync(stop) is null)
            {
                await using var create = new NpgsqlCommand($"CREATE DATABASE {Database}", connection);
                await create.ExecuteNonQueryAsync(stop);
            }
        }
        return new NpgsqlConnectionStringBuilder
        {
            Host = connect.Host,
            Port = Port,
            Username = Role,
            Database = Database,
            MaxPoolSize = options.MaxPoolSize,
        }.ConnectionString;
    }

    /// <summary>Stops the cluster when no other process uses it. Connections that are still open are closed.</summary>
    public async ValueTask DisposeAsync()
    {
        using (await use.EnterAsync(time, CancellationToken.None))
        {
            if (use.Leave() && File.Exists(Path.Combine(folder.Path, "postmaster.pid")))
            {
                var programs = PostgresPrograms.Find(options.ProgramDirectory, VersionOfCluster());
                await folder.PrepareAsync(CancellationToken.None);
                var (code, said) = await folder.RunAsync(
                    [programs.PgCtl, "stop", "-D", folder.Name, "-m", "fast", "-w", "-t", "30"], null, CancellationToken.None);
                if (code != 0)
                    log.LogWarning("The private PostgreSQL in {Folder} did not stop: {Reason}", folder.Path, said);
            }
        }
        use.Dispose();
        shortcut?.Delete(true);
    }
}
