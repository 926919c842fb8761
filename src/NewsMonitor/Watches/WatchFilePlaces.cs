using TextEngine.WatchTerms;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Watches;

/// <summary>Remembers where each field of each watch stands in the file.</summary>
sealed class WatchFilePlaces
{
    readonly Dictionary<(string Watch, string Field), YamlNode> nodes = [];

    public void Add(string watch, string field, YamlNode node) => nodes.TryAdd((watch, field), node);

    /// <summary>A problem inside a field's text, told with its place in the file.</summary>
    public WatchFileProblem Locate(WatchProblem problem, string text)
    {
        var message = $"watch {problem.Watch}, {problem.Field}: {problem.Message}";
        if (!nodes.TryGetValue((problem.Watch, problem.Field), out var node) && !nodes.TryGetValue((problem.Watch, "id"), out node))
        {
            return new WatchFileProblem(1, 1, message);
        }

        if (node is not YamlScalarNode scalar)
        {
            return new WatchFileProblem(node.Start.Line, node.Start.Column, message);
        }

        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            // The text of a block starts on the line after its sign, behind the block's indentation.
            var line = scalar.Start.Line + problem.Line;
            var written = text.Split('\n').ElementAtOrDefault((int)line - 1) ?? "";
            return new WatchFileProblem(line, written.Length - written.TrimStart().Length + problem.Column, message);
        }

        var quotes = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0;
        return problem.Line > 1
            ? new WatchFileProblem(scalar.Start.Line + problem.Line - 1, problem.Column, message)
            : new WatchFileProblem(scalar.Start.Line, scalar.Start.Column + quotes + problem.Column - 1, message);
    }
}
