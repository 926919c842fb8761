namespace TextEngine.WatchTerms;

/// <summary>A word of a term, read and folded.</summary>
/// <param name="Raw">As written, without its article.</param>
/// <param name="Folded">Folded, without its article.</param>
/// <param name="Article">Whether the term has the Arabic article ال here.</param>
/// <param name="Script">The script it is written in.</param>
/// <param name="CommaBefore">Whether the term has a comma before this word.</param>
/// <param name="Joined">Whether a hyphen or zero-width non-joiner joins it to the word before.</param>
readonly record struct TermWord(string Raw, string Folded, bool Article, Script Script, bool CommaBefore, bool Joined = false);
