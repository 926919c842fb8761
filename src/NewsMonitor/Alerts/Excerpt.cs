using System.Text;
using NewsMonitor.Watches;

namespace NewsMonitor.Alerts;

/// <summary>A stretch of <see cref="Excerpt.Text"/> to mark, in UTF-16 units.</summary>
public readonly record struct Highlight(int Start, int Length);

/// <summary>A short piece of an article around what matched, cut on words; far-apart hits stand in pieces joined by an ellipsis.</summary>
public sealed record Excerpt(string Text, IReadOnlyList<Highlight> Highlights)
{
    public const int DefaultLength = 320;
    const int ShortestPiece = 100;

    public static Excerpt Empty { get; } = new("", []);

    /// <summary>
    /// Shows the first hit of each term. An article that matched by its title alone shows its opening (the title is shown beside it
    /// anyway), and one without text its title.
    /// </summary>
    /// <param name="length">Upper bound in UTF-16 units, ellipses included.</param>
    public static Excerpt Cut(string? title, string? text, IReadOnlyList<Hit> hits, int length = DefaultLength)
    {
        var useText = !string.IsNullOrWhiteSpace(text);
        var source = (useText ? text : title) ?? "";
        var marks = Marks(source, hits, useText ? "text" : "title");
        var builder = new Builder(source, marks);
        if (CollapsedLength(source) <= length)
        {
            builder.Add(0, source.Length);
            return builder.Done();
        }
        foreach (var (start, end) in Pieces(source, [.. hits.Where(h => h.Field == (useText ? "text" : "title"))], marks, length))
        {
            builder.Add(start, end);
        }
        return builder.Done();
    }

    static List<(int Start, int End)> Marks(string source, IReadOnlyList<Hit> hits, string field)
    {
        var marks = new List<(int Start, int End)>();
        foreach (var hit in hits.Where(h => h.Field == field && h.Start >= 0 && h.Length > 0 && h.Start + h.Length <= source.Length)
                     .OrderBy(h => h.Start))
        {
            var end = hit.Start + hit.Length;
            if (marks.Count > 0 && hit.Start < marks[^1].End)
            {
                marks[^1] = (marks[^1].Start, Math.Max(marks[^1].End, end));
            }
            else
            {
                marks.Add((hit.Start, end));
            }
        }
        return marks;
    }

    /// <param name="hits">Those of the source.</param>
    static List<(int Start, int End)> Pieces(string source, IReadOnlyList<Hit> hits, List<(int Start, int End)> marks, int length)
    {
        if (marks.Count == 0)
        {
            return [(0, TextCut.EndAtOrBefore(source, length - 2))];
        }
        var firsts = hits.OrderBy(h => h.Start).DistinctBy(h => h.Term)
            .Select(h => marks.Find(m => h.Start >= m.Start && h.Start < m.End)).Where(m => m.End > 0).Distinct().ToList();
        // A first hit that the opening window already shows needs no piece of its own.
        var shown = new List<(int Start, int End)>();
        foreach (var mark in firsts)
        {
            if (shown.Count < Math.Max(1, length / ShortestPiece) && (shown.Count == 0 || mark.End - shown[^1].Start > length * 2 / 3))
            {
                shown.Add(mark);
            }
        }
        // Each piece is paid for with an ellipsis and a space at both ends.
        var each = (length / shown.Count) - 4;
        var pieces = new List<(int Start, int End)>();
        foreach (var mark in shown)
        {
            var piece = Around(source, mark, each);
            if (pieces.Count > 0 && piece.Start <= pieces[^1].End)
            {
                pieces[^1] = (pieces[^1].Start, Math.Max(pieces[^1].End, piece.End));
            }
            else
            {
                pieces.Add(piece);
            }
        }
        return pieces;
    }

    static (int Start, int End) Around(string source, (int Start, int End) mark, int room)
    {
        var before = Math.Max(0, Math.Min((room - (mark.End - mark.Start)) / 3, mark.Start));
        // Near the end of the text the room that nothing follows goes to what stands before.
        var earliest = Math.Max(0, Math.Min(mark.Start - before, source.Length - room));
        var start = TextCut.StartAtOrAfter(source, earliest, mark.Start);
        var limit = Math.Min(source.Length, start + room);
        return (start, Math.Max(start, TextCut.EndAtOrBefore(source, limit, Math.Min(mark.End, limit))));
    }

    static int CollapsedLength(string source)
    {
        var count = 0;
        for (var i = 0; i < source.Length; i++)
        {
            count += IsGap(source[i]) && i > 0 && IsGap(source[i - 1]) ? 0 : 1;
        }
        return count;
    }

    static bool IsGap(char c) => char.IsWhiteSpace(c) || char.IsControl(c);

    /// <summary>Copies pieces with runs of white space as one space, and carries the marks along.</summary>
    sealed class Builder(string source, List<(int Start, int End)> marks)
    {
        readonly StringBuilder _text = new();
        readonly List<Highlight> _highlights = [];

        public void Add(int start, int end)
        {
            if (start > 0)
            {
                _text.Append(_text.Length > 0 && _text[^1] == TextCut.Ellipsis[0] ? " " : TextCut.Ellipsis + " ");
            }
            var map = new int[end - start + 1];
            for (var i = start; i < end; i++)
            {
                map[i - start] = _text.Length;
                if (!IsGap(source[i]))
                {
                    _text.Append(source[i]);
                }
                else if (_text.Length > 0 && _text[^1] != ' ')
                {
                    _text.Append(' ');
                }
            }
            while (_text.Length > 0 && _text[^1] == ' ')
            {
                _text.Length--;
            }
            map[end - start] = _text.Length;
            foreach (var (from, to) in marks)
            {
                var (first, last) = (Math.Max(from, start), Math.Min(to, end));
                if (first < last && map[first - start] < map[last - start])
                {
                    _highlights.Add(new Highlight(map[first - start], map[last - start] - map[first - start]));
                }
            }
            if (end < source.Length)
            {
                _text.Append(' ').Append(TextCut.Ellipsis);
            }
        }

        public Excerpt Done() => new(_text.ToString(), _highlights);
    }
}
