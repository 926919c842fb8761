using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NewsMonitor;
using NewsMonitor.Database;
using NewsMonitor.Deliveries.Commands;
using NewsMonitor.Feeds;
using NewsMonitor.Operations;
using NewsMonitor.Review;
using NewsMonitor.Stories;
using NewsMonitor.Watches;

// A machine's own calendar and numerals are not for what is stored, sent and read by programs: in Tehran it is 2026, too.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Composition and command line only. Results go to standard output; progress, logs and errors to standard error.
Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

var urls = new Option<string>("--urls") { Description = "Addresses to listen on, separated by ';' (default http://127.0.0.1:8080)" };
var role = new Option<string>("--role") { Description = "Which part of the work it takes: all, fetch, deliver or web (default all)" };
var run = new Command("run", "Run the service: workers, API and page (what `monitor` alone does)") { urls, role };
var root = new RootCommand("News Monitor: reads news feeds, tells copies apart, matches watch terms, raises alerts.")
{
    urls,
    role,
    run,
    FeedCommand.Create(),
    MatchCommand.Create(),
    DedupCommand.Create(),
    KeyCommand.Create(CommandDatabase.OpenAsync, TimeProvider.System),
    RecipientCommand.Create(CommandDatabase.OpenAsync, CommandDatabase.OpenSecrets, CommandDatabase.Configuration, MonitorService.PublicUrl,
        TimeProvider.System),
    DeliveryCommand.Create(CommandDatabase.OpenAsync, TimeProvider.System),
    SilenceCommand.Create(CommandDatabase.OpenAsync, TimeProvider.System),
    BacktestCommand.Create(CommandDatabase.OpenAsync, TimeProvider.System),
    ConfigurationCommands.Import(TimeProvider.System),
    ConfigurationCommands.Export(TimeProvider.System),
    MigrateCommand(),
    HealthCheckCommand.Create(),
    GatewayCommand.Create(),
};
root.SetAction((parsed, stop) => MonitorService.RunAsync(parsed.GetValue(urls), parsed.GetValue(role), stop));
run.SetAction((parsed, stop) => MonitorService.RunAsync(parsed.GetValue(urls), parsed.GetValue(role), stop));

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine($"monitor: {error.Message}");
    }

    Console.Error.WriteLine("monitor: see `monitor --help`.");
    return 2;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    return 1;
}
catch (Exception e) when (e is DatabaseSetupException or SettingException or CryptographicException or Npgsql.NpgsqlException
    or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"monitor: {e.Message}");
    return 1;
}
finally
{
    await CommandDatabase.CloseAsync();
}

static Command MigrateCommand()
{
    var command = new Command("migrate", "Bring the database up to date and exit");
    command.SetAction(async (_, stop) =>
    {
        await using var db = await CommandDatabase.OpenAsync(stop);
        Console.WriteLine($"The database is up to date: {(await db.Database.GetAppliedMigrationsAsync(stop)).Last()}");
        return 0;
    });
    return command;
}
