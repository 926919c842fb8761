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

        var (line, column) = Find(problem, scalar, text);
        return new WatchFileProblem(line, column, message);
    }

    // YAML joins lines, strips indentation and reads escapes; but what is no space stands in the file in the same order.
    static (long Line, long Column) Find(WatchProblem problem, YamlScalarNode scalar, string text)
    {
        var value = scalar.Value ?? "";
        var offset = Offset(problem, value);
        var isOnLetter = offset < value.Length && !char.IsWhiteSpace(value[offset]);
        var before = value.Take(offset).Count(letter => !char.IsWhiteSpace(letter));
        var letters = value.Where(letter => !char.IsWhiteSpace(letter)).ToArray();

        // A block starts on the line after its sign, what is quoted behind its quote.
        var (first, indent) = scalar.Style switch
        {
            ScalarStyle.Literal or ScalarStyle.Folded => ((int)scalar.Start.Line, 0),
            ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => ((int)scalar.Start.Line - 1, (int)scalar.Start.Column),
            _ => ((int)scalar.Start.Line - 1, (int)scalar.Start.Column - 1),
        };
        var (rows, at) = (text.Split('\n'), 0);
        for (var row = first; row < rows.Length; row++)
        {
            for (var column = row == first ? indent : 0; column < rows[row].Length && at < letters.Length; column++)
            {
                if (rows[row][column] != letters[at])
                {
                    continue;
                }

                if (at == before && isOnLetter)
                {
                    return (row + 1, column + 1);
                }

                if (++at == before && !isOnLetter)
                {
                    return (row + 1, column + 2);
                }
            }
        }

        return (scalar.Start.Line, scalar.Start.Column);
    }

    // Where in the text a line and column from 1 are.
    static int Offset(WatchProblem problem, string value)
    {
        var start = 0;
        for (var line = 1; line < problem.Line && value.IndexOf('\n', start) is var end and >= 0; line++)
        {
            start = end + 1;
        }

        return Math.Clamp(start + (int)problem.Column - 1, 0, value.Length);
    }
}
