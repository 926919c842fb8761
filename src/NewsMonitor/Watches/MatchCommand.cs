using System.CommandLine;

namespace NewsMonitor.Watches;

/// <summary>monitor match: what would these watches find in these texts?</summary>
public static class MatchCommand
{
    public static Command Create()
    {
        var watches = new Option<FileInfo>("--watches") { Description = "A watches.yaml.", Required = true };
        var json = new Option<bool>("--json") { Description = "One JSON object a document." };
        var explain = new Option<bool>("--explain") { Description = "List what every watch expands to, and why; then match any FILE given." };
        var files = new Argument<FileInfo[]>("FILE")
        {
            Description = "Text files. Without one, NDJSON documents {\"id\",\"title\"?,\"text\"} are read from standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("match", "Matches texts against watches.") { watches, json, explain, files };
        command.SetAction((result, cancel) => Task.FromResult(Run(
            result.GetValue(watches)!, result.GetValue(files) ?? [], result.GetValue(json), result.GetValue(explain), cancel)));
        return command;
    }

    static int Run(FileInfo watches, FileInfo[] files, bool json, bool explain, CancellationToken cancel)
    {
        try
        {
            var file = WatchFile.Read(File.ReadAllText(watches.FullName));
            if (file.Set is not { } set)
            {
                foreach (var problem in file.Problems)
                {
                    Console.Error.WriteLine($"{watches.Name}, {problem}");
                }

                return 1;
            }

            using var output = new MatchOutput(Console.OpenStandardOutput(), json);
            if (explain)
            {
                output.Explain(set, file.InForce);
            }

            return files.Length > 0 || !explain ? Match(MatchInput.Read(files, Console.OpenStandardInput()), set, output, cancel) : 0;
        }
        catch (IOException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return 1;
        }
        catch (UnauthorizedAccessException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return 1;
        }
    }

    static int Match(IEnumerable<MatchDocument> documents, TextEngine.WatchTerms.WatchSet set, MatchOutput output, CancellationToken cancel)
    {
        var failed = false;
        foreach (var document in documents)
        {
            cancel.ThrowIfCancellationRequested();
            if (document.Error is { } error)
            {
                failed = true;
                Console.Error.WriteLine(error);
                continue;
            }

            output.Write(document, set.Match(document.Article));
        }

        return failed ? 1 : 0;
    }
}
