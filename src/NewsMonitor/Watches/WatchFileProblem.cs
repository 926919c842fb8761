namespace NewsMonitor.Watches;

/// <summary>Something in a watches file that cannot be used; line and column from 1.</summary>
public sealed record WatchFileProblem(long Line, long Column, string Message)
{
    public override string ToString() => $"line {Line}, column {Column}: {Message}";
}
