namespace TextEngine.WatchTerms;

/// <summary>What of an article is matched.</summary>
/// <param name="Title">The headline, or null.</param>
/// <param name="Text">The text.</param>
/// <param name="Source">The source's name or host, for <c>source:</c>.</param>
/// <param name="Language">The language as a BCP 47 tag such as <c>ar</c>, for <c>lang:</c>.</param>
public readonly record struct ArticleText(string? Title, string Text, string? Source = null, string? Language = null);
