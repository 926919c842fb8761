namespace NewsMonitor.Pages;

/// <summary>What a copy says differently from the article it was taken from, word by word (longest common subsequence).</summary>
static class WordDifference
{
    /// <summary>Beyond it the table of the comparison would take too long to fill for a page.</summary>
    const int MostWords = 2500;

    /// <summary>The stretches of both texts in order: 0 in both, 1 only in <paramref name="now"/>, -1 only in <paramref
    /// name="before"/>.</summary>
    public static IEnumerable<(string Text, int Change)> Of(string before, string now)
    {
        var (a, b) = (Words(before), Words(now));
        if (a.Length > MostWords || b.Length > MostWords)
        {
            return [(now, 0)];
        }

        var longest = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                longest[i, j] = a[i] == b[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        return Runs(a, b, longest);
    }

    static IEnumerable<(string, int)> Runs(string[] a, string[] b, int[,] longest)
    {
        var run = new List<string>();
        int i = 0, j = 0, current = 0;
        while (i < a.Length || j < b.Length)
        {
            var change = i < a.Length && j < b.Length && a[i] == b[j] ? 0 : j < b.Length
                && (i == a.Length || longest[i, j + 1] >= longest[i + 1, j]) ? 1 : -1;
            if (change != current && run.Count > 0)
            {
                yield return (string.Join(' ', run) + " ", current);
                run.Clear();
            }

            run.Add(change < 0 ? a[i] : b[j]);
            (current, i, j) = (change, change <= 0 ? i + 1 : i, change >= 0 ? j + 1 : j);
        }

        yield return (string.Join(' ', run), current);
    }

    static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
