namespace TextEngine.WatchTerms;

/// <summary>Reads the query language of the watches into a tree.</summary>
public static class SearchQuery
{
    /// <summary>Parses a query.</summary>
    /// <exception cref="WatchDefinitionException">The query cannot be read; its problem has line and column.</exception>
    public static SearchNode Parse(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var leaves = new List<(string Text, AtomKind Kind)>();
        try
        {
            var node = QueryParser.Parse(query, new TextEngine.Normalisation.WordReader(), (text, kind) =>
            {
                leaves.Add((text, kind));
                return leaves.Count - 1;
            });
            return Tree(node, leaves);
        }
        catch (QueryException wrong)
        {
            var (line, column) = QueryLexer.Place(query, wrong.Position);
            throw new WatchDefinitionException([new WatchProblem("", "query", line, column, wrong.Message)]);
        }
    }

    /// <summary>The words of a text, folded and without the Arabic article, as queries look them up.</summary>
    public static IReadOnlyList<string> Words(string text) => [.. new TermReader().Read(text).Select(word => word.Folded)];

    /// <summary>
    /// What a word may say once the letters that Arabic writes as one with it are taken off (لقاآني is ل and قاآني), where that is beyond
    /// reasonable doubt: an article follows them, a doubled alef or madda marks the rest as a name, or the rest has five letters or more.
    /// The word itself comes first, unless its marks leave one reading only.
    /// </summary>
    public static IReadOnlyList<string> Readings(string word)
    {
        var reader = new Normalisation.WordReader();
        reader.Read(word);
        if (reader.Count != 1 || reader.Letters.Length < 3 || !Proclitics.MayStart(reader.Letters[0]))
        {
            return [word];
        }

        if (reader.Letters is "لله")
        {
            return ["الله"];
        }

        Span<int> cuts = stackalloc int[Proclitics.Most];
        var count = Proclitics.Cuts(reader.Letters, cuts);
        var marked = Marks.HasLongAlef(word);
        var rests = new List<string>();
        foreach (var cut in cuts[..count])
        {
            var length = Math.Abs(cut);
            var bare = cut == -2 && reader.Letters[0] == 'ا';
            var left = reader.Letters[length..];
            if (!bare && (cut < 0 ? left.Length >= 3 : left.Length >= 5 || marked || left is "الله"))
            {
                rests.Add(Rest(word, length));
            }
        }

        return marked && rests.Count > 0 ? rests : [word, .. rests];
    }

    // The same number of letters is cut off the word as written, so that its own marks stay; vowel signs and tatweel are no letters.
    static string Rest(string word, int letters)
    {
        var at = 0;
        while (letters > 0 && at < word.Length)
        {
            letters -= Normalisation.CharacterFolding.Table[word[at]] >= Normalisation.CharacterFolding.FirstLetter ? 1 : 0;
            at++;
        }

        return word[at..];
    }

    static SearchNode Tree(QueryNode node, List<(string Text, AtomKind Kind)> leaves) => node switch
    {
        QueryNode.Leaf leaf => new SearchNode.Words(leaves[leaf.Atom].Text, KindOf(leaves[leaf.Atom].Kind), leaf.TitleOnly, Words(leaves[leaf.Atom].Text)),
        QueryNode.All all => new SearchNode.All(Trees(all.Parts, leaves)),
        QueryNode.Any any => new SearchNode.Any(Trees(any.Parts, leaves)),
        QueryNode.Not not => new SearchNode.Not(Tree(not.Part, leaves)),
        QueryNode.Near near => new SearchNode.Near(Trees(near.Parts, leaves), near.Distance),
        QueryNode.Source source => new SearchNode.Source(source.Folded),
        QueryNode.Language language => new SearchNode.Language(language.Tag),
        _ => throw new InvalidOperationException($"A query has no {node.GetType().Name}."),
    };

    static SearchNode[] Trees(QueryNode[] parts, List<(string Text, AtomKind Kind)> leaves) => Array.ConvertAll(parts, part => Tree(part, leaves));

    static SearchWordKind KindOf(AtomKind kind) => kind switch
    {
        AtomKind.Prefix => SearchWordKind.Prefix,
        AtomKind.Fuzzy => SearchWordKind.Fuzzy,
        AtomKind.Exact => SearchWordKind.Exact,
        _ => SearchWordKind.Term,
    };
}
