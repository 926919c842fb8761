namespace FeedParser;

/// <summary>Language tags as feeds write them.</summary>
static class Languages
{
    /// <summary>The tag with hyphens; null when it is empty or no tag.</summary>
    public static string? Clean(string? language)
    {
        language = language?.Trim().Replace('_', '-');
        return string.IsNullOrEmpty(language) || language.Length > 35 || language.Contains(' ') ? null : language;
    }
}
