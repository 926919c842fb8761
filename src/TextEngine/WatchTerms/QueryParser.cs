using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Reads the query language. NOT binds closest, then NEAR/n, then AND (or a space), then OR. Words become atoms through the function
/// that the parser is given, so that equal words of many queries share one atom.
/// </summary>
sealed class QueryParser
{
    const int Deepest = 64;

    readonly string query;
    readonly Func<string, AtomKind, int> atomOf;
    readonly WordReader words;
    readonly List<QueryToken> tokens;
    int at;
    int depth;
    bool titleOnly;

    QueryParser(string query, WordReader words, Func<string, AtomKind, int> atomOf)
    {
        this.query = query;
        this.words = words;
        this.atomOf = atomOf;
        tokens = QueryLexer.Read(query);
    }

    QueryToken Current => tokens[at];

    /// <exception cref="QueryException">The query cannot be read.</exception>
    public static QueryNode Parse(string query, WordReader words, Func<string, AtomKind, int> atomOf)
    {
        var parser = new QueryParser(query, words, atomOf);
        var node = parser.Or();
        return parser.Current.Kind == QueryTokenKind.End
            ? node
            : throw parser.Wrong(parser.Current.Kind == QueryTokenKind.Close ? "this ) closes nothing; remove it or add a ( before" : "unexpected");
    }

    QueryNode Or()
    {
        if (++depth > Deepest)
        {
            throw Wrong($"brackets nest deeper than {Deepest}; write the query flatter");
        }

        List<QueryNode> parts = [And()];
        while (Current.Kind == QueryTokenKind.Or)
        {
            at++;
            parts.Add(And());
        }

        depth--;
        return parts.Count == 1 ? parts[0] : new QueryNode.Any([.. parts]);
    }

    QueryNode And()
    {
        List<QueryNode> parts = [Proximity()];
        while (true)
        {
            if (Current.Kind == QueryTokenKind.And)
            {
                at++;
            }
            else if (Current.Kind is QueryTokenKind.Or or QueryTokenKind.Close or QueryTokenKind.End)
            {
                return parts.Count == 1 ? parts[0] : new QueryNode.All([.. parts]);
            }

            parts.Add(Proximity());
        }
    }

    QueryNode Proximity()
    {
        var first = Current;
        var left = Unary();
        while (Current.Kind == QueryTokenKind.Near)
        {
            var near = Current;
            RequirePlace(left, first);
            at++;
            var second = Current;
            var right = Unary();
            RequirePlace(right, second);
            left = new QueryNode.Near([left, right], near.Number);
        }

        return left;
    }

    QueryNode Unary()
    {
        if (Current.Kind != QueryTokenKind.Not)
        {
            return Primary();
        }

        at++;
        if (++depth > Deepest)
        {
            throw Wrong("too many NOT in a row");
        }

        var node = new QueryNode.Not(Unary());
        depth--;
        return node;
    }

    QueryNode Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case QueryTokenKind.Open:
                at++;
                var inner = Or();
                if (Current.Kind != QueryTokenKind.Close)
                {
                    throw Wrong("expected ) for the ( at " + PlaceOf(token.Start));
                }

                at++;
                return inner;
            case QueryTokenKind.Field:
                at++;
                return Field(token);
            case QueryTokenKind.Word:
                at++;
                return Word(token);
            case QueryTokenKind.Phrase:
                at++;
                return Phrase(token);
            case QueryTokenKind.End:
                throw Wrong("the query ends here; expected a word, a \"phrase\" or (");
            default:
                throw Wrong("expected a word, a \"phrase\" or (");
        }
    }

    QueryNode Field(QueryToken field)
    {
        var name = field.Text.ToLowerInvariant();
        if (name == "title")
        {
            var outer = titleOnly;
            titleOnly = true;
            var node = Primary();
            titleOnly = outer;
            return node;
        }

        var value = Current;
        if (value.Kind is not (QueryTokenKind.Word or QueryTokenKind.Phrase))
        {
            throw Wrong($"expected a word or \"phrase\" after {name}:");
        }

        at++;
        if (name == "lang")
        {
            return value.Text.Length is >= 2 and <= 11 && value.Text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
                ? new QueryNode.Language(value.Text.ToLowerInvariant())
                : throw At(value.Start, $"\"{value.Text}\" is no language; expected a code such as ar or fa");
        }

        var folded = NormalisedText.Of(value.Text).Text;
        return folded.Length > 0
            ? new QueryNode.Source(folded)
            : throw At(value.Start, "expected a source's name or host, which has a letter or digit");
    }

    QueryNode Word(QueryToken token)
    {
        var text = token.Text;
        if (text.StartsWith('='))
        {
            return Leaf(text[1..], AtomKind.Exact, token);
        }

        if (text.EndsWith('*'))
        {
            return Leaf(text[..^1], AtomKind.Prefix, token);
        }

        return text.EndsWith('~') ? Leaf(text[..^1], AtomKind.Fuzzy, token) : Leaf(text, AtomKind.Term, token);
    }

    QueryNode Phrase(QueryToken token)
    {
        if (token.Number < 0)
        {
            return Leaf(token.Text, AtomKind.Term, token);
        }

        words.Read(token.Text);
        if (words.Count < 2)
        {
            throw At(token.Start, "~n needs two words or more between the quotation marks");
        }

        var parts = token.Text.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return new QueryNode.Near([.. parts.Select(part => Leaf(part, AtomKind.Term, token))], token.Number);
    }

    QueryNode.Leaf Leaf(string text, AtomKind kind, QueryToken token)
    {
        words.Read(text);
        if (words.Count == 0)
        {
            throw At(token.Start, $"expected a word with a letter or digit, found {query.AsSpan(token.Start, Math.Max(1, token.Length))}");
        }

        if (kind != AtomKind.Term && new TermReader().Read(text).Length != 1)
        {
            throw At(token.Start, "*, ~ and = go with one word");
        }

        if (kind == AtomKind.Fuzzy && words.Letters.Length is < 3 or > 40)
        {
            throw At(token.Start, "word~ needs three letters or more, and no more than 40");
        }

        if (kind == AtomKind.Prefix && words.Letters.Length < 2)
        {
            throw At(token.Start, "word* needs two letters or more before the star");
        }

        return new QueryNode.Leaf(atomOf(text, kind), titleOnly);
    }

    // NEAR joins things that have a place: words, phrases, and OR groups of them.
    void RequirePlace(QueryNode node, QueryToken token)
    {
        if (node is QueryNode.Any any)
        {
            foreach (var part in any.Parts)
            {
                RequirePlace(part, token);
            }
        }
        else if (node is not (QueryNode.Leaf or QueryNode.Near))
        {
            throw At(token.Start, "NEAR/n joins words, \"phrases\" and (a OR b) groups; expected one of them");
        }
    }

    QueryException Wrong(string message) => message == "unexpected"
        ? At(Current.Start, $"unexpected {query.AsSpan(Current.Start, Current.Length)}")
        : At(Current.Start, message);

    static QueryException At(int position, string message) => new(position, message);

    string PlaceOf(int position)
    {
        var (line, column) = QueryLexer.Place(query, position);
        return $"line {line}, column {column}";
    }
}
