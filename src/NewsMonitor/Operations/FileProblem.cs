namespace NewsMonitor.Operations;

/// <summary>What is wrong in a configuration file and where; lines and columns count from 1.</summary>
public sealed record FileProblem(int Line, int Column, string Message)
{
    public override string ToString() => $"line {Line}, column {Column}: {Message}";
}
