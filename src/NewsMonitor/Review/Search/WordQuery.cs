using TextEngine.WatchTerms;

namespace NewsMonitor.Review.Search;

/// <summary>
/// A query of the watches' language as PostgreSQL's tsquery over the words that <see cref="IndexWords"/> writes. The index cannot tell all
/// that the engine can, so there are two translations: one that finds everything the engine could accept and more, for results that the
/// engine then judges, and one that stands alone, where the text to judge is no longer kept.
/// </summary>
static class WordQuery
{
    const int MostNear = 20;

    // The letters that folding leaves, by script: what one edit can put into a word.
    const string Arabic = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءپچژگ";
    const string Latin = "abcdefghijklmnopqrstuvwxyz0123456789";
    const string Cyrillic = "абвгдежзиклмнопрстуфхцчшщъыьэюя";
    const string Hebrew = "אבגדהוזחטיכלמנסעפצקרשת";

    /// <summary>Everything that may match; null where the index cannot narrow anything.</summary>
    /// <param name="standing">Those of <see cref="Edits"/> that the index holds.</param>
    public static string? Wide(SearchNode node, IReadOnlySet<string> standing) => Translate(node, false, standing);

    /// <summary>What the words of the title alone must hold; null where the query asks nothing of titles.</summary>
    public static string? Title(SearchNode node, IReadOnlySet<string> standing) => node switch
    {
        SearchNode.Words { TitleOnly: true } words => Words(words with { TitleOnly = false }, standing),
        SearchNode.All all => Join(all.Parts.Select(part => Title(part, standing)).OfType<string>(), " & "),
        SearchNode.Any any => any.Parts.Select(part => Title(part, standing)).ToList() is var parts && parts.Contains(null) ? null
            : Join(parts!, " | "),
        SearchNode.Near near => Join(near.Parts.Select(part => Title(part, standing)).OfType<string>(), " & "),
        _ => null,
    };

    /// <summary>Whether everything that the query asks of words it asks of the title.</summary>
    public static bool IsOfTitle(SearchNode node) => node switch
    {
        SearchNode.Words words => words.TitleOnly,
        SearchNode.All all => all.Parts.All(IsOfTitle),
        SearchNode.Any any => any.Parts.All(IsOfTitle),
        SearchNode.Near near => near.Parts.All(IsOfTitle),
        _ => true,
    };

    /// <summary>Whether the index alone knows who has these words; places and weights are read from each article.</summary>
    public static bool IsExact(string query) => !query.Contains('<', StringComparison.Ordinal)
        && !query.Contains(":A", StringComparison.Ordinal) && !query.Contains(":*A", StringComparison.Ordinal);

    /// <summary>As near to the query's meaning as the index can come by itself.</summary>
    public static string? Strict(SearchNode node) => Translate(node, true, null);

    /// <summary>The words that the query's fuzzy words stand for.</summary>
    public static IReadOnlyCollection<string> Edits(SearchNode node) => node switch
    {
        SearchNode.Words { Kind: SearchWordKind.Fuzzy, Folded: [var word, ..] } => OneEdit(word),
        SearchNode.All all => [.. all.Parts.SelectMany(Edits)],
        SearchNode.Any any => [.. any.Parts.SelectMany(Edits)],
        SearchNode.Near near => [.. near.Parts.SelectMany(Edits)],
        _ => [],
    };

    static string? Translate(SearchNode node, bool strict, IReadOnlySet<string>? standing) => node switch
    {
        SearchNode.Words words => Words(words, standing),
        SearchNode.All all => Join(all.Parts.Select(part => Translate(part, strict, standing)).OfType<string>(), " & "),
        SearchNode.Any any => any.Parts.Select(part => Translate(part, strict, standing)).ToList() is var parts && parts.Contains(null)
            ? null
            : Join(parts!, " | "),
        SearchNode.Not not => strict && Translate(not.Part, strict, standing) is { } part ? $"!({part})" : null,
        SearchNode.Near near => strict ? Near(near)
            : Join(near.Parts.Select(part => Translate(part, strict, standing)).OfType<string>(), " & "),
        _ => null,
    };

    static string? Join(IEnumerable<string> parts, string by) => parts.ToList() switch
    {
        [] => null,
        [var only] => only,
        var several => "(" + string.Join(by, several) + ")",
    };

    static string? Near(SearchNode.Near near)
    {
        var parts = near.Parts.Select(part => Translate(part, true, null)).ToList();
        if (parts.Contains(null))
        {
            return null;
        }

        // Distance counts both ways, so each part is written forty times: one that stands for hundreds of words is only required, as is one
        // that is itself a phrase, since it has no single place.
        return parts is [var a, var b] && near.Distance <= MostNear
            && near.Parts.All(part => part is SearchNode.Words { Folded.Count: 1, Kind: not SearchWordKind.Fuzzy })
            ? Join(Enumerable.Range(1, near.Distance).SelectMany(n => new[] { $"({a} <{n}> {b})", $"({b} <{n}> {a})" }), " | ")
            : Join(parts!, " & ");
    }

    static string? Words(SearchNode.Words words, IReadOnlySet<string>? standing)
    {
        var weight = words.TitleOnly ? "A" : "";
        return words.Kind switch
        {
            _ when words.Folded.Count == 0 => null,
            SearchWordKind.Prefix => $"{Quote(words.Folded[0])}:*{weight}",
            SearchWordKind.Fuzzy => Join(
                OneEdit(words.Folded[0]).Where(word => standing is null || word == words.Folded[0] || standing.Contains(word))
                    .Select(word => Quote(word, weight)), " | "),
            SearchWordKind.Exact => Quote(words.Folded[0], weight),
            _ when words.Folded.Count == 1 => Join(Forms(words.Folded[0]).Select(word => Quote(word, weight)), " | "),
            _ => Join(words.Folded.Zip(words.Folded.Skip(1)).Select(pair => Pair(pair.First, pair.Second, weight)), " & "),
        };
    }

    // One small word, such as an article, may stand between two words of a phrase.
    static string Pair(string first, string second, string weight)
    {
        var (a, b) = (Quote(first, weight), Join(Forms(second).Select(word => Quote(word, weight)), " | "));
        return $"(({a} <-> {b}) | ({a} <2> {b}))";
    }

    static IEnumerable<string> Forms(string word)
    {
        yield return word;
        if (word.Length >= 4 && word[0] is >= 'a' and <= 'z' && word[^1] != 's')
        {
            yield return word + "s";
        }
        else if (word.Length >= 3 && word[0] is >= 'ء' and <= 'ە')
        {
            yield return word + "ها";
            yield return word + "هاي";
        }
    }

    /// <summary>The word and all that one edit makes of it: a letter dropped, replaced, added, or two neighbours swapped.</summary>
    internal static IReadOnlyCollection<string> OneEdit(string word)
    {
        var letters = word[0] switch
        {
            >= 'א' and <= 'ת' => Hebrew,
            >= 'ء' and <= 'ە' => Arabic,
            >= 'а' and <= 'я' => Cyrillic,
            _ => Latin,
        };
        var words = new HashSet<string>(StringComparer.Ordinal) { word };
        for (var i = 0; i <= word.Length; i++)
        {
            if (i < word.Length)
            {
                words.Add(word.Remove(i, 1));
            }

            if (i + 1 < word.Length)
            {
                words.Add(word[..i] + word[i + 1] + word[i] + word[(i + 2)..]);
            }

            foreach (var letter in letters)
            {
                words.Add(word[..i] + letter + word[i..]);
                if (i < word.Length)
                {
                    words.Add(word[..i] + letter + word[(i + 1)..]);
                }
            }
        }

        words.RemoveWhere(w => w.Length < 2);
        return words;
    }

    public static string Quote(string word) => Quote(word, "");

    static string Quote(string word, string weight) =>
        $"'{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"
            + (weight.Length > 0 ? ":" + weight : "");
}
