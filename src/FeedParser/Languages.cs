namespace FeedParser;

/// <summary>Language tags (BCP 47) as feeds write them; RSS allows those of HTML and a list of its own, which are the same.</summary>
static class Languages
{
    /// <summary>The tag with hyphens; null when it is empty or no tag.</summary>
    public static string? Clean(string? language)
    {
        language = language?.Trim().Replace('_', '-');
        return string.IsNullOrEmpty(language) || language.Length > 35
            || language.Contains(' ') || language.Any(char.IsControl) ? null : language;
    }
}
