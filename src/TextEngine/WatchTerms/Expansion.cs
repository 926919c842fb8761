namespace TextEngine.WatchTerms;

/// <summary>One spelling or family of spellings that a term is found by.</summary>
/// <param name="Term">The term as defined.</param>
/// <param name="Spelling">An example of the spelling, or the word that stands for it in another language.</param>
/// <param name="Why">Where it comes from and what it needs to count.</param>
public sealed record Expansion(string Term, string Spelling, string Why);
