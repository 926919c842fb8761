namespace TextEngine.NearDuplicates;

/// <summary>
/// Where <see cref="StoryIndex"/> put an article. Articles are numbered from 0 as they come; a story has its first article's number.
/// </summary>
/// <param name="Article">The article's number.</param>
/// <param name="Story">Its story.</param>
/// <param name="Closest">
/// The earlier article most like it: of its story, or, where it opens a story, a related one; -1 where there is none.
/// </param>
/// <param name="Similarity">How it stands to <paramref name="Closest"/>.</param>
/// <param name="Merged">Stories that became one with <paramref name="Story"/> through this article.</param>
public readonly record struct StoryAssignment(int Article, int Story, int Closest, Similarity Similarity, IReadOnlyList<int> Merged)
{
    /// <summary>True where no earlier article is a copy of it.</summary>
    public bool IsNew => Similarity.Kind != SimilarityKind.Copy;
}
