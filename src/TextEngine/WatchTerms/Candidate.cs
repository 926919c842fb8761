namespace TextEngine.WatchTerms;

/// <summary>A word of the terms that a word of the text may stand for, in eight bytes, since every word of a text has some.</summary>
readonly record struct Candidate
{
    const int SpanShift = 24;

    readonly uint bits;

    public Candidate(int symbol, WordTraits traits, byte span)
    {
        Symbol = symbol;
        bits = (uint)traits | ((uint)span << SpanShift);
    }

    public int Symbol { get; }

    public WordTraits Traits => (WordTraits)(bits & ((1u << SpanShift) - 1));

    /// <summary>How many words of the text it takes.</summary>
    public int Span => (int)(bits >> SpanShift);
}
