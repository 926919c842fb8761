using TextEngine.WatchTerms;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Watches;

/// <summary>
/// The text of a watches.yaml as watches, or as everything that is wrong with it: it is used whole or not at all. Definitions are compiled
/// and their examples checked here, so that a problem inside a query is told with its place in the file.
/// </summary>
public sealed class WatchFile
{
    WatchFile(IReadOnlyList<WatchEntry> watches, WatchSet? set, IReadOnlyList<WatchFileProblem> problems)
    {
        Watches = watches;
        Set = set;
        Problems = problems;
    }

    /// <summary>The watches in file order; empty when there are problems.</summary>
    public IReadOnlyList<WatchEntry> Watches { get; }

    /// <summary>Those that are not switched off.</summary>
    public IEnumerable<WatchEntry> InForce => Watches.Where(watch => watch.Enabled != false);

    /// <summary>The watches in force, compiled; null when there are problems.</summary>
    public WatchSet? Set { get; }

    public IReadOnlyList<WatchFileProblem> Problems { get; }

    public static WatchFile Read(string text)
    {
        var reader = new WatchFileReader();
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            reader.Read(stream);
        }
        catch (YamlException wrong)
        {
            reader.Problems.Add(new WatchFileProblem(wrong.Start.Line, wrong.Start.Column, $"not readable as YAML: {Reason(wrong)}"));
        }

        if (reader.Problems.Count > 0)
        {
            return Refused(reader.Problems);
        }

        try
        {
            // Those that are switched off must be right, too.
            var all = WatchSet.Compile([.. reader.Watches.Select(watch => watch.Definition)]);
            var file = new WatchFile(reader.Watches, all, []);
            return file.InForce.Count() == file.Watches.Count
                ? file
                : new WatchFile(file.Watches, WatchSet.Compile([.. file.InForce.Select(watch => watch.Definition)]), []);
        }
        catch (WatchDefinitionException wrong)
        {
            return Refused(wrong.Problems.Select(problem => reader.Places.Locate(problem, text)));
        }
    }

    static WatchFile Refused(IEnumerable<WatchFileProblem> problems) =>
        new([], null, [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);

    static string Reason(YamlException wrong) => (wrong.InnerException ?? wrong).Message;
}
