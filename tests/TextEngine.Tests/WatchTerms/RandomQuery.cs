namespace TextEngine.Tests.WatchTerms;

/// <summary>A query that is known as a tree before it is written as text.</summary>
abstract record RandomQuery
{
    public sealed record Leaf(string Text, string Kind, bool TitleOnly) : RandomQuery
    {
        public override string ToString() => (TitleOnly ? "title:" : "") + Kind switch
        {
            "term" => Text.Contains(' ', StringComparison.Ordinal) ? $"\"{Text}\"" : Text,
            "=" => "=" + Text,
            "*" => Text + "*",
            "source:" or "lang:" => $"{Kind}\"{Text}\"",
            _ => Text + "~",
        };
    }

    public sealed record And(RandomQuery[] Parts) : RandomQuery
    {
        public override string ToString() => $"({string.Join(" AND ", (object[])Parts)})";
    }

    public sealed record Or(RandomQuery[] Parts) : RandomQuery
    {
        public override string ToString() => $"({string.Join(" OR ", (object[])Parts)})";
    }

    public sealed record Not(RandomQuery Part) : RandomQuery
    {
        public override string ToString() => $"NOT {Part}";
    }

    public sealed record Near(RandomQuery[] Parts, int Distance, bool AsPhrase) : RandomQuery
    {
        public override string ToString() => AsPhrase ? $"\"{string.Join(' ', (object[])Parts)}\"~{Distance}" : $"({string.Join($" NEAR/{Distance} ", (object[])Parts)})";
    }
}
