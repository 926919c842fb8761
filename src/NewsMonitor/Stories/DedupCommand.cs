using System.CommandLine;

namespace NewsMonitor.Stories;

/// <summary>monitor dedup: which of these documents are copies of one another?</summary>
public static class DedupCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object a document." };
        var file = new Argument<FileInfo?>("FILE")
        {
            Description = "NDJSON documents {\"id\",\"title\"?,\"text\",\"published\"?}; without it they are read from standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("dedup", "Groups documents into stories, in input order.") { json, file };
        command.SetAction((result, stop) => Task.FromResult(Run(result.GetValue(file), result.GetValue(json), stop)));
        return command;
    }

    static int Run(FileInfo? file, bool json, CancellationToken stop)
    {
        try
        {
            using var input = file is null ? Console.OpenStandardInput() : file.OpenRead();
            using var output = Console.OpenStandardOutput();
            return Run(input, file?.Name ?? "standard input", output, json, Console.Error, !Console.IsErrorRedirected, stop);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(wrong.Message);
            return 1;
        }
    }

    internal static int Run(
        Stream input, string name, Stream output, bool json, TextWriter errors, bool showProgress, CancellationToken stop)
    {
        var grouping = new DedupGrouping();
        var failed = false;
        foreach (var document in DedupInput.Read(input, name))
        {
            stop.ThrowIfCancellationRequested();
            if (document.Error is { } error)
            {
                failed = true;
                errors.WriteLine(error);
                continue;
            }

            grouping.Add(document);
            if (showProgress && grouping.Count % 1000 == 0)
            {
                var share = input.CanSeek && input.Length > 0 ? $" ({100 * input.Position / input.Length} %)" : "";
                errors.Write($"\r{grouping.Count:N0} documents{share} ");
            }
        }

        if (showProgress && grouping.Count >= 1000)
        {
            errors.WriteLine();
        }

        DedupOutput.Write(grouping, output, json);
        return failed ? 1 : 0;
    }
}
