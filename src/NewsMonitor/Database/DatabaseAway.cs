using System.Data.Common;
using System.Net.Sockets;
using NewsMonitor.Operations;
using Npgsql;

namespace NewsMonitor.Database;

/// <summary>
/// Tells a database that is not there for the moment (stopped, starting, out of reach, out of places) from one that says no.
/// </summary>
static class DatabaseAway
{
    // 57P: an administrator or a crash ends the session, or the server is still starting.
    public static bool Is(Exception cause) => cause is not SettingException && cause.GetBaseException() switch
    {
        PostgresException refusal => refusal.IsTransient || refusal.SqlState.StartsWith("57P", StringComparison.Ordinal),
        var root => root is DbException or IOException or SocketException || IsNpgsql(cause),
    };

    // A time-out is a TimeoutException within an NpgsqlException; elsewhere it says nothing of the database.
    static bool IsNpgsql(Exception? cause) => cause is not null && (cause is NpgsqlException || IsNpgsql(cause.InnerException));
}
