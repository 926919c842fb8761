namespace NewsMonitor.Database;

/// <summary>The database cannot be used as configured. The message is one sentence for the operator: what, where, how to mend.</summary>
sealed class DatabaseSetupException(string message, Exception? inner = null) : Exception(message, inner);
