using System.Globalization;

namespace TextEngine.WatchTerms;

enum QueryTokenKind
{
    Word,
    Phrase,
    Field,
    Open,
    Close,
    And,
    Or,
    Not,
    Near,
    End,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">The word, the phrase without its quotation marks, or the field's name.</param>
/// <param name="Start">Where it starts in the query.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="Number">The n of NEAR/n or "…"~n, else -1.</param>
readonly record struct QueryToken(QueryTokenKind Kind, string Text, int Start, int Length, int Number = -1);

/// <summary>Thrown where a query cannot be read.</summary>
sealed class QueryException(int position, string message) : Exception(message)
{
    /// <summary>Where in the query, in UTF-16 units.</summary>
    public int Position { get; } = position;
}

/// <summary>Cuts a query into tokens.</summary>
static class QueryLexer
{
    const int Farthest = 1000;

    static readonly string[] Fields = ["title", "source", "lang"];

    public static List<QueryToken> Read(string query)
    {
        var tokens = new List<QueryToken>();
        var at = 0;
        while (at < query.Length)
        {
            var c = query[at];
            if (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format)
            {
                at++;
            }
            else if (c is '(' or ')')
            {
                tokens.Add(new QueryToken(c == '(' ? QueryTokenKind.Open : QueryTokenKind.Close, c.ToString(), at, 1));
                at++;
            }
            else if (Closing(c) is { } closing)
            {
                tokens.Add(Phrase(query, ref at, closing));
            }
            else
            {
                tokens.Add(Word(query, ref at));
            }
        }

        tokens.Add(new QueryToken(QueryTokenKind.End, "", query.Length, 0));
        return tokens;
    }

    /// <summary>Line and column of a position, both from 1.</summary>
    public static (int Line, int Column) Place(string text, int position)
    {
        var line = text.AsSpan(0, position).Count('\n') + 1;
        return (line, position - text.AsSpan(0, position).LastIndexOf('\n'));
    }

    static string? Closing(char c) => c switch
    {
        '"' => "\"",
        '“' or '„' or '”' => "”“",
        '«' => "»",
        _ => null,
    };

    static QueryToken Phrase(string query, ref int at, string closing)
    {
        var start = at;
        var length = query.AsSpan(start + 1).IndexOfAny(closing);
        if (length < 0)
        {
            throw new QueryException(start, "this quotation mark is never closed; expected another after the phrase");
        }

        at = start + 1 + length + 1;
        var text = query.Substring(start + 1, length);
        var number = -1;
        if (at < query.Length && query[at] == '~')
        {
            at++;
            number = Number(query, ref at, "\"…\"~", start);
        }

        return new QueryToken(QueryTokenKind.Phrase, text, start, at - start, number);
    }

    static QueryToken Word(string query, ref int at)
    {
        var start = at;
        while (at < query.Length && !char.IsWhiteSpace(query[at]) && query[at] is not ('(' or ')' or '"' or '“' or '”' or '«' or '»'))
        {
            at++;
            if (query[at - 1] == ':' && IsField(query.AsSpan(start, at - 1 - start)))
            {
                return new QueryToken(QueryTokenKind.Field, query[start..(at - 1)], start, at - start);
            }
        }

        at = Math.Max(at, start + 1);
        var text = query[start..at];
        switch (text)
        {
            case "AND": return new QueryToken(QueryTokenKind.And, text, start, text.Length);
            case "OR": return new QueryToken(QueryTokenKind.Or, text, start, text.Length);
            case "NOT": return new QueryToken(QueryTokenKind.Not, text, start, text.Length);
        }

        if (text == "NEAR" || text.StartsWith("NEAR/", StringComparison.Ordinal))
        {
            var digits = Math.Min(query.Length, start + 5);
            var number = Number(query, ref digits, "NEAR/", start);
            return digits == at
                ? new QueryToken(QueryTokenKind.Near, text, start, text.Length, number)
                : throw new QueryException(start, $"expected NEAR/ and a number, such as NEAR/10, found {text}");
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && text.AsSpan(0, colon).ToString().All(char.IsAsciiLetter) && colon + 1 < text.Length && text[colon + 1] != '/')
        {
            throw new QueryException(start, $"{text[..colon]}: is no field; expected title:, source: or lang:");
        }

        return new QueryToken(QueryTokenKind.Word, text, start, text.Length);
    }

    static bool IsField(ReadOnlySpan<char> name)
    {
        foreach (var field in Fields)
        {
            if (name.Equals(field, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    static int Number(string query, ref int at, string before, int start)
    {
        var from = at;
        while (at < query.Length && char.IsAsciiDigit(query[at]))
        {
            at++;
        }

        return int.TryParse(query.AsSpan(from, at - from), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= Farthest
            ? number
            : throw new QueryException(start, $"expected {before} and a number of words from 1 to {Farthest}");
    }
}
