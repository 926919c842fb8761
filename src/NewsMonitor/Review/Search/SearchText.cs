using System.Globalization;
using TextEngine.WatchTerms;

namespace NewsMonitor.Review.Search;

/// <summary>What somebody searched for, read, widened by what its words say without proclitics, and compiled.</summary>
sealed class SearchText
{
    public const int Longest = 2000;

    SearchText(SearchNode tree, WatchSet engine) => (Tree, Engine) = (tree, engine);

    public SearchNode Tree { get; }

    /// <summary>The engine as one watch: what it accepts is found, and where it hits is highlighted.</summary>
    public WatchSet Engine { get; }

    /// <exception cref="WatchDefinitionException">It cannot be read.</exception>
    public static SearchText Read(string query)
    {
        var tree = Widen(SearchQuery.Parse(query));
        return new SearchText(tree, WatchSet.Compile([new WatchDefinition { Id = "q", Query = Write(tree) }]));
    }

    public IReadOnlyList<WatchHit> Match(string title, string text, string? source, string? language) =>
        Engine.Match(new ArticleText(title, text, source, language));

    // Whoever searches for لقاآني ("to Qaani") means the name; a watch's term is taken as it is written.
    static SearchNode Widen(SearchNode node) => node switch
    {
        SearchNode.Words { Kind: SearchWordKind.Term, Folded.Count: 1 } words => SearchQuery.Readings(words.Text) switch
        {
            [var only] when only == words.Text => words,
            var readings => new SearchNode.Any([.. readings.Select(text => words with { Text = text, Folded = SearchQuery.Words(text) })]),
        },
        SearchNode.All all => new SearchNode.All([.. all.Parts.Select(Widen)]),
        SearchNode.Any any => new SearchNode.Any([.. any.Parts.Select(Widen)]),
        SearchNode.Near { Parts.Count: 2 } near => near with { Parts = [.. near.Parts.Select(Widen)] },
        _ => node,
    };

    /// <summary>Writes the tree in the query language again.</summary>
    internal static string Write(SearchNode node) => node switch
    {
        SearchNode.Words words => (words.TitleOnly ? "title:" : "") + words.Kind switch
        {
            SearchWordKind.Exact => "=" + words.Text,
            SearchWordKind.Prefix => words.Text + "*",
            SearchWordKind.Fuzzy => words.Text + "~",
            _ => Quote(words.Text),
        },
        SearchNode.All all => Group(all.Parts, " AND "),
        SearchNode.Any any => Group(any.Parts, " OR "),
        SearchNode.Not not => "NOT (" + Write(not.Part) + ")",
        SearchNode.Near { Parts: [var a, var b] } near =>
            string.Create(CultureInfo.InvariantCulture, $"({Write(a)} NEAR/{near.Distance} {Write(b)})"),
        SearchNode.Near near => string.Create(CultureInfo.InvariantCulture,
            $"{Quote(string.Join(' ', near.Parts.OfType<SearchNode.Words>().Select(w => w.Text)))}~{near.Distance}"),
        SearchNode.Source source => "source:" + Quote(source.Folded),
        SearchNode.Language language => "lang:" + language.Tag,
        _ => throw new InvalidOperationException($"A query has no {node.GetType().Name}."),
    };

    static string Group(IReadOnlyList<SearchNode> parts, string by) => "(" + string.Join(by, parts.Select(Write)) + ")";

    static string Quote(string text) => "\"" + text.Replace('"', ' ') + "\"";
}
