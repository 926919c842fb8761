namespace NewsMonitor.Operations;

/// <summary>A setting cannot be used. The message is one sentence for the operator: which, why, how to mend.</summary>
sealed class SettingException(string message, Exception? inner = null) : Exception(message, inner);
