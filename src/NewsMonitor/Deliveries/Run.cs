using NewsMonitor.Alerts;

namespace NewsMonitor.Deliveries;

/// <summary>A stretch of text that is marked or not.</summary>
public readonly record struct Run(string Text, bool Marked)
{
    public static IEnumerable<Run> Of(Excerpt excerpt) => Of(excerpt.Text, excerpt.Highlights);

    /// <summary>The title, cut to so many UTF-16 units, with the places that hits name in it.</summary>
    public static IEnumerable<Run> OfTitle(AlertDocument alert, int longest)
    {
        var title = TextCut.OnWord(alert.Title, longest);
        return Of(title, [.. alert.Hits
            .Where(h => h.Field == "title" && h.Start >= 0 && h.Length > 0 && h.Start + h.Length <= title.Length)
            .OrderBy(h => h.Start).Select(h => new Highlight(h.Start, h.Length))]);
    }

    /// <summary>Control characters are left out: no channel has a use for them, and each breaks another one.</summary>
    public static string Clean(string? text)
    {
        if (text is null || !text.Any(c => char.IsControl(c)))
        {
            return text ?? "";
        }
        return string.Concat(text.Select(c => c is '\r' or '\n' or '\t' ? " " : char.IsControl(c) ? "" : c.ToString()));
    }

    static IEnumerable<Run> Of(string text, IReadOnlyList<Highlight> highlights)
    {
        var at = 0;
        foreach (var (start, length) in highlights)
        {
            if (start < at)
            {
                continue;
            }
            if (start > at)
            {
                yield return new(Clean(text[at..start]), false);
            }
            yield return new(Clean(text.Substring(start, length)), true);
            at = start + length;
        }
        if (at < text.Length)
        {
            yield return new(Clean(text[at..]), false);
        }
    }
}
